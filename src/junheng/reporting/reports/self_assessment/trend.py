"""与以前年度比较: what improved and what declined against the years that the data hold, and by how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.charts.trend import trend as trend_chart
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts, change, size
from junheng.reporting.report.blocks import Block, Cell, Chart, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Quote, Text, listed, say
from junheng.reporting.wording.parts import label_of
from junheng.reporting.wording.phrases import conclusion_word, joined, visible

_PASSED = (Outcome.MET, Outcome.TOLERATED)


def trend(facts: Facts) -> Iterator[Block]:
    """This year beside the earlier ones; nothing without an earlier year."""
    years = facts.years
    if len(years) < 2:
        return
    before, now = years[-2], years[-1]
    sentences = [*_schools(before, now), *_coefficients(before, now), *_items(before, now)]
    rows = [*_school_rows(years), *_coefficient_rows(years), *_part_rows(years)]
    if not rows:
        return
    yield Paragraph(say("以下各年均按“{standard}”在当时有效的规定判定。", standard=Quote(now.standard.label.zh)))
    for sentence in sentences:
        yield Paragraph((*sentence, "。"))
    yield from _chart(years)
    head = heads("项目", *(cell(_school_year(year), label=True) for year in years), "比上一次增减")
    widths = (4.6, *(1.4 for _ in years), 1.8)
    note: Text = ("增减按未经取舍的数值计算，与所列数值相减可能相差末位。",)
    if any(year.items.count(part, Outcome.UNKNOWN).value for part, _ in now.standard.parts() for year in years):
        note = (*note, "尚不能判定的事项没有计入达到的事项；全部不能判定的不列数。")
    yield Table("trend", ("与以前年度比较",), widths, (head, *rows), note=note)


def _school_year(year: CountyYear) -> Quote:
    return Quote(f"{year.year}学年")


def _judged(year: CountyYear, stage: Stage) -> bool:
    """Whether schools of the stage were judged, and not all of them in vain."""
    return bool(year.schools.of_stage(stage, Outcome.UNMET, *_PASSED))


def _schools(before: CountyYear, now: CountyYear) -> Iterator[Text]:
    for stage in now.schools.stages:
        if _judged(now, stage) and _judged(before, stage):
            share, old = now.schools.share(stage, *_PASSED), before.schools.share(stage, *_PASSED)
            yield say(
                "{stage}达标学校{count}，占{share}，{moved}{open}",
                stage=stage.zh,
                count=now.schools.count(stage, *_PASSED),
                share=share,
                moved=moved(share, old, before),
                open=_open_schools([before, now], stage),
            )


def _open_schools(years: Sequence[CountyYear], stage: Stage) -> Text:
    """Schools that could not be judged are no passing ones: how many, or a share seems to move that did not."""
    counts = [(year, year.schools.count(stage, Outcome.UNKNOWN)) for year in years]
    told = [say("{year}{count}", year=_school_year(year), count=count) for year, count in counts if count.value]
    return ("（不能判定的学校没有计入达标：", *listed(told), "）") if told else ()


def moved(now: Figure, old: Figure, before: CountyYear) -> Text:
    """``比2024学年提高3.1个百分点``, ``与2024学年持平``."""
    by = change(now, old)
    if by.value is None:
        return say("与{year}不能比较", year=_school_year(before))
    if not visible(by):
        return say("与{year}基本持平" if by.value else "与{year}持平", year=_school_year(before))
    word = "提高" if by.value > 0 else "下降"
    return say("比{year}{word}{by}", year=_school_year(before), word=word, by=size(by))


def _coefficients(before: CountyYear, now: CountyYear) -> Iterator[Text]:
    """Per stage which coefficients shrank and which grew most: a smaller one is the better one."""
    for stage in now.schools.stages:
        changes: list[tuple[Figure, Quote]] = []
        crossed: list[Text] = []
        for row in now.balance.of_stage(stage):
            old = before.balance.find(stage, row["indicator"])
            if old is None or not row["outcome"]:
                continue
            by, label = change(now.balance.cv(row), before.balance.cv(old)), Quote(now.balance.label(row))
            changes += [(by, label)] if visible(by) else []
            crossed += _crossed(row["outcome"], old["outcome"], label)
        better = sorted((one for one in changes if (one[0].value or 0) < 0), key=lambda one: one[0].value or 0)
        worse = sorted((one for one in changes if (one[0].value or 0) > 0), key=lambda one: -(one[0].value or 0))
        clauses = [_most("差异缩小", "下降", better), _most("差异扩大", "上升", worse)]
        year = _school_year(before)
        if now.balance.count(stage).value == 1:  # one that decides, the composite: no list of the largest
            for by, label in changes:
                way = "下降" if (by.value or 0) < 0 else "上升"
                yield joined([(stage.zh, label, "差异系数比", year, way, size(by)), *crossed], "，")
        elif any(clauses):
            yield (stage.zh, "差异系数与", year, "相比，", *joined([*clauses, *crossed]))


def _most(what: str, word: str, changes: Sequence[tuple[Figure, Quote]], most: int = 3) -> Text:
    """``差异缩小较多的有…（下降0.015）``: the first few, as they are ordered."""
    told = [(label, "（", word, size(by), "）") for by, label in changes[:most]]
    return (what, "较多的有" if len(changes) > most else "的有", *listed(told)) if told else ()


def _crossed(now: str, old: str | None, label: Quote) -> list[Text]:
    if now == Outcome.UNMET and old == Outcome.MET:
        return [(label, "由符合要求变为超过限值")]
    return [(label, "由超过限值变为符合要求")] if now == Outcome.MET and old == Outcome.UNMET else []


def _items(before: CountyYear, now: CountyYear) -> Iterator[Text]:
    """Items whose conclusion changed."""
    for part, _ in now.standard.parts():
        if before.items.part(part) is None:
            continue
        old = {row["item"]: row["outcome"] for row in before.items.rows(part)}
        changed = [
            (
                "“", Quote(now.items.item(row).label.zh), "”由", conclusion_word(part, old[row["item"]]),
                "变为", conclusion_word(part, row["outcome"]),
            )
            for row in now.items.rows(part)
            if row["item"] in old and old[row["item"]] != row["outcome"]
        ]  # fmt: skip
        if changed:
            yield (label_of(now, part), "方面，与", _school_year(before), "相比，", *joined(changed, "，"))


def _line(label: Text, figures: Sequence[Figure]) -> Iterator[tuple[Cell, ...]]:
    """A row of the table; nothing where the figure is not known of any year."""
    if any(figure.value is not None for figure in figures):
        yield (cell(*label), *(cell(figure) for figure in figures), cell(change(figures[-1], figures[-2])))


def _school_rows(years: Sequence[CountyYear]) -> Iterator[tuple[Cell, ...]]:
    for stage in years[-1].schools.stages:
        if any(_judged(year, stage) for year in years):
            judged = [year.schools.count(stage) for year in years]
            yield from _line((stage.zh, "参加判定学校（所）"), judged)
            yield from _line((stage.zh, "达标学校（所）"), [year.schools.count(stage, *_PASSED) for year in years])
            yield from _line((stage.zh, "达标学校占比（%）"), [year.schools.share(stage, *_PASSED) for year in years])


def _coefficient_rows(years: Sequence[CountyYear]) -> Iterator[tuple[Cell, ...]]:
    now = years[-1]
    for stage in now.schools.stages:
        for row in now.balance.of_stage(stage):
            found = [year.balance.find(stage, row["indicator"]) for year in years]
            if row["outcome"] and found[-2] is not None:
                label: Text = (stage.zh, Quote(now.balance.label(row)), "差异系数")
                pairs = list(zip(years, found, strict=True))
                figures = [year.balance.cv(own) for year, own in pairs if own is not None]
                if len(figures) == len(years):
                    yield from _line(label, figures)


def _part_rows(years: Sequence[CountyYear]) -> Iterator[tuple[Cell, ...]]:
    now = years[-1]
    for part, entry in now.standard.parts():
        if any(year.items.part(part) is None for year in years) or not any(_decided(year, part) for year in years):
            continue
        if entry.rule == "score":
            scores = [year.items.score(part) for year in years]
            yield from _line((label_of(now, part), "得分（分）"), scores)
        else:
            word = "未发生事项（项）" if part == "vetoes" else "达到事项（项）"
            yield from _line((label_of(now, part), word), [year.items.passed(part) for year in years])


def _decided(year: CountyYear, part: str) -> bool:
    """Whether anything could be said of any item of a part."""
    return any(row["outcome"] != Outcome.UNKNOWN for row in year.items.rows(part))


def _chart(years: Sequence[CountyYear]) -> Iterator[Chart]:
    rows = [
        {"year": year.year, "series": stage.zh, "value": float(share.value)}
        for stage in years[-1].schools.stages
        for year in years
        if _judged(year, stage) and (share := year.schools.share(stage, *_PASSED)).value is not None
    ]
    if len({row["year"] for row in rows}) > 1:
        spec = trend_chart(rows, title="达标学校占比", unit="%", digits=1)
        yield Chart("trend_chart", ("历年达标学校占比",), spec, says=spec["description"])
