"""The changes of a try-out: kept in the session of one person, never in a filing or the store."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from uuid import UUID

from django.http import HttpRequest

from junheng.intake.change import Change, row_of
from junheng.intake.entered import as_typed
from junheng.verdict.judgement import Judgement
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.dashboards.try_out_errors import TooManyChangesError
from junheng.workflow import what_if

MOST = 300
_KEY = "try_out"


def kept_changes(request: HttpRequest, evaluation: Evaluation) -> tuple[Change, ...]:
    """What this person changed on her copy of an evaluation's data."""
    kept = request.session.get(_KEY, {}).get(str(evaluation.code), [])
    return tuple(
        Change(table, tuple((name, value) for name, value in row), column, typed) for table, row, column, typed in kept
    )


def keep_changes(request: HttpRequest, evaluation: Evaluation, changes: Sequence[Change]) -> None:
    """Keep the changes; of other evaluations nothing is kept any more, so that a session stays small.

    Raises:
        TooManyChangesError: they are more than a session should hold.
    """
    if len(changes) > MOST:
        raise TooManyChangesError(most=MOST, count=len(changes))
    listed = [[change.table, [list(pair) for pair in change.row], change.column, change.typed] for change in changes]
    request.session[_KEY] = {str(evaluation.code): listed} if listed else {}


def with_changes(judgement: Judgement, kept: Sequence[Change], more: Sequence[Change]) -> tuple[Change, ...]:
    """The changes with further ones: the last of a cell counts, and what is as it was filed is no change."""
    merged = {(change.table, change.row, change.column): change for change in (*kept, *more)}
    return tuple(change for change in merged.values() if change.typed != filed_text(judgement, change))


def filed_text(judgement: Judgement, change: Change) -> str:
    """What was filed in the cell of a change, as it is typed."""
    dataset = judgement.dataset
    place = row_of(dataset, change)
    column = dataset.tables[change.table].columns[change.column]
    return as_typed(column, dataset[change.table][place, change.column])


@lru_cache(maxsize=8)
def _tried(code: UUID, evaluation: Evaluation, changes: tuple[Change, ...]) -> Judgement:
    return what_if(judgement_of(evaluation), changes)


def tried(evaluation: Evaluation, changes: tuple[Change, ...]) -> Judgement:
    """The judgement with the changes; the evaluation's own where there are none.

    Raises:
        JunhengError: what was typed does not read or fit.
    """
    return _tried(evaluation.code, evaluation, changes) if changes else judgement_of(evaluation)
