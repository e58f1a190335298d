"""填平补齐方案 as a document: answer, years, measures, before and after, what limits cost, grounds, every school."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.charts.before_after import before_after as before_after_chart
from junheng.reporting.charts.costs import cost_bars
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.plan import Row
from junheng.reporting.facts.resource_plan import ResourcePlan
from junheng.reporting.plan_words import stage_word
from junheng.reporting.report.blocks import Block, Cell, Chart, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.reporting.wording.plans import grounds_of

_DEAREST = 10
_MET = (Outcome.MET, Outcome.TOLERATED)
_OPEN = (Outcome.UNMET, Outcome.UNKNOWN)


def _plan(facts: Facts) -> ResourcePlan:
    return ResourcePlan(facts.plan("resources"))


def answer(facts: Facts) -> Iterator[Block]:
    """The plan in one paragraph, and what it reaches and does not reach in another."""
    plan = _plan(facts)
    whose = (plan.county or "本县",)
    if not plan.additions:
        yield Paragraph(say("{whose}现有条件不需要增配。", whose=whose))
    else:
        spread = say("分{years}", years=plan.year_count) if len(plan.years) > 1 else ()
        yield Paragraph(
            say(
                "{whose}按本方案{spread}共投入{cost}，为{schools}学校增配、培养或调配。",
                whose=whose,
                spread=spread,
                cost=plan.cost,
                schools=plan.schools,
            )
        )
    yield Paragraph(say("{clauses}。", clauses=listed(_reached(plan), "；")))


def _reached(plan: ResourcePlan) -> Iterator[Text]:
    if met := plan.parts(*_MET, own=True):
        yield say("方案完成后，{parts}达标", parts=listed(Quote(label) for label in met))
    for outcome, word in ((Outcome.UNMET, "仍未达标"), (Outcome.UNKNOWN, "不能判定")):
        if left := plan.parts(outcome, own=True):
            yield say("{parts}{word}", parts=listed(Quote(label) for label in left), word=word)
    for outcome, word in ((Outcome.UNMET, "仍未达标，须另行解决"), (Outcome.UNKNOWN, "目前不能判定，须另行补报、认定")):
        if outside := plan.parts(outcome, own=False):
            yield say("{parts}不在方案之内，{word}", parts=listed(Quote(label) for label in outside), word=word)


def years(facts: Facts) -> Iterator[Block]:
    """What each year costs, and what is done by its end."""
    plan = _plan(facts)
    if not plan.years:
        return
    drawn = [
        {
            "name": str(row["year"]),
            "cost": float(plan.year_cost(row).value or 0),
            "budget": None if row["budget"] is None else float(plan.year_budget(row).value or 0),
        }
        for row in plan.years
    ]
    if len(drawn) > 1:
        spec = cost_bars(drawn, title="花费（万元）")
        yield Chart("plan_years_chart", ("分年度花费与预算",), spec, says=spec["description"])
    rows = tuple(
        (
            cell(Quote(f"{row['year']}年"), label=True),
            cell(plan.year_cost(row)),
            cell(plan.year_budget(row)),
            cell(plan.year_left(row)),
            cell(plan.year_spent(row)),
            cell(plan.year_done(row)),
        )
        for row in plan.years
    )
    head = heads("年度", "花费（万元）", "预算（万元）", "预算结余（万元）", "累计花费（万元）", "累计完成的学校（所）")
    note = ("完成指方案为该校安排的措施全部做完。",)
    yield Table("plan_years", ("分年度安排",), (1.2, 2, 2, 2, 2, 2), (head, *rows), note=note)


def measures(facts: Facts) -> Iterator[Block]:
    """What is built, bought and appointed, by measure."""
    plan = _plan(facts)
    if not plan.measures:
        return
    rows = tuple(
        (
            cell(Quote(own[0]["label"]["zh"])),
            cell(Quote(plan.measure_amount(name).unit), align="centre"),
            cell(plan.measure_amount(name)),
            cell(plan.measure_schools(name)),
            cell(plan.measure_cost(name)),
            cell(plan.measure_share(name)),
        )
        for name, own in plan.measures.items()
    )
    head = heads("措施", "单位", "数量", "学校（所）", "花费（万元）", "占总花费（%）")
    note = ("学校之间调配的按调入计。",)
    yield Table("plan_measures", ("按措施汇总",), (4, 1.2, 2, 1.6, 2, 1.8), (head, *rows), note=note)


def before_after(facts: Facts) -> Iterator[Block]:
    """Parts, schools and coefficients before and after, judged by the same program."""
    plan = _plan(facts)
    if plan.judges_schools:
        names = [*_MET, *_OPEN]  # those that no school has before or after need no row
        rows = tuple(
            (
                cell(outcome.zh, label=True),
                cell(plan.school_count("before", outcome)),
                cell(plan.school_count("after", outcome)),
            )
            for outcome in names
            if plan.school_count("before", outcome).value or plan.school_count("after", outcome).value
        )
        caption = ("各校各学段结论前后",)
        yield Table("plan_schools", caption, (2, 2, 2), (heads("结论", "方案前（所）", "方案后（所）"), *rows))
    if not plan.coefficients:
        return
    yield Paragraph(("方案写回数据后，由同一套判定程序重新计算差异系数，结果如下。",))
    yield _coefficient_chart(plan)
    changes = tuple(
        (
            cell(Stage(now["stage"]).zh),
            cell(Quote(now["label"])),
            cell(plan.cv("before", now)),
            cell(plan.cv("after", now)),
            cell(plan.cv_limit(now)),
            _outcome(was.get("outcome")),
            _outcome(now["outcome"]),
        )
        for was, now in plan.coefficients
    )
    head = heads("学段", "指标", "方案前", "方案后", "限值", "方案前结论", "方案后结论")
    yield Table("plan_balance", ("校际差异系数前后",), (1, 4.5, 1.4, 1.4, 1.2, 1.7, 1.7), (head, *changes))


def _coefficient_chart(plan: ResourcePlan) -> Chart:
    drawn = [
        {
            "group": now["label"],
            "series": Stage(now["stage"]).zh,
            "before": was.get("cv"),
            "after": now["cv"],
            "limit": now["limit"],
            "outcome_before": was.get("outcome"),
            "outcome_after": now["outcome"],
        }
        for was, now in plan.coefficients
    ]
    spec = before_after_chart(drawn, title="差异系数")
    return Chart("plan_balance_chart", ("校际差异系数前后",), spec, says=spec["description"])


def _outcome(name: str | None) -> Cell:
    return cell("只列示") if name is None else cell(Outcome(name).zh, outcome=Outcome(name), align="centre")


def dearest(facts: Facts) -> Iterator[Block]:
    """The schools that cost most, with what each gets."""
    plan = _plan(facts)
    costly = [code for code in plan.by_school if plan.school_cost(code).value][:_DEAREST]
    if not costly:
        return
    rows = tuple(
        (cell(plan.name(plan.by_school[code][0])), cell(*_gets(plan, code), align="left"), cell(plan.school_cost(code)))
        for code in costly
    )
    head = heads("学校", "增配、培养和调配", "花费（万元）")
    yield Table("plan_dearest", ("花费较多的学校",), (3, 6, 1.6), (head, *rows))


def _gets(plan: ResourcePlan, code: str) -> Text:
    return listed((_gets_of(plan, row) for row in plan.by_school[code]), "；")


def _gets_of(plan: ResourcePlan, row: Row) -> Text:
    whose = "" if row["stage"] is None else Stage(row["stage"]).zh
    given = "调出" if row["amount"] < 0 else ""
    year = () if row["year"] is None else say("（{year}）", year=Quote(f"{row['year']}年"))
    return say(
        "{whose}{label}{given}{amount}{year}",
        whose=whose,
        label=Quote(row["label"]["zh"]),
        given=given,
        amount=plan.given_or_got(row),
        year=year,
    )


def binding(facts: Facts) -> Iterator[Block]:
    """What loosening one limit would save."""
    plan = _plan(facts)
    if not plan.binding:
        return
    yield Paragraph(("下列条件各自放宽一条，方案会省下相应的钱；每次只放宽一条，各条不能相加。",))
    rows = tuple(
        (cell(Quote(row["limit"]["zh"])), cell(plan.saving(number)), cell(plan.at_most(number)))
        for number, row in enumerate(plan.binding, start=1)
    )
    head = heads("放宽的条件", "约省（万元）", "至多省（万元）")
    note = ("“至多省”是已经证明的上限。",)
    yield Table("plan_binding", ("约束的代价",), (6, 2, 2), (head, *rows), note=note)


def grounds(facts: Facts) -> Iterator[Block]:
    """What the plan rests on and how good it is known to be."""
    yield from grounds_of(_plan(facts))


def additions(facts: Facts) -> Iterator[Block]:
    """Everything that is done for every school, one row each."""
    plan = _plan(facts)
    if not plan.by_school:
        return
    rows = []
    for code, own in plan.by_school.items():
        for place, row in enumerate(own):
            first = (cell(plan.name(row), rows=len(own)),) if place == 0 else ()
            last = (cell(plan.school_cost(code), rows=len(own)),) if place == 0 else ()
            rows.append(
                (
                    *first,
                    cell(stage_word(row["stage"]), align="centre"),
                    cell(Quote(row["label"]["zh"])),
                    cell(plan.amount(row)),
                    cell(Quote(plan.amount(row).unit), align="centre"),
                    cell(Quote("不限" if row["year"] is None else str(row["year"])), align="centre"),
                    *last,
                )
            )
    head = heads("学校", "学段", "措施", "数量", "单位", "年度", "全校花费（万元）")
    yield Table(
        "plan_additions",
        ("各校措施",),
        (4, 1.2, 4, 1.8, 1.2, 1.4, 2),
        (head, *rows),
        note=("数量为负的是调出。",),
    )


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "answer": answer,
    "years": years,
    "measures": measures,
    "before_after": before_after,
    "dearest": dearest,
    "binding": binding,
    "grounds": grounds,
    "additions": additions,
}
