"""Writing single places: adding, changing, closing, merging, reopening. Each is one transaction with one event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from junheng.web.access import Action, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import record as record_event
from junheng.web.filings.models import Filing
from junheng.web.filings.routing import reroute
from junheng.web.filings.states import APPROVED
from junheng.web.regions.errors import (
    PlaceCodeTakenError,
    PlaceDoesNotFitError,
    PlaceHasOpenFilingError,
    PlaceNotEmptyError,
)
from junheng.web.regions.levels import BELOW, CODES, county_of
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.regions.services import enter_place, path_below

_MANAGE = Action.MANAGE_PLACES


def add_place(
    *,
    kind: PlaceKind,
    code: str,
    name: str,
    parent: Place,
    acting_user: User,
    opened_on: date | None = None,
    record: Mapping[str, str] | None = None,
) -> Place:
    """Enter a place below one that somebody manages; a town's code is made from its name.

    Raises:
        PlaceDoesNotFitError: no such place stands below that one, or the code is none.
        PlaceCodeTakenError: there is one with this code.
    """
    require(acting_user, _MANAGE, parent)
    if kind not in BELOW[PlaceKind(parent.kind)]:
        reason = gettext("%(parent)s下面不设%(kind)s") % {"parent": parent.get_kind_display(), "kind": kind.label}
        raise PlaceDoesNotFitError(place=name, reason=reason)
    if kind is PlaceKind.TOWN:
        code = f"{parent.code}-{name}"
        if "/" in name:
            raise PlaceDoesNotFitError(place=name, reason=gettext("名称里不能有“/”"))
    elif not CODES[kind].fullmatch(code):
        raise PlaceDoesNotFitError(place=name, reason=gettext("代码“%(code)s”不合规则") % {"code": code})
    if taken := Place.objects.filter(code__iexact=code).first():
        raise PlaceCodeTakenError(place_code=code, place=taken)
    return enter_place(
        kind=kind,
        code=code,
        name=name,
        parent=parent,
        acting_user=acting_user,
        opened_on=opened_on,
        record=dict(record or {}),
    )


def change_place(
    *,
    place: Place,
    name: str,
    opened_on: date | None,
    record: Mapping[str, str],
    acting_user: User,
    parent: Place | None = None,
) -> Place:
    """Change the name, the profile, the opening day, and of a school the town; codes never change.

    Raises:
        PlaceDoesNotFitError: the other town is not of the same county.
    """
    require(acting_user, _MANAGE, place)
    with transaction.atomic():
        standing = Place.objects.select_for_update().get(pk=place.pk)
        wanted = {"name": name, "opened_on": opened_on, "record": dict(record)}
        changes = [
            {"what": field, "before": _plain(getattr(standing, field)), "after": _plain(value)}
            for field, value in wanted.items()
            if getattr(standing, field) != value
        ]
        for field, value in wanted.items():
            setattr(standing, field, value)
        if parent is not None and parent.pk != standing.parent_id:
            if standing.kind != PlaceKind.SCHOOL or county_of(parent) != county_of(place):
                raise PlaceDoesNotFitError(place=place, reason=gettext("只能调到同一个县的乡镇"))
            before = standing.parent.name if standing.parent else None
            changes.append({"what": "parent", "before": before, "after": parent.name})
            standing.parent, standing.path = parent, path_below(parent, standing.code)
        if changes:
            standing.save(update_fields=["name", "opened_on", "record", "parent", "path"])
            changes += reroute([standing])
            _record(standing, acting_user, "change_place", f"修改“{standing.name}”", changes)
    return standing


def close_place(*, place: Place, closed_on: date, acting_user: User, into: Place | None = None) -> Place:
    """撤销 or, with ``into``, 并入: from that day on the place is not at work; later periods ask nothing of it.

    Raises:
        PlaceHasOpenFilingError: a filing of it is under way.
        PlaceNotEmptyError: others below it are open.
        PlaceDoesNotFitError: it cannot be merged into that one, or closed on that day.
    """
    require(acting_user, _MANAGE, place)
    with transaction.atomic():
        standing = Place.objects.select_for_update().get(pk=place.pk)
        _require_closable(standing, closed_on)
        if into is not None:
            require(acting_user, _MANAGE, into)
            if into.pk == standing.pk or into.kind != standing.kind or not into.is_open_on(closed_on):
                raise PlaceDoesNotFitError(place=place, reason=gettext("要并入另一个当天在办的同类单位"))
        changes = [{"what": "closed_on", "before": _plain(standing.closed_on), "after": closed_on.isoformat()}]
        words = f"撤销“{standing.name}”"  # zh: data
        if into is not None:
            changes.append({"what": "merged_into", "before": None, "after": into.code})
            words = f"“{standing.name}”并入“{into.name}”"  # zh: data
        standing.closed_on, standing.merged_into = closed_on, into
        standing.save(update_fields=["closed_on", "merged_into"])
        _record(standing, acting_user, "close_place", words, changes)
    return standing


def reopen_place(*, place: Place, acting_user: User) -> Place:
    """恢复: the closing was a mistake; the place is at work as if it never had been closed."""
    require(acting_user, _MANAGE, place)
    with transaction.atomic():
        standing = Place.objects.select_for_update().get(pk=place.pk)
        changes = [{"what": "closed_on", "before": _plain(standing.closed_on), "after": None}]
        standing.closed_on, standing.merged_into = None, None
        standing.save(update_fields=["closed_on", "merged_into"])
        _record(standing, acting_user, "reopen_place", f"恢复“{standing.name}”", changes)
    return standing


def _require_closable(place: Place, closed_on: date) -> None:
    if place.closed_on is not None:
        raise PlaceDoesNotFitError(place=place, reason=gettext("已经撤并，要改日期请先恢复"))
    if place.opened_on and closed_on < place.opened_on:
        raise PlaceDoesNotFitError(place=place, reason=gettext("撤并日期早于建校日期"))
    below = Place.objects.filter(path__below=place.path, closed_on__isnull=True).exclude(pk=place.pk).count()
    if below:
        raise PlaceNotEmptyError(place=place, count=below)
    under_way = Filing.objects.filter(place=place, period__closed_at__isnull=True).exclude(state__in=APPROVED)
    if filing := under_way.select_related("period").first():
        raise PlaceHasOpenFilingError(place=place, period=filing.period, state=filing.get_state_display())


def _plain(value: object) -> Any:  # noqa: ANN401 - a JSON value
    return value if isinstance(value, dict) or value is None else str(value)


def _record(place: Place, user: User, action: str, summary: str, changes: list[dict[str, Any]]) -> None:
    record_event(
        acting_user=user, action=action, subject=f"place:{place.pk}", place=place, summary=summary, changes=changes
    )
