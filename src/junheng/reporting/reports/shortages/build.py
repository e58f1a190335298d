"""What schools lack, thing by thing, in lists that can be bought, built or appointed from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from junheng.base.terms import Stage
from junheng.reporting.facts.facts import Facts, size
from junheng.reporting.facts.shortages import Need, Open, Shortages, Thing
from junheng.reporting.facts.thing_kinds import KINDS, Kind
from junheng.reporting.report.blocks import Block, Cell, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Name, Quote, Text, listed, say

_STAGES: tuple[Stage | None, ...] = (Stage.PRIMARY, Stage.JUNIOR, None)


def overview(facts: Facts) -> Iterator[Block]:
    """How many schools lack something, and of each thing how much."""
    now, shortages = facts.now, facts.now.shortages
    if shortages.things:
        yield Paragraph(
            say(
                "对照《{standard}》，{county}有{lacking}学校的指标低于要求，按把每项都补到要求计算，差额如下表。",
                standard=Quote(now.standard.label.zh), county=now.name, lacking=shortages.lacking(),
            )
        )  # fmt: skip
        yield _summary(shortages)
    elif shortages.asks and not shortages.open:
        yield Paragraph(
            say("对照《{standard}》，{county}各学校的指标都不低于要求，没有差额。",
                standard=Quote(now.standard.label.zh), county=now.name)
        )  # fmt: skip
    if shortages.open:
        yield Paragraph(
            say(
                "有{open}学校的部分指标因数据未填报等原因无法判定，这些指标的差额不能计算{left_out}，列在后面。",
                open=shortages.open_schools(), left_out="，未计入以上各数" if shortages.things else "",
            )
        )  # fmt: skip


def _summary(shortages: Shortages) -> Table:
    rows = [
        (
            cell(KINDS[thing.kind], align="centre"),
            cell(Quote(thing.indicator.label.zh)),
            cell(label, align="centre"),
            cell(schools),
            cell(total),
            cell(Quote(thing.unit), align="centre"),
        )
        for kind in KINDS
        for thing in shortages.of_kind(kind)
        for label, schools, total in _sums(shortages, thing)
    ]
    head = heads("类别", "指标", "学段", "有差额的学校（所）", "差额合计", "单位")
    note = "差额是使该项指标不低于要求须增加的数量，按每校每学段计算后相加，高于要求的学校不抵补低于要求的学校。"
    if any(thing.shared for thing in shortages.things):
        note += "“全校应增”是采购、建设的数：几个学段共用的数一所学校只算一次，保证各学段分摊后都够。"
    return Table("shortages", ("各项差额汇总",), (1.5, 5, 1.3, 1.5, 2, 1), (head, *rows), note=(note,))


def _sums(shortages: Shortages, thing: Thing) -> Iterator[tuple[str, Figure, Figure]]:
    for stage in _stages(thing):
        yield stage.zh if stage else "全校", shortages.count(thing, stage), shortages.total(thing, stage)
    if thing.shared:
        yield "全校应增", shortages.whole_count(thing), shortages.whole_total(thing)


def _stages(thing: Thing) -> list[Stage | None]:
    there = {need.stage for need in thing.needs}
    return [stage for stage in _STAGES if stage in there]


def lists(facts: Facts, kind: Kind) -> Iterator[Block]:
    """A list for everything of one kind that schools lack."""
    shortages = facts.now.shortages
    for thing in shortages.of_kind(kind):
        yield _list(shortages, thing)


def _list(shortages: Shortages, thing: Thing) -> Table:
    """School by school what there is, what there should be, what is lacking; totals at the end."""
    shared = thing.shared
    schools = shortages.per_school(thing)
    rows: list[tuple[Cell, ...]] = []
    said: set[str] = set()
    for need in thing.needs:
        line = [*_who(need), cell(need.has), cell(need.wanted), cell(need.lack)]
        if shared and need.school.code not in said:
            together = sum(other.school.code == need.school.code for other in thing.needs)
            line.append(cell(schools[need.school.code], rows=together))
        said.add(need.school.code)
        rows.append(tuple(line))
    totals = [
        (
            cell(f"{stage.zh}合计" if stage else "合计", columns=5, label=True),
            cell(shortages.total(thing, stage)),
            *([cell("—", align="centre")] if shared else []),
        )
        for stage in _stages(thing)
        if not shared or len(_stages(thing)) > 1
    ]
    if shared:
        totals.append((cell("全校应增合计", columns=6, label=True), cell(shortages.whole_total(thing))))
    columns = ["乡镇街道", "学校", "学段", "现有", "应有", "差额", *(["全校应增"] if shared else [])]
    widths = (2, 4, 0.9, 1.5, 1.5, 1.5, *((1.5,) if shared else ()))
    note: Text = ()
    if shared:
        note = (
            "有几个学段的学校，各学段共用的数只填报一次，标准规定拆分的按学生数折算分摊，“现有”“应有”“差额”是本学段的；"
            "新增的数也按比例分摊，所以采购、建设按“全校应增”执行，一所学校只列一次。",
        )
    caption = (Quote(thing.indicator.label.zh), "：各校差额")
    return Table(
        f"lack_{thing.name}", caption, widths, (heads(*columns), *rows, *totals), note=note, unit=thing.unit,
        total=len(totals),
    )  # fmt: skip


def _who(need: Need) -> list[Cell]:
    return [
        cell(need.school.town or "未填报"),
        cell(need.school.name),
        cell(need.stage.zh if need.stage else "全校", align="centre"),
    ]


def towns(facts: Facts) -> Iterator[Block]:
    """Of each thing what the schools of each town lack, by stage."""
    shortages = facts.now.shortages
    if len(shortages.towns) < 2:
        return
    for kind in KINDS:
        columns = [column for thing in shortages.of_kind(kind) for column in _columns(shortages, thing)]
        if columns:
            yield _by_town(shortages, kind, columns)


@dataclass(frozen=True, slots=True)
class _Column:
    """One thing of one stage, or of whole schools: its sum in a town, or in the county."""

    thing: Thing
    label: str
    total: Callable[[str | None], Figure]


def _columns(shortages: Shortages, thing: Thing) -> list[_Column]:
    if thing.shared:
        return [_Column(thing, "全校应增", partial(shortages.whole_total, thing))]
    return [
        _Column(thing, stage.zh if stage else "", partial(shortages.total, thing, stage)) for stage in _stages(thing)
    ]


def _by_town(shortages: Shortages, kind: Kind, columns: list[_Column]) -> Table:
    rows = []
    for town in shortages.towns:
        figures = [column.total(town) for column in columns]
        if any(figure.value for figure in figures):
            name = cell(Name(town, "town")) if town else cell("未填报")
            rows.append((name, *(cell(figure) if figure.value else cell("—", align="right") for figure in figures)))
    heading = [
        cell(Quote(f"{column.thing.indicator.label.zh}（{column.thing.unit}）"), column.label, label=True)
        for column in columns
    ]
    total = (cell("合计", label=True), *(cell(column.total(None)) for column in columns))
    note = "各列是使该项指标不低于要求须增加的数量，括号里是数量的单位；“—”表示没有差额。"
    return Table(
        f"towns_{kind}", (KINDS[kind], "差额分乡镇合计"), (2, *(2.0 for _ in columns)),
        ((cell("乡镇街道", label=True), *heading), *rows, total), landscape=len(columns) > 4, total=1,
        note=(note,),
    )  # fmt: skip


def excesses(facts: Facts) -> Iterator[Block]:
    """What is above an upper limit: nothing can be bought for it."""
    for thing in facts.now.shortages.excesses:
        rows = [(*_who(need), cell(need.has), cell(need.wanted), cell(size(need.lack))) for need in thing.needs]
        head = heads("乡镇街道", "学校", "学段", "现有", "上限", "超出")
        caption = (Quote(thing.indicator.label.zh), "：超出上限的学校")
        yield Table(f"excess_{thing.name}", caption, (2, 4, 0.9, 1.5, 1.5, 1.5), (head, *rows), unit=thing.unit)


def open_(facts: Facts) -> Iterator[Block]:
    """The indicators that could not be judged, with the reason; what is lacking there nobody knows."""
    grouped: dict[tuple[str, Stage | None, str], list[Open]] = {}
    for one in facts.now.shortages.open:
        why = "限值取决于未填报的数" if one.value.value is not None else one.value.absent
        grouped.setdefault((one.school.code, one.stage, why), []).append(one)
    rows = [
        (
            cell(found[0].school.town or "未填报"),
            cell(found[0].school.name),
            cell(stage.zh if stage else "全校", align="centre"),
            cell(*listed(Quote(one.label) for one in found)),
            cell(why),
        )
        for (_, stage, why), found in grouped.items()
    ]
    if rows:
        head = heads("乡镇街道", "学校", "学段", "指标", "原因")
        yield Table("open", ("无法判定、不能计算差额的指标",), (2, 3.5, 1, 5.5, 1.5), (head, *rows))


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "overview": overview,
    "teachers": partial(lists, kind="teachers"),
    "rooms": partial(lists, kind="rooms"),
    "grounds": partial(lists, kind="grounds"),
    "equipment": partial(lists, kind="equipment"),
    "funds": partial(lists, kind="funds"),
    "others": partial(lists, kind="other"),
    "towns": towns,
    "excesses": excesses,
    "open": open_,
}
