"""One base table twice: every school by town with the towns' sums, and the towns with the county's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.filed import Total
from junheng.reporting.facts.towns import Towns
from junheng.reporting.report.blocks import MARK, Cell, Table, cell
from junheng.reporting.report.runs import Quote


@dataclass(frozen=True)
class Sheet:
    """One base table.

    Attributes:
        by_stage: a row a school and stage, and not a row a school.
        words: columns of the list of schools that are not summed.
        columns: what is summed.
    """

    name: str
    title: str
    by_stage: bool
    columns: tuple[str, ...]
    words: tuple[str, ...] = ()


def transitional(towns: Towns, sheet: Sheet) -> Table:
    """乡镇过渡整理表: the schools of every town, below them the town's sum."""
    rows = [row for town in towns.names for row in _town(towns, sheet, town)]
    lead = 2 + len(sheet.words) + sheet.by_stage
    return Table(
        f"{sheet.name}_by_school",
        (f"{sheet.title}（乡镇过渡整理表）",),
        (2, 4, *((1.1,) * sheet.by_stage), *(1.5 for _ in sheet.words), *(1.4 for _ in sheet.columns)),
        (
            (
                *(cell(label, label=True) for label in ("乡镇街道", "学校", *(("学段",) * sheet.by_stage))),
                *(cell(Quote(_label(towns, name)), label=True) for name in sheet.words),
                *(cell(Quote(_label(towns, name)), label=True) for name in sheet.columns),
            ),
            *rows,
            (
                cell("全县合计", columns=lead, label=True),
                *(_sum(towns.filed.total(name)) for name in sheet.columns),
            ),
        ),
        note=("没有填报的写“未填报”，不按零计；带＊的合计有学校没有填报，只含已填报的学校。",),
        landscape=True,
        total=1,
    )


def _town(towns: Towns, sheet: Sheet, town: str) -> Iterator[tuple[Cell, ...]]:
    for row in towns.stages(town) if sheet.by_stage else towns.schools(town):
        yield (
            cell(towns.name(town)),
            cell(towns.school_name(row)),
            *((cell(Stage(row["stage"]).zh, align="centre"),) if sheet.by_stage else ()),
            *(cell(Quote(towns.word(row, name)), align="centre") for name in sheet.words),
            *(cell(towns.cell(row, name), align="right") for name in sheet.columns),
        )
    yield (
        cell(towns.name(town), "小计", columns=2 + sheet.by_stage + len(sheet.words), label=True),
        *(_sum(towns.total(name, town), label=True) for name in sheet.columns),
    )


def summary(towns: Towns, sheet: Sheet) -> Table:
    """县级汇总表: the towns' sums, then the county's three ways and whether they agree."""
    foot = _reconciliation(towns, sheet)
    return Table(
        f"{sheet.name}_by_town",
        (f"{sheet.title}（县级汇总表）",),
        (3, 1.2, *(1.4 for _ in sheet.columns)),
        (
            (
                cell("乡镇街道", label=True),
                cell("学校数（所）", label=True),
                *(cell(Quote(_label(towns, name)), label=True) for name in sheet.columns),
            ),
            *(
                (
                    cell(towns.name(town)),
                    cell(towns.count(town)),
                    *(_sum(towns.total(name, town)) for name in sheet.columns),
                )
                for town in towns.names
            ),
            *foot,
        ),
        note=(
            "各乡镇之和、各校之和、县汇总数分别由乡镇小计、逐校填报数和全县填报数算出；学校数含不计校数的校区；"
            "带＊的合计有学校没有填报，只含已填报的学校。",
        ),
        landscape=True,
        total=len(foot),
    )


def _reconciliation(towns: Towns, sheet: Sheet) -> list[tuple[Cell, ...]]:
    """对账: the county three ways, how many schools are blank, and whether the three agree."""
    own = [towns.filed.total(name) for name in sheet.columns]
    blank = cell("")
    lines = (
        ("各乡镇之和", blank, [cell(towns.over_towns(name), align="right") for name in sheet.columns]),
        ("各校之和", blank, [cell(towns.over_schools(name), align="right") for name in sheet.columns]),
        ("县汇总数", cell(towns.count_all, align="right"), [cell(total.figure, align="right") for total in own]),
        ("未填报的学校（所）", blank, [cell(total.missing, align="right") for total in own]),
        ("核对：县＝乡镇＝学校", blank, [_agrees(towns.agrees(name)) for name in sheet.columns]),
    )
    return [(cell(label, label=True), count, *cells) for label, count, cells in lines]


def _sum(total: Total, *, label: bool = False) -> Cell:
    """A sum, marked where it lacks schools."""
    partial = not total.whole and total.figure.value is not None
    return Cell((total.figure, MARK) if partial else (total.figure,), align="right", label=label)


def _agrees(outcome: Outcome) -> Cell:
    return cell("相符" if outcome is Outcome.MET else "不符", align="centre", outcome=outcome)


def _label(towns: Towns, name: str) -> str:
    return towns.filed.dataset.tables.column(name).header
