"""What a part of the standard comes to, in one clause: what is met, what is not and by how much, what stays open."""

from __future__ import annotations

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.report.runs import Quote, Text, say
from junheng.reporting.wording.phrases import conclusion_word, counted, joined, quoted, several
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.verdict.sentences import part_label

VERDICTS = {
    Outcome.MET: "自评达到",
    Outcome.TOLERATED: "自评基本达到",
    Outcome.UNMET: "自评未达到",
    Outcome.UNKNOWN: "因有数据未填报或事项未认定，目前尚不能判定是否达到",
}


def verdict(year: CountyYear) -> Text:
    """``按2025学年数据，对照“…”，某县自评未达到该标准``: a label is no title of a document."""
    return say(
        "按{year}数据，对照“{standard}”，{county}{verdict}该标准",
        year=school_year(year),
        standard=Quote(year.standard.label.zh),
        county=year.name,
        verdict=VERDICTS[year.outcome],
    )


def school_year(year: CountyYear) -> Quote:
    return Quote(f"{year.year}学年")


def label_of(year: CountyYear, part: str) -> Quote:
    return Quote(part_label(year.judgement, part))


def part_clause(year: CountyYear, part: str) -> Text:
    """What one part comes to, without the full stop; the part is not named."""
    if part == RESOURCES:
        return joined(stage_clause(year, stage) for stage in year.schools.stages)
    if part == BALANCE:
        return joined(balance_clause(year, stage) for stage in year.schools.stages)
    entry = year.items.part(part)
    said = _score(year, part) if entry is not None and entry.rule == "score" else _items(year, part)
    return (*said, "；另有部分内容未见原文，不能判定") if entry is not None and entry.unseen else said


def stage_clause(year: CountyYear, stage: Stage) -> Text:
    """``小学99所，达标13所，未达标86所``."""
    schools = year.schools
    total = schools.count(stage)
    if not total.value:
        return (stage.zh, "没有参加判定的学校")
    passed = schools.count(stage, Outcome.MET, Outcome.TOLERATED)
    unmet, unknown = schools.count(stage, Outcome.UNMET), schools.count(stage, Outcome.UNKNOWN)
    for count, word in ((passed, "达标"), (unmet, "未达标"), (unknown, "不能判定")):
        if count.value == total.value:
            every = "" if total.value == 1 else "全部"
            return say("{stage}{total}{every}{word}", stage=stage.zh, total=total, every=every, word=word)
    parts = [("达标{count}", passed), ("未达标{count}", unmet), ("不能判定{count}", unknown)]
    return say("{stage}{total}，其中{parts}", stage=stage.zh, total=total, parts=counted(parts, "、"))


def balance_clause(year: CountyYear, stage: Stage) -> Text:
    """``小学7项差异系数中6项符合要求，超过限值的是每百名学生拥有县级以上骨干教师数``; empty without coefficients."""
    balance = year.balance
    deciding = [row for row in balance.of_stage(stage) if row["outcome"]]
    if not deciding:
        return ()
    total, met = balance.count(stage), balance.count(stage, Outcome.MET)
    if len(deciding) == 1:
        return _one_coefficient(year, stage)
    if met.value == total.value:
        return say("{stage}{total}差异系数全部符合要求", stage=stage.zh, total=total)
    if balance.count(stage, Outcome.UNKNOWN).value == total.value:
        return say("{stage}{total}差异系数均因数据不全不能判定", stage=stage.zh, total=total)
    over = [Quote(balance.label(row)) for row in deciding if row["outcome"] == Outcome.UNMET]
    unknown = [Quote(balance.label(row)) for row in deciding if row["outcome"] == Outcome.UNKNOWN]
    clauses = [say("{met}符合要求", met=met)] if met.value else []
    if over:
        count = balance.count(stage, Outcome.UNMET)
        clauses.append(say("{count}超过限值（{names}）", count=count, names=several(over, 8)))
    if unknown:
        count = balance.count(stage, Outcome.UNKNOWN)
        clauses.append(say("{count}因数据不全不能判定（{names}）", count=count, names=several(unknown, 8)))
    return say("{stage}{total}差异系数中{clauses}", stage=stage.zh, total=total, clauses=joined(clauses, "，"))


def _one_coefficient(year: CountyYear, stage: Stage) -> Text:
    row = next(row for row in year.balance.of_stage(stage) if row["outcome"])
    name, cv, limit = Quote(year.balance.label(row)), year.balance.cv(row), year.balance.limit(row)
    if cv.value is None:
        return say("{stage}{name}差异系数{cv}，不能判定", stage=stage.zh, name=name, cv=cv)
    fits = "不超过" if Outcome(row["outcome"]).passes else "超过"
    return say(
        "{stage}{name}差异系数为{cv}，{fits}{limit}的限值", stage=stage.zh, name=name, cv=cv, fits=fits, limit=limit
    )


def _items(year: CountyYear, part: str) -> Text:
    items, veto = year.items, part == "vetoes"
    total = items.count(part)
    met = items.count(part, Outcome.MET, Outcome.TOLERATED)
    if not total.value:
        return ("没有一项涉及本县",)
    if met.value == total.value:
        every = "均未发生" if veto else "均达到要求"
        return say("{total}{every}", total=total, every=every) if total.value != 1 else (every.removeprefix("均"),)
    if total.value == 1:
        (row,) = [row for row in items.rows(part) if row["outcome"]]
        return ("“", Quote(items.item(row).label.zh), "”", conclusion_word(part, row["outcome"]))
    for outcome, every in ((Outcome.UNMET, "均存在" if veto else "均未达到要求"), (Outcome.UNKNOWN, "均尚不能判定")):
        if items.count(part, outcome).value == total.value:
            return say("{total}{every}", total=total, every=every)
    clauses = [say("{met}{word}", met=met, word="未发生" if veto else "达到要求")] if met.value else []
    bad, open_ones = "存在" if veto else "未达到要求", "尚不能判定"
    for outcome, word in ((Outcome.UNMET, bad), (Outcome.UNKNOWN, open_ones)):
        names = [Quote(items.item(row).label.zh) for row in items.rows(part) if row["outcome"] == outcome]
        if names:
            clauses.append(say("{count}{word}（{names}）", count=items.count(part, outcome), word=word,
                               names=quoted(names)))  # fmt: skip
    return say("{total}中{clauses}", total=total, clauses=joined(clauses, "，"))


def _score(year: CountyYear, part: str) -> Text:
    items = year.items
    entry = items.part(part)
    score, mark = items.score(part), items.pass_mark(part)
    line: Text = ("，合格线为", mark) if mark.value is not None else ("，合格线未见",)
    if entry is not None and all(item.points is None for item in entry.items.values()):
        return ("各项分值由省、县规定，尚未给出，不能计分",)
    if score.value is not None:
        return ("自评得分", score, *line)
    low, high = items.score_bounds(part)
    if entry is not None and not low.value and high.value == entry.total:
        return ("各项均未评定，不能计分", *line)
    span: Text = say("在{low}与{high}之间", low=low, high=high) if high.value is not None else ("不低于", low)
    return ("有事项尚未评定或分值未见，得分", *span, *line)
