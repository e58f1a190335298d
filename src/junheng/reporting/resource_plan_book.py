"""填平补齐方案 as sheets: 各校措施, 按措施汇总, 分年度, 各校前后, 差异系数前后, 约束的代价."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from junheng.base.exact import plain
from junheng.base.outcome import Outcome
from junheng.reporting.plan_figures import Document, balance_changes, by_measure, by_school, total_cost
from junheng.reporting.plan_sheets import Cell, Column, PlanSheets, Shaded
from junheng.reporting.plan_words import resource_answer, stage_word, wan

_WAN = 10_000
_SCHOOL_COUNTS = ("met", "tolerated", "unmet", "unknown")


def write_sheets(sheets: PlanSheets, document: Document) -> None:
    """Every sheet of a resource plan."""
    sheets.overview(document, resource_answer(document), facts(document))
    _additions(sheets, document)
    _measures(sheets, document)
    _years(sheets, document)
    _schools(sheets, document)
    _balance(sheets, document)
    _binding(sheets, document)
    sheets.inputs(document)


def facts(document: Document) -> list[tuple[str, str]]:
    """The figures that stand on the first sheet."""
    before, after = document["before"], document["after"]
    lines = [("总花费", f"{wan(total_cost(document))} 万元")]
    for was, now in zip(before["parts"], after["parts"], strict=True):
        if was["part"] in ("resources", "balance"):
            lines.append((was["label"], f"{_word(was['outcome'])} → {_word(now['outcome'])}"))
    if sum(before["schools"].values()):
        lines.append(("学校（学段）", f"{_counts(before['schools'])} → {_counts(after['schools'])}"))
    return lines


def _word(outcome: str | None) -> str:
    return "—" if outcome is None else Outcome(outcome).zh


def _counts(schools: Mapping[str, int]) -> str:
    return "、".join(f"{Outcome(name).zh} {schools[name]}" for name in _SCHOOL_COUNTS if schools.get(name))


def _additions(sheets: PlanSheets, document: Document) -> None:
    columns = [
        Column("学校标识码", 14), Column("学校", 30), Column("乡镇", 14), Column("学段", 7), Column("措施", 28),
        Column("数量（负数为调出）", 12, "amount"), Column("单位", 7), Column("花费（元）", 15, "two"),
        Column("年度", 8),
    ]  # fmt: skip
    rows = [
        (
            row["school_code"],
            row["school_name"],
            row["town"],
            stage_word(row["stage"]),
            row["label"]["zh"],
            row["amount"],
            row["unit"],
            row["cost"],
            None if row["year"] is None else str(row["year"]),
        )
        for row in document["additions"]
    ]
    total = ("合计", None, None, None, None, None, None, total_cost(document), None)
    sheets.table("各校措施", "每校每学段每项措施一行", columns, rows, total=total, frozen=2)


def _measures(sheets: PlanSheets, document: Document) -> None:
    columns = [
        Column("措施", 30), Column("单位", 8), Column("数量", 14, "amount"), Column("学校数", 10, "count"),
        Column("花费（万元）", 16, "two"), Column("占总花费", 12, "percent"),
    ]  # fmt: skip
    found, cost = by_measure(document), total_cost(document)
    rows = [(t.label["zh"], t.unit, t.amount, t.schools, t.cost / _WAN, t.cost / cost if cost else None) for t in found]
    schools = len({row["school_code"] for row in document["additions"]})
    total = ("合计", None, None, schools, cost / _WAN, 1.0 if cost else None)
    sheets.table("按措施汇总", "调配按调入计", columns, rows, total=total, frozen=1)


def _years(sheets: PlanSheets, document: Document) -> None:
    columns = [
        Column("年度", 12), Column("花费（万元）", 16, "two"), Column("预算（万元）", 16, "two"),
        Column("预算结余（万元）", 16, "two"), Column("累计花费（万元）", 16, "two"),
        Column("累计完成学校数", 14, "count"),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = []
    spent = 0.0
    for year in document["years"]:
        cost, budget = year["cost"] / _WAN, None if year["budget"] is None else year["budget"] / _WAN
        spent += cost
        left = None if budget is None else budget - cost
        rows.append((str(year["year"]), cost, budget, left, spent, year["schools_done"]))
    cost = total_cost(document) / _WAN
    if not rows:
        rows.append(("未分年度", cost, None, None, cost, len(by_school(document))))
    budgets = [year["budget"] for year in document["years"] if year["budget"] is not None]
    budget = fsum(budgets) / _WAN if budgets else None
    total = ("合计", cost, budget, None if budget is None else budget - cost, None, None)
    sheets.table("分年度", "完成指方案为该校安排的措施全部做完", columns, rows, total=total, frozen=1)


def _schools(sheets: PlanSheets, document: Document) -> None:
    """One row per school and stage; each indicator before and after, side by side."""
    names = {entry["indicator"]: entry for row in document["schools"] for entry in row["indicators"]}
    columns = [
        Column("学校标识码", 14), Column("学校", 28), Column("乡镇", 12), Column("学段", 7),
        Column("花费（万元）", 11, "two"), Column("方案前", 10, "outcome"), Column("方案后", 10, "outcome"),
    ]  # fmt: skip
    for name, entry in names.items():
        head = f"{entry['label']['zh']}（{entry['unit']}）{_limits(document, name)}"
        columns += [Column(f"{head}\n方案前", 17, "two"), Column("方案后", 10, "two")]
    rows: list[Sequence[Cell]] = []
    for row in document["schools"]:
        own = {entry["indicator"]: entry for entry in row["indicators"]}
        cells: list[Cell] = [row["school_code"], row["school_name"], row["town"], stage_word(row["stage"])]
        cells += [row["cost"] / _WAN, row["before"], row["after"]]
        for name in names:
            entry = own.get(name)
            for side in ("before", "after"):
                cells.append(Shaded(entry[side], entry[f"outcome_{side}"]) if entry else None)
        rows.append(cells)
    total: list[Cell] = ["合计", None, None, None, fsum(row["cost"] for row in document["schools"]) / _WAN]
    total += [None] * (len(columns) - len(total))
    note = "每校每学段一行；未达标的格子为红底，余项容许为黄底"
    sheets.table("各校前后", note, columns, rows, total=total, frozen=2, wide=True)


def _limits(document: Document, name: str) -> str:
    """The limit of each stage; nothing where schools of one stage have different ones."""
    found: dict[str, set[float]] = {}
    for row in document["schools"]:
        for entry in row["indicators"]:
            if entry["indicator"] == name and entry["limit"] is not None:
                found.setdefault(row["stage"], set()).add(entry["limit"])
    if not found or any(len(limits) > 1 for limits in found.values()):
        return ""
    return "\n要求 " + "、".join(f"{stage_word(stage)} {plain(max(limits))}" for stage, limits in found.items())


def _balance(sheets: PlanSheets, document: Document) -> None:
    columns = [
        Column("学段", 8), Column("指标", 46), Column("全县平均 方案前", 14, "two"),
        Column("全县平均 方案后", 14, "two"), Column("差异系数 方案前", 13, "cv"), Column("差异系数 方案后", 13, "cv"),
        Column("限值", 9, "two"), Column("方案前", 11, "outcome"), Column("方案后", 11, "outcome"),
    ]  # fmt: skip
    rows = [(stage_word(change.stage), *change[1:]) for change in balance_changes(document)]
    sheets.table("差异系数前后", "由同一套判定程序重新判定", columns, rows, frozen=2)


def _binding(sheets: PlanSheets, document: Document) -> None:
    columns = [
        Column("约束", 60, "wrapped"),
        Column("约省（万元）", 16, "two"),
        Column("至多省（万元，已证明）", 16, "two"),
    ]
    rows = [
        (row["limit"]["zh"], row["saving"] / _WAN, None if row.get("at_most") is None else row["at_most"] / _WAN)
        for row in document["binding"]
    ]
    sheets.table("约束的代价", "每次只放宽一条；各条不能相加", columns, rows, frozen=1)
