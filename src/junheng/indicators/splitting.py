"""Whether a standard shares out what it has to: whole-school figures held against the pupils of one stage."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.indicators.kinds import all_kinds
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.tables.model import Tables

# What one room holds that every class uses in turn is no stage's share of anything.
OF_ONE_ROOM = frozenset({"computer_room_computers"})


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
        below = _of_whole_school(indicator.formula.base.columns(), tables)
        if below and _is_of_a_stage(indicator, tables):
            problem = f"分母“{_labels(below, tables)}”按全校填报，分子是一个学段的数，不能相除；求每台、每册合多少学生"
            yield name, problem + "请用 kind: pupils_per，把全校填报的列写在 amount 并列入 split.indicators"
        elif below and name in listed:
            yield name, "分子和分母都按全校填报，相除不须拆分，不应列入 split.indicators"
        elif whole and columns & _by_stage(tables):
            yield name, "分子里既有按全校填报的列，又有分学段填报的列，不能一起拆分"
        elif name in listed and not whole:
            yield name, "分子是分学段填报的，不应列入 split.indicators"
        elif whole and name not in listed and _meets_a_stage(indicator, tables):
            yield name, f"“{_labels(whole, tables)}”按全校填报，与一个学段的数相除须先拆分，请列入 split.indicators"


def _of_whole_school(columns: set[str], tables: Tables) -> set[str]:
    """Columns filed once for all stages together; a room that serves every class in turn is no stage's share."""
    return columns & (tables["school_year"].columns.keys() - set(tables["school_year"].key) - OF_ONE_ROOM)


def _by_stage(tables: Tables) -> set[str]:
    return tables["stage_year"].columns.keys() - set(tables["stage_year"].key) | {"pupils_primary", "pupils_junior"}


def _labels(columns: set[str], tables: Tables) -> str:
    return "、".join(tables.column(column).label.zh for column in sorted(columns))


def _is_of_a_stage(indicator: Indicator, tables: Tables) -> bool:
    """Whether something in the quotient besides its base's whole-school columns is counted in one stage only."""
    kind = all_kinds().get(indicator.formula.kind)
    counted = indicator.formula.amount.columns() | indicator.formula.base.columns()
    return (kind is not None and kind.per_pupils) or bool(counted & _by_stage(tables))


def _meets_a_stage(indicator: Indicator, tables: Tables) -> bool:
    """Whether the amount is divided by what is counted in one stage only."""
    kind = all_kinds().get(indicator.formula.kind)
    if kind is None or kind.of_one_room:
        return False
    return kind.per_pupils or any(column in tables["stage_year"].columns for column in indicator.formula.base.columns())
