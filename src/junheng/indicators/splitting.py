"""Whether a standard shares out what it has to: whole-school figures held against the pupils of one stage."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.indicators.kinds import all_kinds
from junheng.indicators.rows import LARGEST
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.tables.model import Tables


def split_problems(standard: Standard, tables: Tables) -> Iterator[tuple[str, str]]:
    """Name of each indicator that is shared out wrongly, with what is wrong, in Chinese.

    A nine-year school files its land once. Divided by the pupils of one stage it would count twice, unseen.
    """
    listed = set(standard.split.indicators) if standard.split else set()
    for name, indicator in standard.indicators():
        if indicator.level != "stage":
            continue
        columns = indicator.formula.amount.columns()
        whole = _of_whole_school(columns, tables)
        if whole and columns & (tables["stage_year"].columns.keys() - set(tables["stage_year"].key)):
            yield name, "分子里既有按全校填报的列，又有分学段填报的列，不能一起拆分"
        elif name in listed and not whole:
            yield name, "分子是分学段填报的，不应列入 split.indicators"
        elif whole and name not in listed and _meets_a_stage(indicator, tables):
            labels = "、".join(tables.column(column).label.zh for column in sorted(whole))
            yield name, f"“{labels}”按全校填报，与一个学段的数相除须先拆分，请列入 split.indicators"


def _of_whole_school(columns: set[str], tables: Tables) -> set[str]:
    """Columns filed once for all stages together; a room that serves every class in turn is no stage's share."""
    return columns & (tables["school_year"].columns.keys() - set(tables["school_year"].key) - set(LARGEST))


def _meets_a_stage(indicator: Indicator, tables: Tables) -> bool:
    """Whether the amount is divided by what is counted in one stage only."""
    kind = all_kinds().get(indicator.formula.kind)
    if kind is None or kind.of_one_room:
        return False
    return kind.per_pupils or any(column in tables["stage_year"].columns for column in indicator.formula.base.columns())
