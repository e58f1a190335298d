"""Reading the inputs of a plan before a job is started for them: what is wrong is said while the form is still open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from junheng.base.errors import JunhengError
from junheng.tables.finding import Finding
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.plans.errors import PlannerMissingError
from junheng.web.plans.inputs import InputFile, opened
from junheng.web.plans.models import PlanKind

# What the extra `plan` installs, by the names that Python imports.
_SOLVERS = frozenset({"clarabel", "highspy", "numpy", "pyscipopt", "scipy", "shapely"})


@contextmanager
def solvers_needed() -> Iterator[None]:
    """Planning code may import what only the extra installs.

    Raises:
        PlannerMissingError: it is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] not in _SOLVERS:
            raise
        raise PlannerMissingError(module=error.name) from error


def check_inputs(kind: str, kept: InputFile, options: Mapping[str, Any], evaluation: Evaluation | None) -> None:
    """Read the inputs as the planner will.

    Raises:
        JunhengError: they do not read; some errors hold ``findings``, one a cell.
    """
    with solvers_needed(), opened(kept) as path:
        match PlanKind(kind):
            case PlanKind.RESOURCES:
                from junheng.planning.resources.measures import check_confirmed, read_inputs

                check_confirmed(read_inputs(path))
            case PlanKind.ROTATION:
                from junheng.planning.rotation.inputs import read_inputs as read_roster

                standard = judgement_of(evaluation).standard if evaluation else None
                read_roster(path, standard=standard, emphasis=options["emphasis"])
            case PlanKind.ZONING:
                from junheng.planning.zoning.inputs import read_inputs as read_town

                with outlines_of(options) as outlines:
                    read_town(path, outlines=outlines)


@contextmanager
def outlines_of(options: Mapping[str, Any]) -> Iterator[Any]:
    """The file of outlines that a zoning plan was given beside its workbook, or None."""
    if not options.get("outlines"):
        yield None
        return
    with opened(InputFile(options["outlines"], options["outlines_name"])) as path:
        yield path


def findings_of(error: JunhengError) -> tuple[Finding, ...]:
    """What an error says cell by cell, where it does."""
    return tuple(getattr(error, "findings", ()))
