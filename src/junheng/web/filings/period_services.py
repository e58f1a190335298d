"""Opening, changing and closing periods of filing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.errors import PeriodExistsError, ReasonMissingError
from junheng.web.filings.board_errors import PeriodClosedError, PeriodNotLockedError
from junheng.web.filings.form import first_rows, offices_of_period
from junheng.web.filings.models import SCHOOL, Filing, FilingRow, Period
from junheng.web.filings.routing import route_of
from junheng.web.filings.selectors import rows_before
from junheng.web.filings.states import Route, State
from junheng.web.regions.models import Place, PlaceKind


def open_period(
    *,
    county: Place,
    school_year: int,
    standard: str,
    day: date,
    opens_on: date,
    due_on: date,
    acting_user: User,
    gate: str = "",
    label: str = "",
) -> Period:
    """Open a period: every school that is open on 1 September, and every office, gets a filing to fill.

    Raises:
        PeriodExistsError: the county has one for this school year.
    """
    label = label or f"{school_year}—{school_year + 1} 学年填报"  # zh: data
    with transaction.atomic():
        period, is_new = Period.objects.get_or_create(
            county=county,
            school_year=school_year,
            defaults={
                "label": label,
                "standard": standard,
                "gate": gate,
                "day": day,
                "opens_on": opens_on,
                "due_on": due_on,
            },
        )
        if not is_new:
            raise PeriodExistsError(county=county, year=school_year, label=period.label)
        count = _open_filings(period)
        _record(period, acting_user, "open_period", f"{county}：开启“{label}”，{count} 份填报", {"due_on": due_on})
    return period


def take_in_new_schools(*, period: Period, acting_user: User) -> int:
    """Give schools that opened or were entered after the period began their filings; return how many.

    Raises:
        PeriodClosedError: the period is closed.
    """
    with transaction.atomic():
        # Locked, so that two who do this at once give nobody two filings.
        period = Period.objects.select_for_update(of=("self",)).select_related("county").get(pk=period.pk)
        if period.closed_at is not None:
            raise PeriodClosedError(period=period, step=_("补充新学校"))
        count = _open_filings(period)
        if count:
            _record(period, acting_user, "take_in_schools", f"{period}：补 {count} 份填报", {})
    return count


def change_period(*, period: Period, label: str, opens_on: date, due_on: date, acting_user: User) -> Period:
    """Change what a period is called and when it is filed; by which standard stands once filings are there."""
    fields = {"label": label, "opens_on": opens_on, "due_on": due_on}
    with transaction.atomic():
        before = {name: getattr(period, name) for name in fields}
        for name, value in fields.items():
            setattr(period, name, value)
        period.save(update_fields=list(fields))
        changed = {name: value for name, value in fields.items() if before[name] != value}
        _record(period, acting_user, "change_period", f"{period}：修改周期", changed, before)
    return period


def close_period(*, period: Period, acting_user: User, leaving: bool = False) -> Period:
    """Close a period as a whole: nothing in it changes any more.

    Args:
        leaving: close it although filings are not locked; they stay as they are.

    Raises:
        PeriodNotLockedError: filings are not locked, and nobody said to leave them.
    """
    with transaction.atomic():
        count = period.filings.exclude(state=State.LOCKED).count()
        if count and not leaving:
            raise PeriodNotLockedError(period=period, count=count)
        period.closed_at = timezone.now()
        period.save(update_fields=["closed_at"])
        summary = f"{period}：关闭周期" + (f"，留下 {count} 份未锁定" if count else "")
        _record(period, acting_user, "close_period", summary, {"closed_at": period.closed_at})
    return period


def reopen_period(*, period: Period, acting_user: User, reason: str) -> Period:
    """Open a closed period again; its filings stay locked until each is unlocked.

    Raises:
        ReasonMissingError: there is no reason.
    """
    if not reason.strip():
        raise ReasonMissingError(step=_("重新开放周期"))
    with transaction.atomic():
        before = {"closed_at": period.closed_at}
        period.closed_at = None
        period.save(update_fields=["closed_at"])
        after = {"closed_at": ""}
        _record(period, acting_user, "reopen_period", f"{period}：重新开放", after, before, reason.strip())
    return period


def _open_filings(period: Period) -> int:
    county = period.county
    have = set(period.filings.values_list("place_id", "office"))
    schools = Place.objects.filter(kind=PlaceKind.SCHOOL, path__below=county.path).select_related("parent")
    wanted = [
        Filing(
            period=period,
            place=school,
            route=route_of(school),
        )
        for school in schools
        if (school.pk, SCHOOL) not in have and school.is_open_on(date(period.school_year, 9, 1))
    ]
    wanted += [
        Filing(period=period, place=county, office=office, route=Route.OFFICE)
        for office in offices_of_period(period)
        if (county.pk, office) not in have
    ]
    made = Filing.objects.bulk_create(wanted)
    FilingRow.objects.bulk_create(
        FilingRow(filing=filing, table=table, key=key, order=order, values=values)
        for filing in made
        for table, rows in first_rows(filing, rows_before(filing)).items()
        for order, (key, values) in enumerate(rows.items())
    )
    return len(made)


def _record(
    period: Period,
    user: User,
    action: str,
    summary: str,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    changes = [
        {"what": name, "before": str((before or {}).get(name, "")), "after": str(value)}
        for name, value in after.items()
    ]
    record(
        acting_user=user,
        action=action,
        subject=f"period:{period.pk}",
        place=period.county,
        summary=summary,
        changes=changes,
        reason=reason,
    )
