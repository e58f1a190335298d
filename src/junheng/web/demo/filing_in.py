"""Filing a whole county at once, as if everybody had typed, handed in, signed and reviewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from junheng.tables.dataset import Dataset
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.demo.people import Staff
from junheng.web.filings.filling import notes_in, rows_in
from junheng.web.filings.form import OF_THE_PLACE, form_of
from junheng.web.filings.models import SCHOOL, Explanation, Filing, FilingRow, FilingVersion, Period
from junheng.web.filings.reading import OF_THE_ROW
from junheng.web.filings.states import Route, State, find_step
from junheng.web.filings.versions import digest_of

_STEPS = ("hand_in", "sign", "pass_in_town", "approve", "lock")
_REACHES = {
    State.DRAFT: 0,
    State.HANDED_IN: 1,
    State.SIGNED: 2,
    State.TOWN_PASSED: 3,
    State.RETURNED: 3,
    State.APPROVED: 4,
    State.LOCKED: 5,
}


def file_period(
    *,
    period: Period,
    dataset: Dataset,
    staff: Staff,
    state_of: Callable[[Filing], State],
    keeps: Callable[[Filing, str, str], bool] = lambda _filing, _table, _column: True,
    handed_in_at: datetime,
) -> None:
    """Fill all filings of a period from a dataset and bring each to its state, with the events of the steps between.

    Args:
        keeps: whether a cell is filled in by now (filing, table, column).
    """
    filings = list(period.filings.select_related("period__county", "place__parent").prefetch_related("rows"))
    now = timezone.now().isoformat(timespec="seconds")
    old: list[FilingRow] = []
    new: list[FilingRow] = []
    notes: list[Explanation] = []
    versions: list[FilingVersion] = []
    with transaction.atomic():
        for filing in filings:
            typist = _who(filing, staff, "hand_in")
            have = {(row.table, row.key): row for row in filing.rows.all()}
            begun = False
            for table, rows in rows_in(dataset, filing).items():
                for order, (key, values) in enumerate(rows.items()):
                    row = have.get((table, key))
                    if row is None:
                        row = have[table, key] = FilingRow(filing=filing, table=table, key=key, order=order)
                    typed = {c: v for c, v in values.items() if keeps(filing, table, c)}
                    begun = begun or (table not in OF_THE_PLACE and any(typed.values()))
                    row.values |= typed
                    row.authors = {column: [typist.pk, now] for column in values if column in row.values}
                    (old if row.pk else new).append(row)
            own = _explanations(filing, dataset, typist)
            notes += own
            filing.state = state_of(filing)
            filing.filled, filing.asked = _counts(filing, have)
            filing.version += begun
            versions += _take_steps(filing, _content(have, own), staff)
            if filing.state != State.DRAFT:
                filing.handed_in_at = handed_in_at
        FilingRow.objects.bulk_update(old, ["values", "authors"], batch_size=200)
        FilingRow.objects.bulk_create(new, batch_size=200)
        Explanation.objects.bulk_create(notes)
        FilingVersion.objects.bulk_create(versions, batch_size=50)
        Filing.objects.bulk_update(filings, ["state", "version", "filled", "asked", "handed_in_at"], batch_size=200)


def _explanations(filing: Filing, dataset: Dataset, typist: User) -> list[Explanation]:
    return [
        Explanation(filing=filing, check_code=OF_THE_ROW, table=table, key=key, text=text, user=typist)
        for (table, key), text in notes_in(dataset, filing).items()
    ]


def _counts(filing: Filing, rows: dict[tuple[str, str], FilingRow]) -> tuple[int, int]:
    asked = [
        row.values.get(column.name, "")
        for (table, key), row in rows.items()
        if (part := form_of(filing).parts.get(table)) is not None
        for column in part.columns
        if column.applies_to(part.key_values(key))
    ]
    return sum(value != "" for value in asked), len(asked)


def _content(rows: dict[tuple[str, str], FilingRow], notes: list[Explanation]) -> dict[str, list[dict[str, Any]]]:
    texts = {(note.table, note.key): note.text for note in notes}
    content: dict[str, list[dict[str, Any]]] = {}
    for (table, key), row in sorted(rows.items(), key=lambda item: (item[0][0], item[1].order)):
        values = dict(row.values) | ({"note": texts[table, key]} if (table, key) in texts else {})
        content.setdefault(table, []).append({"key": key, "values": values, "authors": row.authors})
    return content


def _take_steps(filing: Filing, content: dict[str, Any], staff: Staff) -> list[FilingVersion]:
    """The steps that lead to the filing's state, one event each; the versions that they made."""
    versions: list[FilingVersion] = []
    state: str = State.DRAFT
    for name in _STEPS[: _REACHES[State(filing.state)]]:
        step = find_step(name, state, filing.route)
        if step is None:
            continue  # not on the way of an office, or of a school without a town
        user = _who(filing, staff, name)
        if step.needs_sound_data:
            number = len(versions) + 1
            versions.append(
                FilingVersion(
                    filing=filing, number=number, step=name, made_by=user, content=content, digest=digest_of(content)
                )
            )
        _record(filing, user, step.name, f"{filing}：{step.label}", state, step.to)
        state = step.to
        filing.version += 1
    if filing.state == State.RETURNED:
        _record(
            filing, staff.officer, "return", f"{filing}：退回", state, filing.state, "有一处数据与上年相差较大，见批注"
        )
        filing.version += 1
    return versions


def _record(filing: Filing, user: User, step: str, summary: str, before: str, after: str, reason: str = "") -> None:
    record(
        acting_user=user,
        action=f"step:{step}",
        subject=f"filing:{filing.pk}",
        place=filing.place,
        summary=summary,
        changes=[{"what": "state", "before": str(before), "after": str(after)}],
        reason=reason,
    )


def _who(filing: Filing, staff: Staff, step: str) -> User:
    """Who takes a step of a filing."""
    place = filing.place
    if step in ("approve", "lock"):
        return staff.officer
    if filing.office != SCHOOL:
        return staff.offices[filing.office]
    if step == "pass_in_town" and filing.route == Route.TOWN_SCHOOL and place.parent:
        return staff.town_heads.get(place.parent.code, staff.officer)
    return (staff.principals if step == "sign" else staff.clerks).get(place.code, staff.officer)
