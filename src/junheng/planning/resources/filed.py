"""What a plan needs of the filed data: every value that its rules look at, and inputs about schools that are judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.base.terms import Absence, Label, Stage
from junheng.indicators.conditions import holds
from junheng.planning.documents import listed
from junheng.planning.resources.errors import NotFiledError, UnknownPlaceError
from junheng.planning.resources.measures import Inputs
from junheng.planning.resources.places import Places, places_of
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.tables.dataset import Dataset
from junheng.verdict.judgement import Judgement

Row = Mapping[str, Any]
Cell = tuple[str, str, str]  # school code, stage, column

_SHOWN = 5
_PUPILS_OF: Mapping[str, tuple[Stage, ...]] = {
    **{f"pupils_{stage}": (stage,) for stage in Stage},
    "school_pupils": (Stage.PRIMARY, Stage.JUNIOR),
}


def missing_values(judgement: Judgement, county: str) -> list[Cell]:
    """(school code, stage, column) of everything that a plan needs and nobody filed.

    The school is the one whose own row has the blank: it may be a campus that is judged with another school. What is
    filed for a whole school is named once, with the first stage that needs it.
    """
    standard, dataset = judgement.standard, judgement.dataset
    places = places_of(dataset, judgement.year, judgement.computed.members)
    wanted = dict.fromkeys((*standard.balanced(), *(standard.counted() if standard.school_rule else ())))
    found: dict[tuple[str, str | None, str], Cell] = {}
    for row in judgement.in_scope.iter_rows(named=True):
        if row["county_code"] != county:
            continue
        for name in wanted:
            if row.get(f"{name}__absent") != str(Absence.NOT_FILED):
                continue
            for column in sorted(_looked_at(standard, name, row)):
                for school, stage, own in _blanks(places, dataset, row, column):
                    found.setdefault((school, stage, own), (school, stage or row["stage"], own))
    return list(found.values())


def _looked_at(standard: Standard, name: str, row: Row) -> set[str]:
    """The columns of a row that the value of an indicator is computed from; blanks that count for nothing left out."""
    indicator = standard.resources[name]
    columns = indicator.columns() - _not_counted(indicator, row) | {"pupils"}
    if standard.split and name in standard.split.indicators:
        columns |= {f"pupils_{stage}" for stage in Stage}
    return {column for column in columns if row.get(column) is None}


def _not_counted(indicator: Indicator, row: Row) -> set[str]:
    """Columns of other stages, and of other sorts of schools."""
    formula = indicator.formula
    counted = {
        term.column
        for amount in (formula.amount, formula.base)
        for term in amount.terms(row["stage"])
        if holds(term.where, row) is not False
    }
    return (formula.amount.columns() | formula.base.columns()) - counted


def _blanks(places: Places, dataset: Dataset, row: Row, column: str) -> Iterator[tuple[str, str | None, str]]:
    """The blank cells behind a blank of a judged row: school, stage (None for a whole school) and column."""
    home, tables = row["school_code"], dataset.tables
    if column in _PUPILS_OF:
        for stage in _PUPILS_OF[column]:
            yield from _blanks_of_stage(places, dataset, home, stage, "pupils")
    elif column in tables["stage_year"].columns:
        yield from _blanks_of_stage(places, dataset, home, Stage(row["stage"]), column)
    elif column in tables["school_year"].columns:
        for school in places.members(home):
            at = places.rows.get(("school_year", school, None))
            if at is None or dataset["school_year"][at, column] is None:
                yield school, None, column
    elif column in tables["school"].columns:  # what a school is: that of the one it is judged as
        yield home, None, column


def _blanks_of_stage(
    places: Places, dataset: Dataset, home: str, stage: Stage, column: str
) -> Iterator[tuple[str, str | None, str]]:
    kinds = dataset.tables.code_lists["school_kind"].codes
    for school in places.members(home):
        at = places.rows.get(("stage_year", school, stage))
        if at is not None:
            blank = dataset["stage_year"][at, column] is None
        else:  # no row where there should be one
            kind = kinds.get(dataset["school"][places.rows["school", school, None], "school_kind"])
            blank = kind is not None and stage in kind.stages
        if blank:
            yield school, str(stage), column


def check_filed(judgement: Judgement, county: str) -> None:
    """See that nothing is missing that the plan needs.

    Raises:
        NotFiledError: naming the first cells.
    """
    missing = missing_values(judgement, county)
    if not missing:
        return
    tables = judgement.dataset.tables
    names = dict(judgement.dataset["school"].select("school_code", "school_name").iter_rows())
    cells = []
    for school, stage, column in missing:
        label, name = tables.column(column).label, names.get(school) or school
        cells.append(Label(f"{name}{Stage(stage).zh}的“{label.zh}”", f"“{label.en}” of {name} ({stage})"))
    raise NotFiledError(count=len(missing), places=listed(cells, _SHOWN))


def check_places(judgement: Judgement, inputs: Inputs, county: str) -> None:
    """See that ceilings are of schools that the plan is about.

    Raises:
        UnknownPlaceError: a ceiling of a school that is not judged in this county.
    """
    known = {row["school_code"] for row in judgement.in_scope.iter_rows(named=True) if row["county_code"] == county}
    for school, _ in inputs.ceilings:
        if school not in known:
            why = Label("参加判定的学校中没有这个标识码", "no school that is judged has this code")
            raise UnknownPlaceError(table=Label("学校上限", "of ceilings"), name=school, why=why)
