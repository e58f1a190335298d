"""A plan's document in words: its answer, where it comes from, what it was told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from junheng.base.exact import half_up, plain
from junheng.base.terms import Stage
from junheng.reporting.plan_figures import Document, SchoolTotal, total_cost
from junheng.tables.catalogue import load_tables, planning_tables
from junheng.tables.model import Column, ColumnType
from junheng.tables.units import as_filed

_WAN = 10_000
# Tables of inputs that are people or places, one row each: the plan's own sheets show them.
_LONG = frozenset({"teacher", "school", "post", "distance", "block", "pupils", "seats", "travel", "neighbour"})
_STATUS = {"optimal": "已证明最优", "within_gap": "与最优之差已证明在要求之内", "feasible": "可行"}


def wan(yuan: float, digits: int = 2) -> str:
    """元 as 万元, rounded half up."""
    return plain(half_up(yuan / _WAN, digits), digits)


def amount_words(amount: float, unit: str) -> tuple[str, str]:
    """An amount and its unit as a person says them: much money in 万元."""
    return (wan(amount), "万元") if unit == "元" and abs(amount) >= _WAN else (plain(amount, 2), unit)


def gets_words(school: SchoolTotal) -> str:
    """What a school gets and gives."""
    phrases = []
    for label, amount, unit in school.gets:
        number, shown = amount_words(abs(amount), unit)
        phrases.append(f"{label}{' 调出' if amount < 0 else ''} {number} {shown}")
    return "；".join(phrases)


def percent(share: float | None, digits: int = 2) -> str:
    """A share as per cent; a text that says so where it is not known, or too little for these digits."""
    if share is None:
        return "未知"
    text = plain(half_up(share * 100, digits), digits)
    return f"不到 {plain(10**-digits, digits)}%" if text == "0" and share > 0 else f"{text}%"


def resource_answer(document: Document) -> str:
    """The plan in one sentence."""
    schools = {row["school_code"] for row in document["additions"]}
    if not schools:
        return f"不需要增配：{_passes(document['after'])}。"
    years = [row["year"] for row in document["years"]]
    spread = f"分 {len(years)} 年（{years[0]}—{years[-1]}）" if len(years) > 1 else ""
    return (
        f"{spread}花费 {wan(total_cost(document))} 万元，为 {len(schools)} 所学校增配、培养或调配，"
        f"{_passes(document['after'])}。"
    )


def _passes(after: Mapping[str, Any]) -> str:
    """What is met, what stays open, and what no measure of the plan is for."""
    own = [part for part in after["parts"] if part["part"] in ("resources", "balance")]
    met = [part["label"] for part in own if part["outcome"] not in ("unmet", "unknown")]
    left = [part["label"] for part in own if part["outcome"] in ("unmet", "unknown")]
    rest = [part["label"] for part in after["parts"] if part not in own and part["outcome"] in ("unmet", "unknown")]
    words = [f"全县{'、'.join(met)}达标"] if met else []
    words += [f"{'、'.join(left)}仍无法判定"] if left else []
    words += [f"{'、'.join(rest)}不在方案之内，仍未达标或无法判定"] if rest else []
    return "；".join(words)


def rotation_answer(document: Document) -> str:
    """The plan in one sentence."""
    shares, unfilled = document["shares"], document["unfilled"]
    share = "" if shares["share"] is None else f"，占符合条件的 {shares['eligible']} 人的 {plain(shares['share'])}%"
    backbone = "" if shares["backbone_share"] is None else f"（占 {plain(shares['backbone_share'])}%）"
    lacking = sum(row["lacking"] for row in unfilled)
    rest = f"还有 {lacking} 人次的缺口没有补上" if lacking else "所列缺口全部补上"
    return f"交流 {shares['moved']} 人{share}，其中骨干 {shares['backbone_moved']} 人{backbone}；{rest}。"


def zoning_answer(document: Document) -> str:
    """The plan in one sentence."""
    stages = document["travel"]["stages"]
    schools = {row["school_code"] for row in document["zones"] if row["blocks"]}
    blocks = {row["block_code"] for row in document["blocks"]}
    missing = sum(row["missing_seats"] for row in stages)
    seats = f"有 {missing} 名学生没有学位" if missing else "学位够用"
    ways = "；".join(
        f"{stage_word(row['stage'])}平均路程 {plain(row['mean_way'], 2)} {way_unit(document)}"
        for row in stages
        if row["mean_way"] is not None
    )
    moved = sum(row["moved_pupils"] for row in stages)
    return f"{len(blocks)} 个地块划给 {len(schools)} 所学校，{seats}，改划 {moved} 名学生；{ways}。"


def way_unit(document: Document) -> str:
    """The unit of a zoning's ways, in Chinese."""
    unit = str(document["travel"]["unit"])
    return {"km": "千米", "min": "分钟"}.get(unit, unit)


def stage_word(stage: str | None) -> str:
    """A stage; None is the whole school."""
    return "全校" if stage is None else Stage(stage).zh


def input_lines(document: Document) -> Iterator[tuple[str, str, str, str]]:
    """What the plan was told, as table, row, item and value; of rosters and lists of places, how many rows."""
    tables = planning_tables(document["kind"]).tables
    for name, entries in document["inputs"].items():
        table = tables.get(name)
        if table is None or name in _LONG:
            yield (table.label.zh if table else name), "", "行数", str(len(entries))
            continue
        for entry in entries:
            key = " ".join(_shown(table.columns[part], entry.get(part)) for part in table.key)
            for column in table.columns.values():
                value = entry.get(column.name)
                if column.name in table.key or value is None:
                    continue
                about = _filed_columns().get(str(entry.get("column")), column)  # a supposed value is of another column
                yield table.label.zh, key, column.label.zh, _shown(about if about.type.is_number else column, value)


def _shown(column: Column, value: Any) -> str:  # noqa: ANN401 - a cell of the inputs
    """A cell of the inputs as a person reads it."""
    if value is None:
        return ""
    if column.codes is not None:
        return column.codes.zh(str(value))
    if column.name == "column":  # 填报项目: the name of a column of the county's data
        return _filed_columns()[value].label.zh if value in _filed_columns() else str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float) and column.type is not ColumnType.YEAR:
        return as_filed(Decimal(repr(value)), column.unit, column.form_unit)
    return str(value)


@cache
def _filed_columns() -> dict[str, Column]:
    tables = load_tables()
    return {**tables["school_year"].columns, **tables["stage_year"].columns}


def provenance(document: Document) -> list[tuple[str, str]]:
    """Where a plan comes from, as labels and values."""
    proof: Mapping[str, Any] = document["proof"]
    year = document["year"]
    facts = [
        ("证明的程度", f"{_STATUS[proof['status']]}；与最优至多差 {percent(proof['gap'], 3)}"),
        ("评估标准", document["standard"] or "未用标准"),
        ("评估日期", document["day"] or ""),
        ("学年", f"{year}—{year + 1}" if year else ""),
        ("数据快照", document["snapshot"] or ""),
        ("求解", f"{proof['solver']}，{proof['seconds']:g} 秒"),
        ("软件版本", f"junheng {document['version']}"),
    ]
    return [(label, value) for label, value in facts if value]
