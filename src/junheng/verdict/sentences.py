"""The sentences of a verdict, in Chinese: what an official would say of a county, a school, an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.exact import half_up, plain
from junheng.base.outcome import Outcome
from junheng.base.terms import Absence, Stage
from junheng.indicators.rows import NOT_SUMMED
from junheng.indicators.words import Words
from junheng.standards.formula import Amount
from junheng.standards.indicator import Indicator
from junheng.standards.item import ItemPart
from junheng.standards.model import SchoolRule, Standard
from junheng.standards.source import Source
from junheng.standards.words import CONFIDENCE, SIGNS
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.blocking import blocked_sentence
from junheng.verdict.item_words import bounds_words, items_words
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import amount_unit, lack
from junheng.verdict.limits import RowLimit, blanks_before_limit, limit_for
from junheng.verdict.schools import grade, school_rest
from junheng.verdict.scores import Bounds

Row = Mapping[str, Any]


def cite(standard: Standard, source: Source | None) -> str:
    """``教督〔2017〕6号《…》 资源配置第1项（已见原文）``."""
    if source is None:
        return ""
    document = standard.ledger.get(source.document)
    name = f"{document.number}《{document.title}》" if document else source.document
    unseen = "" if source.confidence == "seen" else "，未见原文"
    return f"{name}{source.place}（{CONFIDENCE[source.confidence]}{unseen}）"


PART_LABELS = {RESOURCES: "资源配置", BALANCE: "校际均衡"}


def part_label(judgement: Judgement, part: str) -> str:
    """What a part of the standard is called."""
    if part in PART_LABELS:
        return PART_LABELS[part]
    entry: ItemPart = getattr(judgement.standard, part)
    return entry.label.zh


def summary(judgement: Judgement, county: str) -> str:
    """The answer in one sentence: passes or not, and what stands in the way."""
    parts = judgement.parts.filter(pl.col("county_code") == county)
    outcome = judgement.outcome(county)
    failed = [p for p in parts.iter_rows(named=True) if p["outcome"] == Outcome.UNMET]
    unknown = [p for p in parts.iter_rows(named=True) if p["outcome"] == Outcome.UNKNOWN]
    text = f"{judgement.year} 学年按《{judgement.standard.label.zh}》判定：{outcome.zh}。"
    text += blocked_sentence(judgement, county)
    if failed:
        text += "未达标：" + "；".join(part_sentence(judgement, county, p["part"]) for p in failed) + "。"
    if unknown:
        text += "无法判定：" + "；".join(part_sentence(judgement, county, p["part"]) for p in unknown) + "。"
    return text


def part_sentence(judgement: Judgement, county: str, part: str) -> str:
    """What stands in the way of one part, or that nothing does."""
    if part == RESOURCES:
        why = _resources_words(judgement, county)
    elif part == BALANCE:
        why = _balance_words(judgement, county)
    else:
        why = items_words(judgement, county, part)
    return f"{part_label(judgement, part)}（{why}）"


def _resources_words(judgement: Judgement, county: str) -> str:
    rows = judgement.in_scope.filter(pl.col("county_code") == county)
    texts = []
    for stage in judgement.standard.stages:
        own = rows.filter(pl.col("stage") == stage)["outcome"]
        if own.is_empty():
            texts.append(f"没有{Stage(stage).zh}的数据")
            continue
        counts = [(own == o).sum() for o in (Outcome.UNMET, Outcome.UNKNOWN)]
        called = grade(judgement.standard, Outcome.UNMET)
        unmet = f"未达标（{called}）" if called else "未达标"
        words = [f"{n} 所{w}" for n, w in zip(counts, (unmet, "无法判定"), strict=True) if n]
        total = f"{Stage(stage).zh} {own.len()} 所"
        met = "均达标" if own.len() > 1 else "达标"
        texts.append(f"{total}中 {'、'.join(words)}" if words else total + met)
    return "；".join(texts)


def _balance_words(judgement: Judgement, county: str) -> str:
    own = judgement.balance.filter((pl.col("county_code") == county) & pl.col("limit").is_not_null())
    there = set(own["stage"])
    missing = [f"没有{Stage(stage).zh}的数据" for stage in judgement.standard.stages if stage not in there]
    unmet = own.filter(pl.col("outcome") == Outcome.UNMET)
    over = [_cv_sentence(judgement, row) for row in unmet.iter_rows(named=True)]
    unknown = [
        f"{Stage(row['stage']).zh}{indicator_label(judgement, row['indicator'])}"
        + (f"有 {row['absent']} 所缺数据" if row["absent"] else "平均值为 0，不可计算")
        for row in own.filter(pl.col("outcome") == Outcome.UNKNOWN).iter_rows(named=True)
    ]
    return "；".join([*over, *unknown, *missing]) or f"{own.height} 项差异系数均不超过限值"


def _cv_sentence(judgement: Judgement, row: Row) -> str:
    # Near its limit three decimals would print the two alike.
    digits = 6 if row["near"] else 3
    name = f"{Stage(row['stage']).zh}{indicator_label(judgement, row['indicator'])}"
    return f"{name}差异系数 {half_up(row['cv'], digits)} ＞ {half_up(row['limit'], 2)}"


def row_sentence(judgement: Judgement, row: Row) -> str:
    """How many indicators of a school are met, which are not, and what the rule asks for."""
    standard = judgement.standard
    rule = standard.school_rule
    if rule is None:
        return "本标准没有学校达标规则，只看校际均衡。"
    counted = [row[f"{name}__outcome"] for name in standard.counted()]
    if not any(counted):
        return "本标准没有一项指标涉及本校，无法判定。"
    words = [f"{len(counted)} 项中 {counted.count(Outcome.MET)} 项达标"]
    for outcome, label in ((Outcome.TOLERATED, "余项容许"), (Outcome.UNMET, "未达标"), (Outcome.UNKNOWN, "无法判定")):
        names = [standard.resources[n].label.zh for n in standard.counted() if row[f"{n}__outcome"] == outcome]
        if names:
            words.append(f"{len(names)} 项{label}（{'、'.join(names)}）")
    aside = [standard.resources[n].label.zh for n in standard.counted() if row[f"{n}__outcome"] is None]
    if aside:
        words.append(f"{len(aside)} 项不涉及本校，不算缺（{'、'.join(aside)}）")
    if rule.not_seen:
        words.append(f"另有 {rule.not_seen} 项的内容未见")
    called = grade(standard, row["outcome"])
    return f"{f'{called}：' if called else ''}{'，'.join(words)}；{_rule_words(standard, rule, row)}。"


def _rule_words(standard: Standard, rule: SchoolRule, row: Row) -> str:
    if rule.score is not None:
        mark = "未见，无法判定" if rule.score.at_least is None else f" {plain(rule.score.at_least)}"
        line = f"满分 {plain(rule.score.total)}，合格线{mark}"
        if row["score_low"] is None:
            return f"没有可计分的指标，{line}"
        bounds = Bounds(Fraction(str(row["score_low"])), Fraction(str(row["score_high"])))
        unknown = any(standard.resources[name].points is None for name in standard.counted())
        why = "有的指标分值未见" if unknown else "未达标的指标得几分未见"
        partial = "" if bounds.exact is not None else f"（{why}）"
        return f"得分{bounds_words(bounds, rule.score.at_least)}{partial}，{line}"
    if rule.at_least is None:
        return "各项指标怎样决定学校是否达标未见，全部达标的学校才能判定"
    rest = "" if rule.rest is None else f"，余项不低于 {plain(rule.rest * 100)}%"
    allowed = len(standard.counted()) + rule.not_seen - rule.at_least
    return f"须至少 {rule.at_least} 项达标（最多缺 {allowed} 项）{rest}"


def value_sentence(judgement: Judgement, name: str, indicator: Indicator, row: Row) -> str:
    """One sentence: the value, its limit, what is lacking."""
    absent, value = row[f"{name}__absent"], row[f"{name}__value"]
    limit = limit_for(indicator, row)
    limit_text = limit_words(limit, indicator.unit) if limit else ""
    if absent is not None:
        why = f"没有数值：{Absence(absent).zh}"
        why += _blank_stage(judgement, name, row) + _unlike_campuses(judgement, indicator, row)
        return f"{why}（要求 {limit_text}）。" if limit_text else f"{why}。"
    shown = f"{plain(value, 4)} {indicator.unit}" if value != float("inf") else "没有配备（比值无穷大）"
    outcome = row[f"{name}__outcome"]
    if outcome == Outcome.UNKNOWN and (blanks := blanks_before_limit(indicator, row)):
        labels = "、".join(map(Words(judgement.dataset.tables).column, blanks))
        return f"{shown}；适用哪一限值取决于{labels}，未填报，无法判定。"
    if limit is None:
        return f"{shown}；本标准不对单所学校设限。" if not indicator.thresholds else f"{shown}；限值未见，无法判定。"
    text = f"{shown}，要求 {limit_text}"
    if outcome in (Outcome.UNMET, Outcome.TOLERATED):
        text += "，" + _lack_words(judgement, name, indicator, row, limit)
    return text + "。"


def _blank_stage(judgement: Judgement, name: str, row: Row) -> str:
    """Which stage's pupils are missing, where that is why a whole school's amount cannot be shared out."""
    split = judgement.standard.split
    if split is None or name not in split.indicators:
        return ""
    blank = [stage.zh for stage in Stage if row[f"pupils_{stage}"] is None]
    return f"（缺{'、'.join(blank)}在校生数，全校填报数不能拆分）" if blank else ""


def _unlike_campuses(judgement: Judgement, indicator: Indicator, row: Row) -> str:
    """Which figures may be missing only because campuses judged together filed different ones."""
    if not (judgement.computed.members["home"] == row["school_code"]).any():
        return ""
    unlike = [name for name in NOT_SUMMED if name in indicator.columns() and row[name] is None]
    labels = "、".join(map(Words(judgement.dataset.tables).column, unlike))
    return f"（各校区的{labels}不同或有未填的，不能合并）" if unlike else ""


def limit_words(limit: RowLimit, unit: str) -> str:
    return f"{SIGNS[limit.operator]} {plain(limit.value, 4)} {unit}".rstrip()


def _lack_words(judgement: Judgement, name: str, indicator: Indicator, row: Row, limit: RowLimit) -> str:
    tables, standard = judgement.dataset.tables, judgement.standard
    missing = lack(name, indicator, standard, row, limit, tables, Fraction(1))
    rest = school_rest(standard)
    if missing is None:
        return "未达到"
    unit = amount_unit(indicator, tables)
    text = f"差 {plain(missing, 2)} {unit}" if missing > 0 else f"超出 {plain(-missing, 2)} {unit}"
    if rest is not None and row[f"{name}__outcome"] == Outcome.UNMET:
        to_rest = lack(name, indicator, standard, row, limit, tables, rest)
        if to_rest:
            text += f"（到余项底线 {plain(rest * 100)}% 差 {plain(abs(to_rest), 2)} {unit}）"
    elif rest is not None:
        text += f"，不低于要求的 {plain(rest * 100)}%"
    return text


def amount_words(judgement: Judgement, amount: Amount, stage: str | None) -> str:
    """``（教学及辅助用房面积 − 室内体育用房面积）``; without brackets when it is one column."""
    words = Words(judgement.dataset.tables)
    text = ""
    for term in amount.terms(stage):
        sign = " − " if term.sign < 0 else " + "
        condition = "（符合条件时）" if term.where else ""
        text += f"{sign if text or term.sign < 0 else ''}{words.column(term.column)}{condition}"
    return f"（{text}）" if len(amount.terms(stage)) > 1 else text


def indicator_label(judgement: Judgement, name: str) -> str:
    return "综合" if name == COMPOSITE else judgement.standard.resources[name].label.zh


def county_value_words(name: str, check: Indicator, row: Row) -> tuple[str, str]:
    """The value of a county's check, or why there is none, and what is asked for."""
    limit = limit_for(check, row)
    required = limit_words(limit, check.unit) if limit else ""
    absent = row[f"{name}__absent"]
    if absent is not None:
        return Absence(absent).zh, required
    return f"{plain(row[f'{name}__value'], 4)} {check.unit}".rstrip(), required


def cv_words(value: float | None) -> str:
    return "不可计算" if value is None else plain(value, 6)
