"""One school on a page or two: who it is, what it filed, how it stands against everything that is asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.one_school import OneSchool, Row
from junheng.reporting.report.blocks import Align, Block, Cell, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Name, Quote, Run, Text, listed, say
from junheng.standards.words import SIGNS
from junheng.verdict.limits import RowLimit, limit_for

# What was filed stands in two halves: item, and a value each of two stages.
_FILED = (2.6, 1.1, 1.1, 2.6, 1.1, 1.1)
_WIDTHS = (4.4, 1.15, 0.45, 1, 1.1, 1, 0.65, 4)
_Line = tuple[Cell, ...]


def sheet(facts: Facts) -> Iterator[Block]:
    """The sheet of the school that the report is about."""
    yield from form(facts.now.each_school.of(facts.school), facts.now.year)


def form(school: OneSchool, year: int) -> Iterator[Block]:
    """The sheet of one school: every school of a county has one that looks alike."""
    standard = Quote(school.standard.label.zh)
    yield Table(
        f"filed_{school.code}", say("{year}学年填报情况", year=Quote(str(year))), _FILED,
        (*_identity(school), *_filed(school), *_premises(school)), head=0,
    )  # fmt: skip
    lines = [line for row in school.rows for line in _indicators(school, row)] + list(_asked(school))
    if lines:
        head = heads("指标", "数值", cell("要求", columns=2, label=True), "结论", "差额", "单位", "计算依据")
        yield Table(
            f"judged_{school.code}", say("对照《{standard}》达标情况", standard=standard), _WIDTHS, (head, *lines),
            note=_note(school),
        )  # fmt: skip
    yield from (Paragraph(sentence) for sentence in conclusion(school))


def _identity(school: OneSchool) -> Iterator[_Line]:
    pairs: list[tuple[str, Run | Text]] = [
        ("学校标识码", Name(school.code, "school")),
        ("乡镇街道", school.town or "未填报"),
        ("办学类型", school.listed_as("school_kind")),
        ("城乡分类", school.listed_as("location")),
        ("举办者", school.listed_as("operator")),
        ("学段", listed([stage.zh for stage in school.filed_stages])),
    ]
    if Stage.SENIOR in school.filed_stages:
        pairs.append(("高中在校生（人）", school.cell("pupils", Stage.SENIOR)))
    if school.home is not None:
        pairs.append(("所属主校区", school.home))
    lines = []
    for label, value in pairs:
        runs = value if isinstance(value, tuple) else (value,)
        lines.append((cell(label, label=True), cell(*runs, columns=2, align="left")))
    yield from _halves(lines)


def _filed(school: OneSchool) -> Iterator[_Line]:
    """What was filed by stage, in two halves; a value that was not filed says so."""
    stages = [stage for stage in school.filed_stages if stage is not Stage.SENIOR]
    if not stages:
        return
    yield _section("分学段填报数", columns=6)
    if len(stages) == 2:
        head = heads("项目", *(stage.zh for stage in stages))
        yield (*head, *head)
    lines = []
    for column in school.columns("stage_year"):
        figures = [school.cell(column, stage) for stage in stages]
        values = [cell(figure) for figure in figures] if len(stages) == 2 else [cell(figures[0], columns=2)]
        lines.append((cell(_header(school, column), label=True, align="left"), *values))
    yield from _halves(lines)


def _premises(school: OneSchool) -> Iterator[_Line]:
    lines = [
        (cell(_header(school, column), label=True, align="left"), cell(school.cell(column), columns=2))
        for column in school.columns("school_year")
    ]
    yield _section("全校办学条件填报数", columns=6)
    yield from _halves(lines)


def _halves(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Two lines beside each other; where one is left over, the other half stays empty."""
    for at in range(0, len(lines), 2):
        right = lines[at + 1] if at + 1 < len(lines) else (cell(columns=3),)
        yield (*lines[at], *right)


def _indicators(school: OneSchool, row: Row) -> Iterator[_Line]:
    pupils = school.schools.pupils(row)
    share = school.split(row)
    split = ("，全校共用的数按学生数折算占", share) if share else ()
    yield _section(Stage(row["stage"]).zh, "（在校生", pupils, *split, "）", columns=8)
    for name, indicator in school.standard.resources.items():
        if indicator.formula.of:
            continue  # its parts stand here themselves
        outcome = row[f"{name}__outcome"]
        found = Outcome(outcome) if outcome and indicator.thresholds else None
        lack = school.schools.lack(row, name) if name in school.schools.missed(row) else None
        yield (
            cell(_named(indicator.label.zh, indicator.unit)),
            cell(school.schools.value(row, name)),
            *limit_cells(school.schools.limit(row, name), limit_for(indicator, row)),
            _verdict(found, outcome, shown_only=not indicator.thresholds),
            *_lack(lack),
            cell(*school.behind(row, name), align="left"),
        )


def _asked(school: OneSchool) -> Iterator[_Line]:
    if not school.asked:
        return
    yield _section("其他涉及学校的要求", columns=8)
    for asked in school.asked:
        stage = f"（{asked.stage.zh}）" if asked.stage and len(school.filed_stages) > 1 else ""
        yield (
            cell(_named(asked.check.label.zh, asked.check.unit, stage)),
            cell(school.asked_value(asked)),
            *limit_cells(school.asked_limit(asked), asked.limit),
            _verdict(asked.outcome, asked.outcome),
            *_lack(school.asked_lack(asked) if asked.outcome is Outcome.UNMET else None),
            cell(*school.behind_asked(asked), align="left"),
        )


def limit_cells(figure: Figure, limit: RowLimit | None) -> tuple[Cell, ...]:
    """What is asked for, with its sign beside it; the unit stands with the indicator."""
    if limit is None:
        return (cell(figure, columns=2, align="centre"),)
    return cell(SIGNS[limit.operator], align="right"), cell(figure)


def _lack(lack: Figure | None) -> tuple[Cell, Cell]:
    if lack is None:
        return cell("—", align="centre"), cell()
    return cell(lack), cell(Quote(lack.unit if lack.value is not None else ""), align="centre")


def _section(*runs: Run, columns: int) -> _Line:
    return (cell(*runs, columns=columns, label=True, align="left"),)


def _verdict(outcome: Outcome | None, found: str | None, *, shown_only: bool = False) -> Cell:
    if shown_only:
        return cell("只列示", align="centre")
    if outcome is None:
        return cell("不涉及" if found is None else "只列示", align="centre")
    return cell(outcome.zh, outcome=outcome, align="centre")


def _named(label: str, unit: str, stage: str = "") -> Quote:
    return Quote(f"{label}{stage}（{unit}）" if unit else f"{label}{stage}")


def _header(school: OneSchool, column: str) -> Quote:
    return Quote(school.judgement.dataset.tables.column(column).header)


def _note(school: OneSchool) -> Text:
    note = "差额为达到要求还须增加的数；负数为超出要求、须减少的数。生均、百名学生的指标按本学段在校生计算。"
    return (note,) if school.rows else ()


def conclusion(school: OneSchool) -> Iterator[Text]:
    """What was found of each stage, in a sentence each."""
    if school.home is not None:
        yield say("该校并入{home}判定，指标见主校区。", home=school.home)
    for row in school.left_out:
        why = school.why_left_out(row)
        yield say("{stage}不参加判定：属于{why}。", stage=Stage(row["stage"]).zh, why=why)
    for row in school.rows:
        yield verdict(school, row)


def verdict(school: OneSchool, row: Row) -> Text:
    """How many indicators are met, which are not, and what follows for the stage."""
    stage = Stage(row["stage"]).zh
    if school.standard.school_rule is None:
        return say("{stage}：该标准不对单所学校作结论，各项指标用于计算校际差异系数。", stage=stage)
    if not school.tally(row).value:
        return say("{stage}：没有一项指标涉及该校，无法判定。", stage=stage)
    if school.tally(row).value == school.tally(row, Outcome.MET).value:
        return say(
            "{stage}：计入判定的{all}指标均达标，结论为{grade}。",
            stage=stage, all=school.tally(row), grade=school.schools.grade(row),
        )  # fmt: skip
    if school.tally(row).value == school.tally(row, Outcome.UNKNOWN).value:
        return say("{stage}：计入判定的{all}指标都缺少数据或限值，无法判定。", stage=stage, all=school.tally(row))
    clauses = []
    for outcome, word in (
        (Outcome.MET, "达标"),
        (Outcome.TOLERATED, "为余项容许"),
        (Outcome.UNMET, "未达标"),
        (Outcome.UNKNOWN, "无法判定"),
    ):
        names = school.indicators(row, outcome)
        if names:
            labels = listed(Quote(school.standard.resources[name].label.zh) for name in names)
            which = () if outcome is Outcome.MET else ("（", *labels, "）")
            clauses.append((school.tally(row, outcome), word, *which))
    rule = (*say("（{rule}）", rule=rule),) if (rule := school.rule()) else ()
    return say(
        "{stage}：计入判定的{all}指标中，{clauses}，结论为{grade}{rule}。",
        stage=stage, all=school.tally(row), clauses=listed(clauses, "，"), grade=school.schools.grade(row), rule=rule,
    )  # fmt: skip


def cells(facts: Facts) -> Iterator[Block]:
    """The filed cells behind the indicators, with their places in the file that was filled in."""
    school = facts.now.each_school.of(facts.school)
    rows = []
    for row in school.rows:
        for name, indicator in school.standard.resources.items():
            if indicator.formula.of:
                continue
            places = [found for found in school.cells(row, name) if found.cell]
            rows += [
                (
                    *([_spanning(Quote(Stage(row["stage"]).zh), places, "centre")] if place == 0 else ()),
                    *([_spanning(Quote(indicator.label.zh), places, "left")] if place == 0 else ()),
                    cell(Quote(found.label)),
                    cell(Quote(found.cell)),
                )
                for place, found in enumerate(places)
            ]
    if rows:
        yield Paragraph(("下表列出各项指标所用的填报数在填报表中的位置，供核对。",))
        head = heads("学段", "指标", "填报项目", "填报表和单元格")
        yield Table("cells", ("指标所用填报数的位置",), (0.8, 4, 4, 3), (head, *rows))


def _spanning(words: Quote, places: Sequence[object], align: Align) -> Cell:
    return cell(words, rows=len(places), align=align)


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {"sheet": sheet, "cells": cells}
