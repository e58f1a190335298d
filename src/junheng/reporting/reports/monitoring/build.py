"""The county year by year: what held, what fell, what is close to a limit, which schools changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.charts.trend import trend
from junheng.reporting.facts.balance import Row
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts, change, size
from junheng.reporting.facts.trend import Changed
from junheng.reporting.report.blocks import Block, Cell, Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Quote, Text, listed, say
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.sentences import part_label

_PASSED = (Outcome.MET, Outcome.TOLERATED)
_CHARTS = 4
_NAMED = 3  # coefficients that rose


def overview(facts: Facts) -> Iterator[Block]:
    """The verdict and its parts over the years."""
    now, before = facts.trend.now, facts.trend.before
    yield Paragraph((*_verdict(now, before), *_parts_moved(now, before)))
    rows = [
        (cell(Quote(part_label(now.judgement, part))), *(_outcome(year.parts.get(part)) for year in facts.years))
        for part in now.parts
    ]
    total = (cell("县级结论", label=True), *(_outcome(year.outcome) for year in facts.years))
    head = (cell("部分", label=True), *_year_heads(facts))
    note = ("各年按当年有效的规定和当年的数据判定。",)
    yield Table(
        "parts_years", ("各部分历年结论",), (2, *(1.2 for _ in facts.years)), (head, *rows, total), total=1, note=note
    )


def _verdict(now: CountyYear, before: CountyYear) -> Text:
    """This year's verdict beside last year's."""
    if now.outcome is Outcome.UNKNOWN:
        found: tuple[str, ...] = ("因数据不全或事项未认定，无法作出结论",)
    else:
        found = ("的结论为", now.outcome.zh)
    if now.outcome is before.outcome:
        last: Text = ("，与上年度相同。",)
    elif before.outcome is Outcome.UNKNOWN:
        last = say("；上年度（{old}）无法判定。", old=_year(before))
    else:
        last = say("；上年度（{old}）为{before}。", old=_year(before), before=before.outcome.zh)
    return (now.name, _year(now), *found, *last)


def _parts_moved(now: CountyYear, before: CountyYear) -> Text:
    """Which parts came to be met, and which are no longer: unknown is neither."""
    pieces = []
    for wanted, word in ((Outcome.MET, "由未达标变为达标"), (Outcome.UNMET, "由达标变为未达标")):
        other = Outcome.UNMET if wanted is Outcome.MET else Outcome.MET
        parts = [part for part, found in now.parts.items() if found is wanted and before.parts.get(part) is other]
        if parts:
            pieces.append((*listed(Quote(part_label(now.judgement, part)) for part in parts), word))
    return (*listed(pieces, "；"), "。") if pieces else ()


def _year(year: CountyYear) -> Quote:
    return Quote(f"{year.year}学年")


def _year_heads(facts: Facts) -> list[Cell]:
    return [cell(_year(year), label=True) for year in facts.years]


def _outcome(outcome: Outcome | None) -> Cell:
    return cell("—", align="centre") if outcome is None else cell(outcome.zh, outcome=outcome, align="centre")


def alerts(facts: Facts) -> Iterator[Block]:
    """What fell below, what is close, what moves the wrong way; that there is nothing of the kind, where it is so."""
    now, found = facts.now, facts.trend
    told: list[Text] = []
    over = [row for row in now.balance.rows if row["outcome"] == Outcome.UNMET]
    if over:
        told.append(say("差异系数超过限值：{rows}。", rows=listed(_cv(facts, row) for row in over)))
    if close := found.close():
        told.append(say("差异系数接近限值，须防止反弹：{rows}。", rows=listed(_cv(facts, row) for row in close)))
    risen = [row for row in found.risen() if row not in close]
    if risen:
        most = "最多" if len(risen) > _NAMED else ""
        rows = listed(
            say("{label}上升{by}（现为{cv}）", label=_label(facts, row), by=_rise(facts, row), cv=now.balance.cv(row))
            for row in risen[:_NAMED]
        )
        told.append(say("比上年度上升{most}的差异系数：{rows}。", most=most, rows=rows))
    for stage in now.schools.stages:
        share = change(now.schools.share(stage, *_PASSED), found.before.schools.share(stage, *_PASSED))
        if share.value is not None and share.value < 0 and now.standard.school_rule:
            unknown = now.schools.count(stage, Outcome.UNKNOWN)
            open_ = say("，其中本年度有{count}因数据不全无法判定，未计入达标", count=unknown) if unknown.value else ()
            words = "{stage}达标学校占比比上年度下降{by}{open}。"
            told.append(say(words, stage=stage.zh, by=size(share), open=open_))
    if slipped := found.slipped():
        told.append(say("有{count}学校的结论变差，名单见后。", count=found.count(slipped, "slipped")))
    told += _not_judged(facts)
    quiet = "与上年度比，没有须预警的变化。" if found.comparable() else "两年可比的数据不足，看不出有没有须预警的变化。"
    yield from (Paragraph(text) for text in told or [(quiet,)])


def _not_judged(facts: Facts) -> Iterator[Text]:
    """The coefficients that schools lack data for, by stage; not one by one where it is all of them."""
    balance = facts.now.balance
    for stage in facts.now.schools.stages:
        rows = [row for row in balance.of_stage(stage) if row["outcome"] == Outcome.UNKNOWN]
        decided = balance.count(stage)
        if rows and len(rows) == decided.value:
            yield say("{stage}{all}差异系数都因有学校缺少数据，不能判定。", stage=stage.zh, all=decided)
        elif rows:
            labels = listed(_label(facts, row) for row in rows)
            yield say("因有学校缺少数据，以下差异系数不能判定：{rows}。", rows=labels)


def _label(facts: Facts, row: Row) -> Text:
    name = "综合差异系数" if row["indicator"] == COMPOSITE else facts.now.balance.label(row)
    return (Stage(row["stage"]).zh, Quote(name))


def _cv(facts: Facts, row: Row) -> Text:
    balance = facts.now.balance
    return say("{label}{cv}（限值{limit}）", label=_label(facts, row), cv=balance.cv(row), limit=balance.limit(row))


def _rise(facts: Facts, row: Row) -> Figure:
    old = facts.trend.before.balance.find(Stage(row["stage"]), row["indicator"])
    if old is None:
        raise ValueError("only coefficients of both years rise")
    return change(facts.now.balance.cv(row), facts.trend.before.balance.cv(old))


def attainment(facts: Facts) -> Iterator[Block]:
    """How many schools pass, by stage and year, with the line of their shares."""
    if facts.now.standard.school_rule is None:
        return
    drawn = []
    lines = []
    for stage in facts.now.schools.stages:
        counts = (
            ("参加判定（所）", [year.schools.count(stage) for year in facts.years]),
            ("达标（所）", [year.schools.count(stage, *_PASSED) for year in facts.years]),
            ("未达标（所）", [year.schools.count(stage, Outcome.UNMET) for year in facts.years]),
            ("无法判定（所）", [year.schools.count(stage, Outcome.UNKNOWN) for year in facts.years]),
            ("达标占比（%）", [year.schools.share(stage, *_PASSED) for year in facts.years]),
        )
        for place, (label, figures) in enumerate(counts):
            title = (cell(stage.zh, rows=len(counts), align="centre"),) if place == 0 else ()
            lines.append((*title, cell(label), *(cell(figure) for figure in figures)))
        drawn += [
            {"year": year.year, "series": stage.zh, "value": figure.value}
            for year, figure in zip(facts.years, counts[-1][1], strict=True)
        ]
        yield Paragraph(_shares(facts, stage))
    if any(row["value"] is not None for row in drawn):
        spec = trend(drawn, title="达标学校占比", unit="%", digits=1)
        yield Chart("shares", ("达标学校占比历年变化",), spec, says=spec["description"])
    head = (*heads("学段", "项目"), *_year_heads(facts))
    note = ("达标含余项容许的学校。无法判定的学校计入参加判定的学校数，不计入达标。",)
    widths = (1, 2, *(1.3 for _ in facts.years))
    yield Table("shares_years", ("学校达标情况历年比较",), widths, (head, *lines), note=note)


def _shares(facts: Facts, stage: Stage) -> Text:
    now, before = facts.trend.now.schools, facts.trend.before.schools
    share = now.share(stage, *_PASSED)
    if share.value is None:
        if not now.count(stage).value:
            return say("{stage}没有参加判定的学校。", stage=stage.zh)
        return say("{stage}{all}参加判定，因数据不全都无法判定。", stage=stage.zh, all=now.count(stage))
    moved = change(share, before.share(stage, *_PASSED))
    if moved.value is None:
        since: Text = ("，上年度没有可比的数",)
    elif moved.value == 0:
        since = ("，与上年度持平",)
    else:
        since = ("，比上年度", "提高" if moved.value > 0 else "下降", size(moved))
    unknown = now.count(stage, Outcome.UNKNOWN)
    open_ = say("，另有{count}无法判定", count=unknown) if unknown.value else ()
    return say(
        "{stage}{all}参加判定，{passed}达标，占{share}{since}{open}。",
        stage=stage.zh, all=now.count(stage), passed=now.count(stage, *_PASSED), share=share, since=since, open=open_,
    )  # fmt: skip


def schools(facts: Facts) -> Iterator[Block]:
    """The schools that slipped and those that improved, by name, with the indicators behind it."""
    for found, title, key in (
        (facts.trend.slipped(), "结论变差的学校", "slipped"),
        (facts.trend.improved(), "结论变好的学校", "improved"),
    ):
        if found:
            yield Heading((title,), 2)
            yield _changed(found, title, key)


def _changed(found: Sequence[Changed], title: str, key: str) -> Table:
    rows = [
        (
            cell(one.town or "未填报"),
            cell(one.name),
            cell(one.stage.zh, align="centre"),
            _outcome(one.before),
            _outcome(one.after),
            cell(*listed(Quote(label) for label in (one.worse if key == "slipped" else one.better))),
        )
        for one in found
    ]
    word = "变差的指标" if key == "slipped" else "变好的指标"
    head = heads("乡镇街道", "学校", "学段", "上年度", "本年度", word)
    return Table(f"schools_{key}", (title,), (1.8, 3, 0.9, 1.3, 1.3, 4), (head, *rows))


def charts(facts: Facts) -> Iterator[Block]:
    """The coefficients over their limits, close to them or rising, as lines over the years."""
    wanted = [row["indicator"] for row in facts.now.balance.rows if row["outcome"] == Outcome.UNMET]
    wanted += [row["indicator"] for row in (*facts.trend.close(), *facts.trend.risen())]
    wanted += [COMPOSITE] * any(row["indicator"] == COMPOSITE for row in facts.now.balance.rows)
    for name in list(dict.fromkeys(wanted))[:_CHARTS]:
        drawn, limits = [], []
        for year in facts.years:
            for row in year.balance.rows:
                if row["indicator"] == name:
                    stage = Stage(row["stage"]).zh
                    drawn.append({"year": year.year, "series": stage, "value": year.balance.cv(row).value})
                    if row["limit"] is not None:
                        limits.append({"from": year.year, "limit": row["limit"], "series": stage})
        label = "综合差异系数" if name == COMPOSITE else f"{facts.now.standard.resources[name].label.zh}差异系数"
        spec = trend(drawn, limits=_steps(limits), title="差异系数", digits=3, height=220)
        yield Chart(f"trend_{name}", (Quote(label), "历年变化"), spec, says=spec["description"])


def _steps(limits: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Limits where they begin: a year that repeats the one before adds no step."""
    kept: dict[object, dict[str, object]] = {}
    steps = []
    for limit in limits:
        last = kept.get(limit["series"])
        if last is None or last["limit"] != limit["limit"]:
            steps.append(limit)
        kept[limit["series"]] = limit
    return steps


def classes(facts: Facts) -> Iterator[Block]:
    """Sizes of classes over the years."""
    lines = []
    for stage in facts.now.schools.stages:
        counts = (
            ("班数（个）", [year.class_sizes.count(stage) for year in facts.years]),
            ("平均班额（人）", [year.class_sizes.mean(stage) for year in facts.years]),
            ("最大班额（人）", [year.class_sizes.largest(stage) for year in facts.years]),
            ("大班额班级（个）", [year.class_sizes.large(stage) for year in facts.years]),
            ("超大班额班级（个）", [year.class_sizes.huge(stage) for year in facts.years]),
        )
        told = [(label, figures) for label, figures in counts if any(figure.value is not None for figure in figures)]
        for place, (label, figures) in enumerate(told):
            title = (cell(stage.zh, rows=len(told), align="centre"),) if place == 0 else ()
            lines.append((*title, cell(label), *(cell(figure) for figure in figures)))
    if lines:
        head = (*heads("学段", "项目"), *_year_heads(facts))
        note = (
            Quote("大班额班级指56人及以上的班级，超大班额班级指66人及以上的班级。"),
            "有一所学校未填报的数，全县的数也不列。",
        )
        widths = (1, 2.4, *(1.3 for _ in facts.years))
        yield Table("classes_years", ("班额历年比较",), widths, (head, *lines), note=note)


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "overview": overview,
    "alerts": alerts,
    "attainment": attainment,
    "schools": schools,
    "charts": charts,
    "classes": classes,
}
