"""A section for every indicator of the schools, then one for every part made of items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.indicators.words import Words
from junheng.reporting.charts.trend import trend as trend_chart
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts, change, size
from junheng.reporting.facts.schools import Row
from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Quote, Text, listed, say
from junheng.reporting.wording.items import finding, item_label, requirements
from junheng.reporting.wording.parts import label_of, part_clause, school_year
from junheng.reporting.wording.phrases import brief, conclusion_word, counted, joined, visible
from junheng.reporting.wording.problems import lacking
from junheng.standards.indicator import Indicator

_NAMED = 12
_BELOW = (Outcome.UNMET, Outcome.TOLERATED)


def indicators(facts: Facts) -> Iterator[Block]:
    """One section an indicator."""
    now = facts.now
    stages = [stage for stage in now.schools.stages if now.schools.of_stage(stage)]
    for name, indicator in now.standard.resources.items() if stages else ():
        yield Heading((Quote(indicator.label.zh),))
        yield from _meaning(now, indicator)
        for stage in stages:
            if text := _stage(now, stage, name):
                yield Paragraph((*text, "。"))
        yield from _history(facts, name, stages)


def _meaning(year: CountyYear, indicator: Indicator) -> Iterator[Paragraph]:
    """Formula and requirement in words."""
    words = Words(year.judgement.dataset.tables)
    formula = words.formula(indicator, year.standard.resources)
    asked = words.threshold(indicator.thresholds[0], indicator.unit) if indicator.thresholds else ""
    note = indicator.note.zh.rstrip("。") if indicator.note else ""
    text: Text = ("算法：", Quote(formula), "。")
    text = (*text, *(("要求：", Quote(asked), "。") if asked else ("本标准不对单所学校设限。",)))
    yield Paragraph((*text, *((Quote(note), "。") if note else ())))


def _stage(year: CountyYear, stage: Stage, name: str) -> Text:
    """The county, the schools below, what is lacking, the difference between schools."""
    clauses: list[Text] = []
    row = year.balance.find(stage, name)
    if row is not None and row["mean"] is not None:
        clauses.append(say("全县平均值为{mean}", mean=brief(year.balance.mean(row))))
    if year.standard.resources[name].thresholds:
        clauses += _below(year, stage, name)
    if row is not None:
        cv = year.balance.cv(row)
        if cv.value is None:
            clauses.append(say("校际差异系数不能判定（{cv}）", cv=cv))
        elif row["outcome"]:
            over = "超过" if row["outcome"] == Outcome.UNMET else "不超过"
            limit = year.balance.limit(row)
            clauses.append(say("校际差异系数为{cv}，{over}{limit}的限值", cv=cv, over=over, limit=limit))
        else:
            clauses.append(say("校际差异系数为{cv}", cv=cv))
    return (stage.zh, "：", *joined(clauses)) if clauses else ()


def _below(year: CountyYear, stage: Stage, name: str) -> Iterator[Text]:
    schools = year.schools
    met, unknown = (schools.missing_indicator(stage, name, one) for one in (Outcome.MET, Outcome.UNKNOWN))
    missed = schools.missing_indicator(stage, name, *_BELOW)
    told = counted([("{count}达到要求", met), ("{count}未达到", missed), ("{count}不能判定", unknown)])
    total = schools.count(stage)
    if unknown.value == total.value:
        yield say("参加判定的{total}均不能判定", total=total)
    else:
        yield (*say("参加判定的{total}中，", total=total), *told) if told else ("没有学校涉及",)
    rows = [row for row in schools.of_stage(stage, *Outcome) if row[f"{name}__outcome"] in _BELOW]
    if rows:
        worst = sorted(rows, key=lambda row: _distance(row, name))
        names = [schools.name(row) for row in worst]
        yield ("未达到的有" if len(rows) <= _NAMED else "未达到的学校中差距较大的有", *listed(names[:_NAMED]))
        if lack := lacking(year, stage, name):
            yield ("各校补齐到要求，合计", *lack)


def _distance(row: Row, name: str) -> float:
    """Value as a share of the limit: the furthest behind first; of an upper limit the other way round."""
    value, limit = row.get(f"{name}__value"), row.get(f"{name}__limit")  # an either/or rule has neither
    share = value / limit if value is not None and limit else 0.0
    return -share if row.get(f"{name}__operator") in ("at_most", "below") else share


def _history(facts: Facts, name: str, stages: list[Stage]) -> Iterator[Block]:
    """Means of the years that the data hold: sentences and a chart."""
    years = facts.years
    if len(years) < 2:
        return
    points = []
    for stage in stages:
        means = [(year, mean) for year in years if (mean := _mean(year, stage, name)) is not None]
        points += [{"year": year.year, "series": stage.zh, "value": float(mean.value or 0)} for year, mean in means]
        if len(means) > 1:
            yield Paragraph((*_moved(stage, means), "。"))
    if len({point["year"] for point in points}) > 1:
        indicator = facts.now.standard.resources[name]
        spec = trend_chart(points, title=indicator.label.zh, unit=indicator.unit)
        yield Chart(f"trend_{name}", (Quote(indicator.label.zh), "全县平均值历年变化"), spec, says=spec["description"])


def _mean(year: CountyYear, stage: Stage, name: str) -> Figure | None:
    row = year.balance.find(stage, name)
    return year.balance.mean(row) if row is not None and row["mean"] is not None else None


def _moved(stage: Stage, means: list[tuple[CountyYear, Figure]]) -> Text:
    (before, old), (_, new) = means[0], means[-1]
    by = change(brief(new), brief(old))
    told = listed(say("{year}{mean}", year=school_year(year), mean=brief(mean)) for year, mean in means)
    if not visible(by):
        ending: Text = ("，与", school_year(before), "基本持平")
    else:
        word = "提高" if (by.value or 0) > 0 else "下降"
        ending = say("，比{year}{word}{by}", year=school_year(before), word=word, by=size(by))
        if not _adds_up(brief(new), brief(old), by):
            ending = (*ending, "（按未经取舍的数计算）")
    return (stage.zh, "历年平均值：", *told, *ending)


def _adds_up(new: Figure, old: Figure, by: Figure) -> bool:
    """Whether a reader who subtracts what is printed finds the change that is printed."""
    return Decimal(new.number) - Decimal(old.number) == Decimal(by.number)


def items(facts: Facts) -> Iterator[Block]:
    """One section a part, one table of its items with what is asked, what was found and what the year before was."""
    now = facts.now
    before = facts.years[-2] if len(facts.years) > 1 else None
    for part, _ in now.standard.parts():
        if not now.items.rows(part):
            continue
        yield Heading((label_of(now, part),))
        yield Paragraph((*part_clause(now, part), "。"))
        old = {row["item"]: row for row in before.items.rows(part)} if before and before.items.part(part) else {}
        lines = []
        for row in now.items.rows(part):
            outcome = Outcome(row["outcome"]) if row["outcome"] else None
            asked = listed(requirements(now, row), "；") or ("由人员认定",)
            was = old.get(row["item"])
            last = (cell(conclusion_word(part, was["outcome"]) if was else "—", align="centre"),) if old else ()
            word = conclusion_word(part, outcome)
            lines.append((cell(item_label(now, row)), cell(*asked), cell(*finding(now, row), "。"), *last,
                          cell(word, outcome=outcome, align="centre")))  # fmt: skip
        year_heads = (cell(school_year(before), "结论", label=True),) if old and before else ()
        head = heads("事项", "要求", "自查情况", *year_heads, "结论")
        widths = (3, 3.4, 5, *((1.5,) if old else ()), 1.5)
        yield Table(f"briefing_{part}", (label_of(now, part), "各项情况"), widths, (head, *lines), landscape=True)


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {"indicators": indicators, "items": items}
