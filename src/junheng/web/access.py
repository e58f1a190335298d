"""Who may do what where: the one place where access is decided.

A person holds roles at places (``Assignment``); a role grants actions (``GRANTS``) at its place and everywhere below.
Every query of a page, a job or the API begins with ``places_for``; every write asks ``require``.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.regions.models import Place


class Action(StrEnum):
    """What can be done at a place."""

    VIEW_FILING = "view_filing"
    FILE = "file"  # fill in and hand in a school's filing
    FILE_FOR_OFFICE = "file_for_office"  # the same for an office of the county
    SIGN = "sign"  # the head of a school answers for it
    REVIEW_IN_TOWN = "review_in_town"
    REVIEW_IN_COUNTY = "review_in_county"
    VERIFY = "verify"  # an inspector has held it against the originals
    LOCK = "lock"
    CORRECT = "correct"  # change an approved figure, with a reason
    COMMENT = "comment"
    REMIND = "remind"
    VIEW_BOARD = "view_board"  # who has filed, who is late
    VIEW_SCHOOL_RESULT = "view_school_result"
    VIEW_COUNTY_RESULT = "view_county_result"
    EVALUATE = "evaluate"  # judge now
    TRY_OUT = "try_out"  # what if, on a copy
    VIEW_PLAN = "view_plan"
    MAKE_PLAN = "make_plan"
    VIEW_REPORT = "view_report"
    MAKE_REPORT = "make_report"
    COMPARE_COUNTIES = "compare_counties"
    LOAD_NATION = "load_nation"  # put approved data of counties into the national store
    DRAW_MAP = "draw_map"  # give the outlines of counties
    SET_TARGETS = "set_targets"  # say how many counties shall pass by when (阶段目标)
    VIEW_GAPS = "view_gaps"
    MEND_GAP = "mend_gap"  # say what is done about it
    ASSIGN_GAP = "assign_gap"
    CLOSE_GAP = "close_gap"  # confirm that it is mended (销号)
    VIEW_INSPECTION = "view_inspection"
    INSPECT = "inspect"
    ANSWER_INSPECTION = "answer_inspection"
    MANAGE_PLACES = "manage_places"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_PERIODS = "manage_periods"
    VIEW_AUDIT = "view_audit"


_A = Action
_SEES_SCHOOL = {_A.VIEW_FILING, _A.VIEW_SCHOOL_RESULT, _A.VIEW_REPORT, _A.VIEW_GAPS, _A.VIEW_INSPECTION}
_SEES_COUNTY = _SEES_SCHOOL | {_A.VIEW_BOARD, _A.VIEW_COUNTY_RESULT}

GRANTS: dict[Role, frozenset[Action]] = {
    Role.CLERK: frozenset(_SEES_SCHOOL | {_A.FILE, _A.COMMENT, _A.MAKE_REPORT, _A.MEND_GAP, _A.ANSWER_INSPECTION}),
    Role.ASSET_KEEPER: frozenset({_A.VIEW_FILING, _A.FILE, _A.COMMENT}),
    Role.PRINCIPAL: frozenset(
        _SEES_SCHOOL | {_A.FILE, _A.SIGN, _A.COMMENT, _A.MAKE_REPORT, _A.MEND_GAP, _A.ANSWER_INSPECTION}
    ),
    Role.TOWN_HEAD: frozenset(
        _SEES_SCHOOL | {_A.VIEW_BOARD, _A.REVIEW_IN_TOWN, _A.COMMENT, _A.REMIND, _A.MAKE_REPORT, _A.MEND_GAP}
    ),
    Role.COUNTY_OFFICER: frozenset(
        _SEES_COUNTY
        | {_A.FILE_FOR_OFFICE, _A.REVIEW_IN_COUNTY, _A.LOCK, _A.CORRECT, _A.COMMENT, _A.REMIND, _A.EVALUATE, _A.TRY_OUT}
        | {_A.VIEW_PLAN, _A.MAKE_PLAN, _A.MAKE_REPORT, _A.MEND_GAP, _A.ASSIGN_GAP, _A.CLOSE_GAP}
        | {_A.ANSWER_INSPECTION, _A.MANAGE_PERIODS, _A.LOAD_NATION}
    ),
    Role.COUNTY_SECTION: frozenset(
        _SEES_COUNTY
        | {_A.FILE_FOR_OFFICE, _A.COMMENT, _A.REMIND, _A.TRY_OUT, _A.VIEW_PLAN, _A.MAKE_PLAN}
        | {_A.MAKE_REPORT, _A.MEND_GAP, _A.ASSIGN_GAP}
    ),
    Role.DEPARTMENT: frozenset({_A.FILE_FOR_OFFICE}),
    Role.TASK_FORCE: frozenset(_SEES_COUNTY | {_A.REMIND, _A.TRY_OUT, _A.VIEW_PLAN, _A.MAKE_REPORT, _A.MEND_GAP}),
    Role.SUPERVISION_OFFICE: frozenset(_SEES_COUNTY | {_A.REMIND, _A.CLOSE_GAP}),
    Role.COUNTY_LEADER: frozenset(_SEES_COUNTY | {_A.TRY_OUT, _A.VIEW_PLAN, _A.ASSIGN_GAP}),
    Role.INSPECTOR: frozenset(
        _SEES_COUNTY
        | {_A.FILE_FOR_OFFICE, _A.VERIFY, _A.COMMENT, _A.MAKE_REPORT, _A.INSPECT, _A.CLOSE_GAP, _A.COMPARE_COUNTIES}
    ),
    Role.CITY: frozenset(
        _SEES_COUNTY
        | {_A.COMPARE_COUNTIES, _A.TRY_OUT, _A.VIEW_PLAN, _A.MAKE_REPORT}
        | {_A.LOAD_NATION, _A.DRAW_MAP, _A.SET_TARGETS}
    ),
    Role.PROVINCE: frozenset(
        _SEES_COUNTY
        | {_A.COMPARE_COUNTIES, _A.TRY_OUT, _A.VIEW_PLAN, _A.MAKE_REPORT, _A.VIEW_AUDIT}
        | {_A.LOAD_NATION, _A.DRAW_MAP, _A.SET_TARGETS}
    ),
    Role.ADMINISTRATOR: frozenset(
        {_A.MANAGE_PLACES, _A.MANAGE_PEOPLE, _A.MANAGE_PERIODS, _A.VIEW_AUDIT, _A.VIEW_BOARD}
    ),
}

# What inspectors judge of a county is not for the county itself to fill in.
_OF_INSPECTORS = frozenset({"inspector"})
_OF_THE_BUREAU = frozenset({"county", "finance", "personnel"})

Person = User | AnonymousUser


def roles_of(user: Person) -> list[Assignment]:
    """The roles that a person holds today, read once per request."""
    if not isinstance(user, User):
        return []
    held: list[Assignment] | None = getattr(user, "_held", None)
    if held is None:
        found = Assignment.objects.held_on(timezone.localdate()).filter(user=user)
        held = user._held = list(found.select_related("place"))  # type: ignore[attr-defined]
    return held


def _granting(user: Person, actions: Iterable[Action]) -> list[Assignment]:
    wanted = set(actions)
    return [held for held in roles_of(user) if wanted & GRANTS[Role(held.role)]]


def places_for(user: Person, *actions: Action) -> QuerySet[Place]:
    """The places where somebody may do (one of) these."""
    roots = {held.place.path for held in _granting(user, actions)}
    if not roots:
        return Place.objects.none()
    below = Q()
    for path in roots:
        below |= Q(path__below=path)
    return Place.objects.filter(below)


def may(user: Person, action: Action, place: Place) -> bool:
    """Whether somebody may do this at a place."""
    return any(place.is_below(held.place) for held in _granting(user, [action]))


def may_anywhere(user: Person, *actions: Action) -> bool:
    return bool(_granting(user, actions))


def files_for(held: Assignment) -> frozenset[str]:
    """The offices for which a role files: a department's own, the inspectors' theirs, the bureau's all others."""
    if Action.FILE_FOR_OFFICE not in GRANTS[Role(held.role)]:
        return frozenset()
    if held.role == Role.DEPARTMENT:
        return frozenset({held.office})
    return _OF_INSPECTORS if held.role == Role.INSPECTOR else _OF_THE_BUREAU


def offices_by_place(user: Person) -> list[tuple[Place, frozenset[str]]]:
    """Where somebody files for offices, and for which."""
    return [(held.place, files_for(held)) for held in _granting(user, [Action.FILE_FOR_OFFICE])]


def offices_of(user: Person, place: Place) -> set[str]:
    """The offices for which somebody files at a county."""
    found: set[str] = set()
    for root, offices in offices_by_place(user):
        if place.is_below(root):
            found |= offices
    return found


def require(user: Person, action: Action, place: Place) -> None:
    """Raise ``Http404`` unless somebody may do this there: what she may not do does not exist for her."""
    if not may(user, action, place):
        raise Http404
