"""基本情况: schools, pupils, classes, teachers and premises, by stage and by town and country."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.filed import Total
from junheng.reporting.report.blocks import Block, Cell, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.reporting.totals import COMPULSORY
from junheng.reporting.wording.phrases import counted, joined

_STAGE_COLUMNS = ("pupils", "classes", "teachers")
_PREMISES = (
    "land_area", "building_area", "teaching_area", "sports_ground_area", "equipment_value", "multimedia_classrooms",
    "computers", "books",
)  # fmt: skip


def basics(facts: Facts) -> Iterator[Block]:
    """What there is in the county, as it was filed."""
    now = facts.now
    if not now.standard.stages or not now.filed.schools().value:  # a preschool standard is about none of these
        return
    yield Paragraph((*schools_words(now), "。"))
    stages = [stage for stage in COMPULSORY if now.filed.schools(stage=stage).value]
    for stage in stages:
        yield Paragraph((*stage_words(now, stage), "。"))
    if any(now.filed.total(column).figure.value is not None for column in _STAGE_COLUMNS):
        yield _by_stage(now, stages)
        yield from _by_location(now)
    if premises := premises_words(now):
        yield Paragraph((*premises, "。"))


def schools_words(year: CountyYear) -> Text:
    """How many schools there are, and of which kinds."""
    filed = year.filed
    kinds = (
        ("教学点{count}", filed.schools("points")),
        ("一贯制学校{count}", filed.schools("continuous")),
        ("民办学校{count}", filed.schools("private")),
    )
    of_which = counted(kinds, "、")
    said = say("{county}现有义务教育阶段学校{schools}", county=year.name, schools=filed.schools())
    return (*said, *(("，其中", *of_which) if of_which else ()))


def stage_words(year: CountyYear, stage: Stage) -> Text:
    """``小学在校生…人，教学班…个，平均班额…人，专任教师…人``; what nobody filed is named together."""
    filed = year.filed
    known: list[Text] = []
    unknown: list[str] = []
    for column, label in (("pupils", "在校生"), ("classes", "教学班"), ("teachers", "专任教师")):
        total = filed.total(column, stage)
        if total.figure.value is None:
            unknown.append(label)
            continue
        known.append((label, *total.text))
        size = filed.per("pupils", "classes", stage, unit="人")
        if column == "classes" and size.value is not None:
            known.append(("平均班额", size))
    clauses = [listed(known, "，")] if known else []
    clauses += [(*listed(unknown), "均未填报" if len(unknown) > 1 else "未填报")] if unknown else []
    return (stage.zh, *joined(clauses, "，"))


def _by_stage(year: CountyYear, stages: Sequence[Stage]) -> Table:
    filed = year.filed
    sums = {stage: [filed.total(column, stage) for column in _STAGE_COLUMNS] for stage in stages}
    rows = [
        (
            cell(stage.zh, label=True),
            cell(filed.schools(stage=stage)),
            *(cell(total.figure) for total in sums[stage]),
            cell(filed.per("pupils", "classes", stage, unit="人")),
            cell(filed.per("pupils", "teachers", stage, unit="")),
        )
        for stage in stages
    ]
    note: list[Text] = []
    if sum(int(filed.schools(stage=stage).value or 0) for stage in stages) > int(filed.schools().value or 0):
        note.append(("设有小学、初中两个学段的学校各计一次，两个学段的学校数之和大于全县学校数",))
    for stage in stages:
        note += [
            (stage.zh, label, "另有", total.missing, "未填报")
            for label, total in zip(("在校生", "教学班", "专任教师"), sums[stage], strict=True)
            if not total.whole and total.figure.value is not None
        ]
    head = heads("学段", "学校（所）", "在校生（人）", "教学班（个）", "专任教师（人）", "平均班额（人）", "生师比")
    return Table(
        "basics", ("义务教育基本情况",), (1, 1.4, 1.6, 1.6, 1.8, 1.8, 1.2), (head, *rows), note=_sentences(note)
    )


def _by_location(year: CountyYear) -> Iterator[Table]:
    filed = year.filed
    codes = filed.dataset.tables.code_lists["location"]
    found = {row["location"] for row in filed.rows}
    rows: list[tuple[Cell, ...]] = []
    for place in codes.codes:
        if place in found:
            group = ("location", place)
            sums: list[Total] = [filed.total(column, group=group) for column in _STAGE_COLUMNS]
            figures = (cell(total.figure) for total in sums)
            rows.append((cell(Quote(codes.zh(place)), label=True), cell(filed.schools(group=group)), *figures))
    if not rows:
        return
    total = (
        cell("合计", label=True), cell(filed.schools()), *(cell(filed.total(name).figure) for name in _STAGE_COLUMNS)
    )  # fmt: skip
    blank: Text = ("未填城乡分类的学校只计入合计。",) if None in found else ()
    head = heads("城乡分类", "学校（所）", "在校生（人）", "教学班（个）", "专任教师（人）")
    yield Table(
        "location", ("义务教育学校城乡分布",), (1.6, 1.4, 1.6, 1.6, 1.8), (head, *rows, total), note=blank, total=1
    )


def premises_words(year: CountyYear) -> Text:
    """Ground, rooms and equipment of all schools together, as far as they were filed."""
    label = year.filed.dataset.tables.column
    sums = [(label(name).label.zh.removesuffix("册数"), year.filed.total(name)) for name in _PREMISES]
    known = [(Quote(name), *total.text) for name, total in sums if total.figure.value is not None]
    return ("办学条件方面，全县义务教育学校共有", *listed(known, "，")) if known else ()


def _sentences(clauses: Sequence[Text]) -> Text:
    return (*joined(clauses), "。") if clauses else ()
