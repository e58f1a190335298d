"""Many counties in one report: outcomes, coefficients, ranking, what is weakest, what is not known, earlier years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.charts.distribution import distribution
from junheng.reporting.facts.balance import Row
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.province import Province
from junheng.reporting.report.blocks import Block, Cell, Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Quote, Text, listed, say
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.sentences import part_label

_PASSED = (Outcome.MET, Outcome.TOLERATED)
_MOST = 15  # weakest items named
_ALONE = ("达标", "未达标", "因数据不全或事项未认定无法判定")  # where all counties are alike


def _now(facts: Facts) -> Province:
    return facts.provinces[-1]


def overview(facts: Facts) -> Iterator[Block]:
    """How many counties have which outcome; the parts of the standard; the schools."""
    here = _now(facts)
    clauses = [
        say("{count}达标", count=here.count(Outcome.MET, Outcome.TOLERATED)),
        say("{count}未达标", count=here.count(Outcome.UNMET)),
        say("{count}因数据不全或事项未认定无法判定", count=here.count(Outcome.UNKNOWN)),
    ]
    counts = (here.count(*_PASSED), here.count(Outcome.UNMET), here.count(Outcome.UNKNOWN))
    there = [clause for clause, count in zip(clauses, counts, strict=True) if count.value]
    alone = [word for word, count in zip(_ALONE, counts, strict=True) if count.value]
    every = "都" if len(here.counties) > 1 else ""
    found: Text = ("其中", *listed(there, "，")) if len(there) > 1 else (every, *alone)
    yield Paragraph(
        say("对照《{standard}》，参加汇总的县（市、区）共{all}，{found}。",
            standard=Quote(here.standard.label.zh), all=here.count(), found=found)
    )  # fmt: skip
    for stage in _stages(here) if here.standard.school_rule else ():
        if text := _schools(here, stage):
            yield Paragraph(text)
    judgement = facts.counties[0].judgement
    rows = [
        (
            cell(Quote(part_label(judgement, part))),
            cell(here.part_count(part, *_PASSED)),
            cell(here.part_count(part, Outcome.UNMET)),
            cell(here.part_count(part, Outcome.UNKNOWN)),
        )
        for part in here.parts
    ]
    head = heads("部分", "达标", "未达标", "无法判定")
    yield Table("parts", ("各部分结论汇总",), (3, 1.2, 1.2, 1.2), (head, *rows), unit="个县（市、区）")


def _stages(here: Province) -> list[Stage]:
    return [Stage(stage) for stage in here.standard.stages]


def _schools(here: Province, stage: Stage) -> Text:
    judged = here.schools(stage)
    if not judged.value:
        return ()
    clauses = [say("{count}达标，占{share}", count=here.schools(stage, *_PASSED), share=here.share(stage))]
    unmet, unknown = here.schools(stage, Outcome.UNMET), here.schools(stage, Outcome.UNKNOWN)
    if not here.schools(stage, *_PASSED).value:
        clauses = []
    clauses += [say("{count}未达标", count=unmet)] if unmet.value else []
    clauses += [say("{count}无法判定", count=unknown)] if unknown.value else []
    told = listed(clauses, "；")
    return say("各县{stage}共{judged}参加判定，{clauses}。", stage=stage.zh, judged=judged, clauses=told)


def counties(facts: Facts) -> Iterator[Block]:
    """Every county: its verdict, each part, the share of its schools, its largest coefficients."""
    here = _now(facts)
    judgement = facts.counties[0].judgement
    stages = _stages(here)
    ruled, balanced = here.standard.school_rule is not None, here.standard.balance_rule is not None
    labels = [part_label(judgement, part) for part in here.parts]
    head = (
        *heads("县（市、区）", "结论"),
        *(cell(Quote(label), label=True) for label in labels),
        *(cell(f"{stage.zh}达标学校（%）", label=True) for stage in stages if ruled),
        *(cell(f"{stage.zh}最大差异系数", label=True) for stage in stages if balanced),
    )
    rows = [
        (
            cell(county.name),
            _outcome(county.outcome),
            *(_outcome(county.parts.get(part)) for part in here.parts),
            *(cell(county.schools.share(stage, *_PASSED)) for stage in stages if ruled),
            *(_worst(here, county, stage) for stage in stages if balanced),
        )
        for county in here.counties
    ]
    widths = (2.4, 1.7, *(1.7 for _ in labels), *(1.25 for _ in stages if ruled), *(1.25 for _ in stages if balanced))
    note = ("最大差异系数为该学段有限值的差异系数中相对限值最大的一项。",) if balanced else ()
    yield Table("counties", ("各县结论一览",), widths, (head, *rows), landscape=len(widths) > 6, note=note)


def _outcome(outcome: Outcome | None) -> Cell:
    return cell("—", align="centre") if outcome is None else cell(outcome.zh, outcome=outcome, align="centre")


def _worst(here: Province, county: CountyYear, stage: Stage) -> Cell:
    row = here.worst(county, stage)
    if row is None:
        return cell("数据不全", align="centre")
    outcome = county.balance.outcome(row)
    return cell(county.balance.cv(row), outcome=outcome if outcome is Outcome.UNMET else None)


def coefficients(facts: Facts) -> Iterator[Block]:
    """How the counties' largest coefficients lie against the limit; which counties are over it and by what."""
    here = _now(facts)
    for stage in _stages(here):
        found = [(county, row) for county in here.counties if (row := here.worst(county, stage)) is not None]
        if not found:
            continue
        limits = {row["limit"] for _, row in found}
        rows = [{"county": county.name.text, "value": row["cv"], "outcome": row["outcome"]} for county, row in found]
        title = "综合差异系数" if all(row["indicator"] == COMPOSITE for _, row in found) else "最大差异系数"
        spec = distribution(
            rows, title=f"{stage.zh}{title}", limit=limits.pop() if len(limits) == 1 else None, direction="at_most",
            digits=3,
        )  # fmt: skip
        caption = (stage.zh, title, "分布（一个点是一个县）")
        yield Chart(f"cvs_{stage.value}", caption, spec, says=spec["description"])
    over = [(county, row) for county in here.counties for row in county.balance.rows if row["outcome"] == Outcome.UNMET]
    if over:
        yield _over(over)


def _over(over: list[tuple[CountyYear, Row]]) -> Table:
    """Every coefficient over its limit, county by county."""
    rows = []
    for place, (county, row) in enumerate(over):
        first = place == 0 or over[place - 1][0] is not county
        together = sum(other is county for other, _ in over)
        label = "综合差异系数" if row["indicator"] == COMPOSITE else county.balance.label(row)
        rows.append(
            (
                *([cell(county.name, rows=together)] if first else []),
                cell(Stage(row["stage"]).zh, align="centre"),
                cell(Quote(label)),
                cell(county.balance.cv(row)),
                cell(county.balance.limit(row)),
            )
        )
    head = heads("县（市、区）", "学段", "指标", "差异系数", "限值")
    return Table("over", ("超过限值的差异系数",), (3, 1, 5, 1.5, 1.2), (head, *rows))


def ranking(facts: Facts) -> Iterator[Block]:
    """Counties by the share of their schools that pass."""
    here = _now(facts)
    if not here.ranked:
        return
    stages = _stages(here)
    rows = [
        (
            cell(rank),
            cell(county.name),
            cell(here.passed(county)),
            *(cell(county.schools.count(stage)) for stage in stages),
            *(cell(county.schools.share(stage, *_PASSED)) for stage in stages),
            cell(unknown.schools),
        )
        for rank, county in here.ranked
        for unknown in [next(one for one in here.unknowns if one.county is county)]
    ]
    head = heads(
        "名次", "县（市、区）", "达标学校占比（%）", *(f"{stage.zh}数（所）" for stage in stages),
        *(f"{stage.zh}达标（%）" for stage in stages), "无法判定（所）",
    )  # fmt: skip
    widths = (1, 3, 1.6, *(1.3 for _ in stages), *(1.5 for _ in stages), 1.4)
    note = ("按小学、初中参加判定的学校（一贯制学校两个学段各计一次）中已判定达标的占比排列，占比相同的名次相同。",)
    yield Table("ranking", ("达标学校占比排序",), widths, (head, *rows), note=note)


def weakest(facts: Facts) -> Iterator[Block]:
    """The indicators that most schools miss, the items that most counties miss."""
    here = _now(facts)
    weak = [one for one in here.weakest if one.unmet.value or one.over.value or one.partial.value]
    if weak:
        yield Heading(("资源配置和校际均衡",), 2)
        if first := [one for one in weak if one.unmet.value][:3]:
            named = listed(
                say("{stage}{label}（{share}）", stage=one.stage.zh, label=Quote(one.label), share=one.share)
                for one in first
            )
            yield Paragraph(say("低于要求的学校占比最高的是{named}。", named=named))
        yield _weak_table(here)
    items = here.weak_items
    if items:
        yield Heading(("其他各部分事项",), 2)
        judgement = facts.counties[0].judgement
        rows = [
            (cell(Quote(part_label(judgement, item.part))), cell(item.label), cell(item.unmet), cell(item.unknown))
            for item in items[:_MOST]
        ]
        head = heads("部分", "事项", "未达标（县）", "无法判定（县）")
        note = ("按未达标的县数从多到少排列，只列前列的事项。",) if len(items) > _MOST else ()
        yield Table("weak_items", ("未达标或无法判定较多的事项",), (2, 5, 1.3, 1.4), (head, *rows), note=note)


def _weak_table(here: Province) -> Table:
    balanced, ruled = here.standard.balance_rule is not None, any(one.judged.value for one in here.weakest)
    head = (
        *heads("学段", "指标"),
        *(heads("低于要求的学校（所）", "占比（%）") if ruled else ()),
        *(heads("差异系数超限的县（个）", "数据不全的县（个）") if balanced else ()),
    )
    rows = [
        (
            cell(one.stage.zh, align="centre"),
            cell(Quote(one.label)),
            *((cell(one.unmet), cell(one.share)) if ruled else ()),
            *((cell(one.over), cell(one.partial)) if balanced else ()),
        )
        for one in here.weakest
    ]
    widths = (1, 5, *((1.5, 1.3) if ruled else ()), *((1.6, 1.5) if balanced else ()))
    note = ("占比以这项指标能够判定的学校为基数，低于要求的含余项容许的学校。",) if ruled else ()
    return Table("weakest", ("各项指标薄弱程度",), widths, (head, *rows), note=note)


def unknowns(facts: Facts) -> Iterator[Block]:
    """The counties where something cannot be judged, with how much."""
    here = _now(facts)
    open_ = [one for one in here.unknowns if one.any]
    if not open_:
        return
    rows = [(cell(one.county.name), cell(one.schools), cell(one.coefficients), cell(one.items)) for one in open_]
    head = heads("县（市、区）", "无法判定的学校（所）", "无法判定的差异系数（项）", "无法判定的事项（项）")
    yield Paragraph(("下列县（市、区）有数据未填报或事项未认定，相应的学校、差异系数或事项无法判定，应尽快补齐。",))
    note = ("学校按学段计，一贯制学校两个学段各计一次。",)
    yield Table("unknowns", ("各县数据缺口",), (3, 1.8, 1.8, 1.8), (head, *rows), note=note)


def years(facts: Facts) -> Iterator[Block]:
    """Outcomes and shares over the years; the counties whose verdict changed, by name."""
    if len(facts.provinces) < 2:
        return
    stages = _stages(_now(facts))
    lines: list[tuple[str, list[Figure]]] = [
        ("参加汇总（个）", [year.count() for year in facts.provinces]),
        ("达标（个）", [year.count(*_PASSED) for year in facts.provinces]),
        ("未达标（个）", [year.count(Outcome.UNMET) for year in facts.provinces]),
        ("无法判定（个）", [year.count(Outcome.UNKNOWN) for year in facts.provinces]),
    ]
    if _now(facts).standard.school_rule:
        lines += [(f"{stage.zh}达标学校占比（%）", [year.share(stage) for year in facts.provinces]) for stage in stages]
    rows = [(cell(label), *(cell(figure) for figure in figures)) for label, figures in lines]
    head = (
        cell("项目", label=True),
        *(cell(Quote(f"{year.counties[0].year}学年"), label=True) for year in facts.provinces),
    )
    widths = (2.5, *(1.3 for _ in facts.provinces))
    note = ("各年按当年有效的规定和当年的数据判定。",)
    yield Table("years", ("历年汇总比较",), widths, (head, *rows), note=note)
    yield from _changed(facts)


def _changed(facts: Facts) -> Iterator[Block]:
    old = {county.county: county.outcome for county in facts.provinces[-2].counties}
    for wanted, other, word in (
        (Outcome.MET, Outcome.UNMET, "由未达标变为达标"),
        (Outcome.UNMET, Outcome.MET, "由达标变为未达标"),
    ):
        names = [c.name for c in _now(facts).counties if c.outcome is wanted and old.get(c.county) is other]
        if names:
            yield Paragraph(say("与上年度比，{names}{word}。", names=listed(names), word=word))


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "overview": overview,
    "counties": counties,
    "coefficients": coefficients,
    "ranking": ranking,
    "weakest": weakest,
    "unknowns": unknowns,
    "years": years,
}
