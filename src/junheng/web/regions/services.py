"""Writing places: entering, renaming, merging and closing them. Each write is one transaction with one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from junheng.intake.entered import as_typed
from junheng.tables.dataset import Dataset
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.regions.models import Place, PlaceKind

# Columns of 学校名录 that the tree itself says.
_OF_THE_TREE = ("school_code", "school_name", "county_code", "town", "opened_on", "closed_on", "note")


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
        _record(place, acting_user, "enter_place", f"新增{place.get_kind_display()} {name}", [])
    return place


def path_below(parent: Place | None, code: str) -> str:
    return f"{parent.path if parent else '/'}{code}/"


def take_schools(*, county: Place, dataset: Dataset, acting_user: User | None) -> tuple[int, int]:
    """Enter or update the schools (and towns) of a county from its 学校名录, all or nothing.

    Returns:
        How many schools were entered, how many changed.
    """
    table = dataset.tables["school"]
    changes: list[dict[str, Any]] = []
    with transaction.atomic():
        towns = {place.name: place for place in county.children.filter(kind=PlaceKind.TOWN)}
        known = {
            place.code: place for place in Place.objects.filter(kind=PlaceKind.SCHOOL, path__startswith=county.path)
        }
        new, changed = [], []
        for row in dataset["school"].iter_rows(named=True):
            parent = county
            if name := (row.get("town") or "").strip():
                if name not in towns:
                    code = f"{county.code}-{name}"
                    towns[name] = Place.objects.create(
                        kind=PlaceKind.TOWN, code=code, name=name, parent=county, path=path_below(county, code)
                    )
                    changes.append({"what": code, "before": None, "after": name})
                parent = towns[name]
            record_ = {
                c.name: as_typed(c, row[c.name])
                for c in table.columns.values()
                if c.name not in _OF_THE_TREE and row.get(c.name) is not None
            }
            wanted = {
                "name": row["school_name"],
                "parent": parent,
                "path": path_below(parent, row["school_code"]),
                "opened_on": row.get("opened_on"),
                "closed_on": row.get("closed_on"),
                "record": record_,
            }
            school = known.get(row["school_code"])
            if school is None:
                new.append(Place(kind=PlaceKind.SCHOOL, code=row["school_code"], **wanted))
                changes.append({"what": row["school_code"], "before": None, "after": row["school_name"]})
            elif any(getattr(school, field) != value for field, value in wanted.items()):
                changes.append(_difference(school, wanted))
                for field, value in wanted.items():
                    setattr(school, field, value)
                changed.append(school)
        Place.objects.bulk_create(new)
        if changed:
            Place.objects.bulk_update(changed, ["name", "parent", "path", "opened_on", "closed_on", "record"])
        summary = f"{county}：学校名录，新增 {len(new)} 所，修改 {len(changed)} 所"
        if changes:
            _record(county, acting_user, "take_schools", summary, changes)
    return len(new), len(changed)


def _difference(school: Place, wanted: Mapping[str, Any]) -> dict[str, Any]:
    fields = [field for field, value in wanted.items() if getattr(school, field) != value and field != "path"]
    return {
        "what": school.code,
        "before": {field: _plain(getattr(school, field)) for field in fields},
        "after": {field: _plain(wanted[field]) for field in fields},
    }


def _plain(value: object) -> object:
    return value if isinstance(value, dict) or value is None else str(value)


def _record(place: Place, user: User | None, action: str, summary: str, changes: Sequence[Mapping[str, Any]]) -> None:
    record(acting_user=user, action=action, subject=f"place:{place.pk}", place=place, summary=summary, changes=changes)
