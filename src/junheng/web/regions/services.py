"""Writing places: entering, renaming, merging and closing them. Each write is one transaction with one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from junheng.tables.dataset import Dataset
from junheng.web.accounts.models import User
from junheng.web.audit.services import in_chinese, record
from junheng.web.filings.routing import reroute
from junheng.web.regions.errors import SchoolListUnsoundError
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.school_list import Change, SchoolList, compare_schools


def enter_place(
    *,
    kind: str,
    code: str,
    name: str,
    parent: Place | None,
    acting_user: User | None,
    **fields: Any,  # noqa: ANN401 - model fields
) -> Place:
    """Enter one place below another."""
    with transaction.atomic():
        place = Place.objects.create(
            kind=kind, code=code, name=name, parent=parent, path=path_below(parent, code), **fields
        )
        _record(place, acting_user, "enter_place", f"新增{in_chinese(PlaceKind(kind).label)} {name}", [])
    return place


def path_below(parent: Place | None, code: str) -> str:
    return f"{parent.path if parent else '/'}{code}/"


def take_schools(*, county: Place, dataset: Dataset, acting_user: User | None) -> tuple[int, int]:
    """Enter or update the schools (and towns) of a county from its 学校名录, all or nothing.

    Returns:
        How many schools were entered, how many changed.

    Raises:
        SchoolListUnsoundError: a row cannot be taken.
    """
    with transaction.atomic():
        return apply_schools(compare_schools(county, dataset), acting_user=acting_user)


def apply_schools(found: SchoolList, *, acting_user: User | None) -> tuple[int, int]:
    """Do what a comparison says; inside the transaction in which it was made."""
    if found.findings:
        raise SchoolListUnsoundError(count=len(found.findings))
    county = found.county
    changes: list[dict[str, Any]] = []
    with transaction.atomic():
        towns = {place.name: place for place in county.children.filter(kind=PlaceKind.TOWN)}
        for name in found.new_towns:
            code = f"{county.code}-{name}"
            towns[name] = Place.objects.create(
                kind=PlaceKind.TOWN, code=code, name=name, parent=county, path=path_below(county, code)
            )
            changes.append({"what": code, "before": None, "after": name})
        new: list[Place] = []
        changed: list[Place] = []
        for change in (*found.new, *found.changed):
            parent = towns[change.town] if change.town else county
            school = change.school or Place(kind=PlaceKind.SCHOOL, code=change.code)
            (new if change.school is None else changed).append(school)
            changes.append(_difference(change))
            school.parent, school.path = parent, path_below(parent, change.code)
            for name, value in change.wanted.items():
                setattr(school, name, value)
        Place.objects.bulk_create(new)
        Place.objects.bulk_update(changed, ["name", "parent", "path", "opened_on", "closed_on", "record"])
        changes += reroute(changed)
        if changes:
            summary = f"{county}：学校名录，新增 {len(new)} 所，修改 {len(changed)} 所"
            _record(county, acting_user, "take_schools", summary, changes)
    return len(new), len(changed)


def _difference(change: Change) -> dict[str, Any]:
    if change.school is None:
        return {"what": change.code, "before": None, "after": change.wanted["name"]}
    return {
        "what": change.code,
        "before": {name: before for name, (before, _) in change.differences.items()},
        "after": {name: after for name, (_, after) in change.differences.items()},
    }


def _record(place: Place, user: User | None, action: str, summary: str, changes: Sequence[Mapping[str, Any]]) -> None:
    record(acting_user=user, action=action, subject=f"place:{place.pk}", place=place, summary=summary, changes=changes)
