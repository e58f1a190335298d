"""The reasons of a verdict, as a tree: made on demand for a county, a school or one indicator.

Every node says what was judged, its outcome and why in one sentence; leaves carry the filed cells and the article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from junheng.base.exact import plain
from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.standards.indicator import Indicator
from junheng.standards.item import Item, ItemPart
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.errors import NotInJudgementError
from junheng.verdict.item_words import earned_words, finding_words, subtotal_words
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.verdict.judgement import Judgement
from junheng.verdict.reason import Reason
from junheng.verdict.sentences import (
    cite,
    county_value_words,
    cv_words,
    indicator_label,
    part_label,
    part_sentence,
    row_sentence,
    summary,
    value_sentence,
)
from junheng.verdict.steps import steps
from junheng.verdict.trace import cells_behind
from junheng.verdict.within import within
from junheng.verdict.yearly import YearlyWords, is_yearly

Row = Mapping[str, Any]
EVIDENCE = "evidence"  # the last part of the key of what lists an item's 佐证材料


def county_reasons(judgement: Judgement, county: str) -> Reason:
    """The whole verdict on one county: parts, then schools and coefficients and items, then indicators."""
    row = _one(judgement.counties, "county_code", county, "县")
    judgement = within(judgement, county)
    parts = judgement.parts.filter(pl.col("county_code") == county)
    children = tuple(_part_reasons(judgement, county, part) for part in parts.iter_rows(named=True))
    outcome = Outcome(row["outcome"])
    title = f"{row['county_name'] or county}：{judgement.standard.label.zh}"
    return Reason(county, title, outcome, summary(judgement, county), children=children)


def _part_reasons(judgement: Judgement, county: str, part: Row) -> Reason:
    name, outcome = part["part"], Outcome(part["outcome"])
    key, label = f"{county}/{name}", part_label(judgement, name)
    because = part_sentence(judgement, county, name)
    here = pl.col("county_code") == county
    if name == RESOURCES:
        rows = judgement.rows.filter(here).iter_rows(named=True)
        children = tuple(_row_reason(judgement, row) for row in rows)
        return Reason(key, label, outcome, because, _school_rule(judgement), (), children)
    if name == BALANCE:
        rule = judgement.standard.balance_rule
        source = cite(judgement.standard, rule.source if rule else None)
        coefficients = judgement.balance.filter(here).iter_rows(named=True)
        children = tuple(_balance_reason(judgement, row) for row in coefficients)
        return Reason(key, label, outcome, because, source, (), children)
    entry: ItemPart = getattr(judgement.standard, name)
    items = judgement.items.filter(here & (pl.col("part") == name)).iter_rows(named=True)
    leaves = {row["item"]: _item_reason(judgement, county, name, entry, row) for row in items}
    if entry.rule == "score" and entry.groups:
        children = tuple(_tree(judgement, county, name, entry, "", leaves))
    else:
        children = tuple(leaves.values())
    return Reason(key, label, outcome, because, cite(judgement.standard, entry.source), (), children)


def _tree(
    judgement: Judgement, county: str, part: str, entry: ItemPart, group: str, leaves: Mapping[str, Reason]
) -> Iterator[Reason]:
    """What stands right below one branch of a scored tree: its items, and its branches with their subtotals."""
    yield from (leaf for key, leaf in leaves.items() if entry.items[key].group == group)
    for key, branch in entry.groups.items():
        if branch.group == group:
            below = tuple(_tree(judgement, county, part, entry, key, leaves))
            because = subtotal_words(judgement.scores.get((county, part)), key, branch)
            yield Reason(f"{county}/{part}/{key}", branch.label.zh, None, because, children=below)


def school_reasons(judgement: Judgement, school: str, stage: str | None = None) -> list[Reason]:
    """The reasoning on one school, a tree per stage; by code or by exact name.

    Raises:
        NotInJudgementError: it is not among the rows judged.
    """
    rows = judgement.rows.filter((pl.col("school_code") == school) | (pl.col("school_name") == school))
    if stage and rows.height:
        rows = rows.filter(pl.col("stage") == stage)
        if rows.is_empty():
            name = f"{school} {Stage(stage).zh}"
            raise NotInJudgementError(what="学校的学段", name=name, known="这所学校没有这一学段。")
    if rows.is_empty():
        raise NotInJudgementError(what="学校", name=school, known=_why_not(judgement, school))
    alone = {county: within(judgement, county) for county in rows["county_code"].unique()}
    return [_row_reason(alone[row["county_code"]], row, with_cells=True) for row in rows.iter_rows(named=True)]


def _why_not(judgement: Judgement, school: str) -> str:
    home = judgement.computed.members.filter(pl.col("school_code") == school)["home"].to_list()
    if home:
        return f"它并入主校区 {home[0]} 判定。"
    listed = judgement.dataset["school"].filter(pl.col("school_code") == school)
    return "它当年已撤并或尚未开办。" if listed.height else "请核对学校标识码或学校全称。"


def indicator_reasons(judgement: Judgement, school: str, indicator: str, stage: str | None = None) -> list[Reason]:
    """The whole reasoning on one indicator of one school, to the cell and the article, a tree per stage.

    Raises:
        NotInJudgementError: the school or the indicator is not in the judgement.
    """
    known = judgement.standard.resources
    if indicator not in known:
        names = "可用的指标：" + "、".join(known)
        raise NotInJudgementError(what="指标", name=indicator, known=names)
    rows = school_reasons(judgement, school, stage)
    return [child for row in rows for child in row.children if child.key.rsplit("/", 1)[-1] == indicator]


def _row_reason(judgement: Judgement, row: Row, *, with_cells: bool = False) -> Reason:
    standard = judgement.standard
    key = f"{row['school_code']}/{row['stage']}"
    title = f"{row['school_name'] or row['school_code']}（{Stage(row['stage']).zh}）"
    if row["left_out"] is not None:
        left_out = standard.leave_out[row["left_out"]]
        return Reason(key, title, None, f"不计入：{left_out.label.zh}。", cite(judgement.standard, left_out.source))
    children = tuple(
        _indicator_reason(judgement, name, indicator, row, with_cells=with_cells)
        for name, indicator in standard.resources.items()
    )
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    return Reason(key, title, outcome, row_sentence(judgement, row), _school_rule(judgement), (), children)


def _school_rule(judgement: Judgement) -> str:
    rule = judgement.standard.school_rule
    return cite(judgement.standard, rule.source if rule else None)


def _indicator_reason(judgement: Judgement, name: str, indicator: Indicator, row: Row, *, with_cells: bool) -> Reason:
    key = f"{row['school_code']}/{row['stage']}/{name}"
    outcome = Outcome(row[f"{name}__outcome"]) if row.get(f"{name}__outcome") else None
    source = cite(judgement.standard, indicator.thresholds[0].source) if indicator.thresholds else ""
    if indicator.formula.kind == "some_of":
        parts = indicator.formula.of
        met = [judgement.standard.resources[p].label.zh for p in parts if row[f"{p}__outcome"] == Outcome.MET]
        because = f"{len(parts)} 项中 {len(met)} 项达标，须至少 {indicator.formula.count} 项。"
        return Reason(key, indicator.label.zh, outcome, because, source)
    sentence = value_sentence(judgement, name, indicator, row)
    cells = tuple(cells_behind(judgement, indicator, row)) if with_cells else ()
    children = tuple(steps(judgement, name, indicator, row)) if with_cells else ()
    return Reason(key, indicator.label.zh, outcome, sentence, source, cells, children)


def _balance_source(judgement: Judgement, name: str) -> str:
    if name == COMPOSITE:
        rule = judgement.standard.balance_rule
        return cite(judgement.standard, rule.limits[0].source) if rule and rule.limits else ""
    balance = judgement.standard.resources[name].balance
    return cite(judgement.standard, balance[0].source) if balance else ""


def _item_reason(judgement: Judgement, county: str, part: str, entry: ItemPart, row: Row) -> Reason:
    item = entry.items[row["item"]]
    key = f"{county}/{part}/{row['item']}"
    number = f"{item.number}. " if item.number else ""
    checks = judgement.checks.filter(
        (pl.col("county_code") == county) & (pl.col("part") == part) & (pl.col("item") == row["item"])
    )
    children = [_check_reason(judgement, item, check) for check in checks.iter_rows(named=True)]
    found = finding_words(judgement, row["finding"])
    words = []
    if item.gate and judgement.gate is not None:
        words.append(f"按《{judgement.gate.standard.label.zh}》判定{found}")
    elif item.judged or item.gate or row["finding"] not in (None, "met"):
        words.append(f"认定{found}" if found else "未认定")
    if entry.rule == "score":
        words.append(earned_words(judgement, row, entry))
    words += [f"{child.title}：{child.because}" for child in children]
    if row["responsible"]:
        words.append(f"责任科室：{row['responsible']}")
    if row["plan"]:
        words.append(f"整改措施：{row['plan']}")
    elif entry.plans and row["outcome"] == Outcome.UNMET:
        words.append("须写明整改措施，尚未填写")
    if item.evidence:
        listed = "、".join(label.zh for label in item.evidence)
        children.append(Reason(f"{key}/{EVIDENCE}", "佐证材料", None, f"{listed}。"))
    return Reason(
        key,
        number + item.label.zh,
        Outcome(row["outcome"]) if row["outcome"] else None,
        "；".join(words),
        cite(judgement.standard, item.source),
        (),
        tuple(children),
    )


def _check_reason(judgement: Judgement, item: Item, row: Row) -> Reason:
    check = item.checks[row["check"]]
    key = f"{row['county_code']}/{row['part']}/{row['item']}/{row['check']}"
    outcome = Outcome(row["outcome"])
    source = cite(judgement.standard, check.thresholds[0].source) if check.thresholds else ""
    if is_yearly(check):
        words = YearlyWords(judgement, check, row)
        years = words.reasons(key, source)
        return Reason(
            key, check.label.zh, outcome, words.sentence, source, (), years, value=words.value, missed=words.missed
        )
    if check.level == "county":
        frame = judgement.judged_checks.of("county").filter(pl.col("county_code") == row["county_code"])
        value, required = county_value_words(row["check"], check, frame.row(0, named=True))
        because = "，要求 ".join(filter(None, (value, required)))
        return Reason(key, check.label.zh, outcome, because, source, value=value)
    if row["rows"] is None:
        value = "没有数据"
    elif row["rows"] == 0:
        value = "没有适用的学校"
    else:
        unit = "个学段" if check.level == "county_stage" else "所"
        value = f"{row['rows']} {unit}中 {row['unmet']} {unit}未达到、{row['unknown']} {unit}无法判定"
    missed = _failing(judgement, row["check"], check, row["county_code"]) if row["rows"] else ""
    because = f"{value}（{missed}）" if missed else value
    return Reason(key, check.label.zh, outcome, because, source, value=value, missed=missed)


def _balance_reason(judgement: Judgement, row: Row) -> Reason:
    name = row["indicator"]
    key = f"{row['county_code']}/{row['stage']}/cv/{name}"
    title = f"{Stage(row['stage']).zh}：{indicator_label(judgement, name)}差异系数"
    outcome = Outcome(row["outcome"]) if row["outcome"] else None
    text = f"{cv_words(row['cv'])}"
    if row["limit"] is not None:
        text += f"，要求 ≤ {plain(row['limit'], 4)}"
    if row["mean"] is not None:
        text += f"；全县平均 {plain(row['mean'], 4)}，标准差 {plain(row['sd'], 4)}，{row['schools']} 所"
    if row["absent"]:
        text += f"；{row['absent']} 所缺数据，数值不完整，不能据以判定"
    if row["near"]:
        text += "；与限值之差小于 0.0005，请核对原始数据"
    if row["plain_cv"] is not None:
        text += f"（不按学生数加权为 {cv_words(row['plain_cv'])}，仅供对照）"
    return Reason(key, title, outcome, text + "。", _balance_source(judgement, name))


def _failing(judgement: Judgement, name: str, check: Indicator, county: str, most: int = 5) -> str:
    """Names of the first schools (or stages) that fail a check, worst first by code order."""
    frame = judgement.judged_checks.of(check.level)
    bad = frame.filter((pl.col("county_code") == county) & (pl.col(f"{name}__outcome") == Outcome.UNMET))
    if check.level == "county_stage":
        return "、".join(Stage(stage).zh for stage in bad["stage"])
    names = bad["school_name"].fill_null(bad["school_code"]).to_list()
    return "、".join(names[:most]) + (f" 等 {len(names)} 所" if len(names) > most else "")


def _one(frame: pl.DataFrame, column: str, value: str, what: str) -> Row:
    found = frame.filter(pl.col(column) == value)
    if found.is_empty():
        known = "已有：" + "、".join(frame[column].to_list()[:10])
        raise NotInJudgementError(what=what, name=value, known=known)
    return found.row(0, named=True)
