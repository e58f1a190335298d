"""Writing filings: cells, steps, explanations, comments. Each write is one transaction with one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.errors import (
    ChangedMeanwhileError,
    FilingClosedError,
    FilingHasFindingsError,
    ReasonMissingError,
    StepNotPossibleError,
    UnknownCellError,
)
from junheng.web.filings import selectors
from junheng.web.filings.board_errors import PeriodClosedError
from junheng.web.filings.form import OF_THE_PLACE, form_of
from junheng.web.filings.models import Comment, Explanation, Filing, FilingRow
from junheng.web.filings.states import State, find_step, steps_named
from junheng.web.filings.versions import make_version
from junheng.web.notices.services import notify_of_step
from junheng.web.regions.models import Place

_LONGEST = 500  # characters of a cell


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell to be changed: from what the typist saw to what she typed."""

    table: str
    key: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that somebody else changed meanwhile: what stands there now, and who typed it."""

    table: str
    key: str
    column: str
    mine: str
    theirs: str
    who: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save: the filing's new version, how many cells were taken, which were not and why."""

    version: int
    taken: int
    conflicts: tuple[Conflict, ...]


def save_cells(*, filing: Filing, changes: Sequence[CellChange], acting_user: User) -> Saved:
    """Take what was typed, cell by cell. A cell that somebody else changed meanwhile is kept as it is and told.

    Raises:
        FilingClosedError: the filing is not open.
        UnknownCellError: the form has no such cell; then nothing at all is taken.
    """
    form = form_of(filing)
    with transaction.atomic():
        filing = _locked(filing)
        if not filing.is_open:
            raise FilingClosedError(filing=filing, state=filing.get_state_display())
        rows = {(row.table, row.key): row for row in filing.rows.all()}
        touched: dict[tuple[str, str], FilingRow] = {}
        taken: list[dict[str, Any]] = []
        conflicts = []
        now = timezone.now().isoformat(timespec="seconds")
        for change in changes:
            row = rows.get((change.table, change.key))
            if row is None or form.column(change.table, change.column) is None:
                raise UnknownCellError(table=change.table, key=change.key, column=change.column)
            standing, wanted = row.values.get(change.column, ""), change.after.strip()[:_LONGEST]
            if standing == wanted:
                continue
            if standing != change.before:
                conflicts.append(_conflict(change, standing, row))
                continue
            row.values[change.column] = wanted
            row.authors[change.column] = [acting_user.pk, now]
            touched[change.table, change.key] = row
            what = "/".join(filter(None, (change.table, change.key, change.column)))
            taken.append({"what": what, "before": standing, "after": wanted})
        if taken:
            FilingRow.objects.bulk_update(touched.values(), ["values", "authors"])
            filing.version += 1
            filing.save(update_fields=["version", "changed_at"])
            _record(filing, acting_user, "save_cells", f"{filing}：改 {len(taken)} 个数", taken)
    return Saved(filing.version, len(taken), tuple(conflicts))


def _conflict(change: CellChange, standing: str, row: FilingRow) -> Conflict:
    author = row.authors.get(change.column)
    who = User.objects.filter(pk=author[0]).values_list("name", flat=True).first() if author else None
    return Conflict(change.table, change.key, change.column, change.after, standing, who or "")


def add_row(*, filing: Filing, table: str, values: Mapping[str, str], acting_user: User) -> FilingRow:
    """Add a row to a table that grows; its key columns are given by their codes.

    Raises:
        UnknownCellError: the table takes no more rows, or a key column is blank or there already.
    """
    part = form_of(filing).parts.get(table)
    if part is None or not part.grows or not all(values.get(name, "").strip() for name in part.key):
        raise UnknownCellError(table=table, key="", column="、".join(part.key) if part else "")
    key = part.key_of({name: values[name].strip() for name in part.key})
    with transaction.atomic():
        filing = _locked(filing)
        if not filing.is_open:
            raise FilingClosedError(filing=filing, state=filing.get_state_display())
        row, is_new = FilingRow.objects.get_or_create(
            filing=filing, table=table, key=key, defaults={"order": filing.rows.filter(table=table).count()}
        )
        if not is_new:
            raise UnknownCellError(table=table, key=key, column="、".join(part.key))
        filing.version += 1
        filing.save(update_fields=["version", "changed_at"])
        _record(filing, acting_user, "add_row", f"{filing}：加一行 {part.table.label.zh} {key}", [])
    return row


def remove_row(*, filing: Filing, table: str, key: str, acting_user: User) -> None:
    """Take a row out of a table that grows; what it said stays in the log."""
    part = form_of(filing).parts.get(table)
    if part is None or not part.grows:
        raise UnknownCellError(table=table, key=key, column="")
    with transaction.atomic():
        filing = _locked(filing)
        if not filing.is_open:
            raise FilingClosedError(filing=filing, state=filing.get_state_display())
        row = filing.rows.filter(table=table, key=key).first()
        if row is None:
            raise UnknownCellError(table=table, key=key, column="")
        lost = [{"what": f"{table}/{key}/{name}", "before": v, "after": None} for name, v in row.values.items()]
        row.delete()
        filing.version += 1
        filing.save(update_fields=["version", "changed_at"])
        _record(filing, acting_user, "remove_row", f"{filing}：删一行 {part.table.label.zh} {key}", lost)


def explain(
    *, filing: Filing, check: str, table: str, key: str, column: str, value: str, text: str, acting_user: User
) -> Explanation:
    """Write down why a doubtful value is right (填写说明); it holds for this value only.

    Raises:
        ReasonMissingError: the explanation is blank.
        FilingClosedError: the filing is not open.
    """
    if not text.strip():
        raise ReasonMissingError(step=_("填写说明"))
    with transaction.atomic():
        filing = _locked(filing)
        if not filing.is_open:
            raise FilingClosedError(filing=filing, state=filing.get_state_display())
        entry, _is_new = Explanation.objects.update_or_create(
            filing=filing,
            check_code=check,
            table=table,
            key=key,
            column=column,
            defaults={"value": value[:200], "text": text.strip(), "user": acting_user},
        )
        filing.version += 1
        filing.save(update_fields=["version", "changed_at"])
        what = "/".join(filter(None, (table, key, column)))
        changes = [{"what": f"{what} {check}", "before": None, "after": entry.text}]
        _record(filing, acting_user, "explain", f"{filing}：说明 {check}", changes)
    return entry


def take_step(*, filing: Filing, step: str, version: int, acting_user: User, reason: str = "") -> Filing:
    """Move a filing on: hand in, sign, pass, return, approve, verify, lock, unlock.

    Args:
        version: the version of the filing that the person looked at.

    Raises:
        StepNotPossibleError: the state does not allow it, or it is not this person's to take.
        PeriodClosedError: the period is closed.
        ChangedMeanwhileError: the filing has changed since.
        ReasonMissingError: the step needs a reason.
        FilingHasFindingsError: the data are not sound; nothing happened.
    """
    wanted = find_step(step, filing.state, filing.route)
    if wanted and wanted.needs_reason and not reason.strip():
        raise ReasonMissingError(step=wanted.label)
    # The check takes a while and is made before the lock; the version says whether it still holds.
    found = selectors.checked(filing) if wanted and wanted.needs_sound_data else None
    with transaction.atomic():
        filing = _locked(filing)
        wanted = find_step(step, filing.state, filing.route)
        if wanted is None or not selectors.may_take(acting_user, wanted, filing):
            label = next((entry.label for entry in steps_named(step)), step)
            raise StepNotPossibleError(filing=filing, state=filing.get_state_display(), step=label)
        if filing.period.closed_at is not None:
            raise PeriodClosedError(period=filing.period, step=wanted.label)
        if filing.version != version:
            raise ChangedMeanwhileError(filing=filing, step=wanted.label)
        if found is not None:
            if not found.is_sound:
                raise FilingHasFindingsError(filing=filing, errors=found.errors, open=found.to_explain)
            make_version(filing, step=step, acting_user=acting_user)
            filing.handed_in_at = filing.handed_in_at or timezone.now()
            filing.errors, filing.to_explain = 0, 0
            filing.filled, filing.asked, filing.jumps = found.filled, found.asked, found.jumps
        before, filing.state = filing.state, wanted.to
        filing.version += 1
        filing.save()
        if wanted.to == State.APPROVED:
            _keep_record(filing)
        changes = [{"what": "state", "before": before, "after": filing.state}]
        _record(filing, acting_user, f"step:{step}", f"{filing}：{wanted.label}", changes, reason.strip())
        transaction.on_commit(
            lambda: notify_of_step(filing=filing, step=wanted, reason=reason, acting_user=acting_user)
        )
    return filing


def correct_cell(*, filing: Filing, change: CellChange, version: int, reason: str, acting_user: User) -> Filing:
    """Correct one figure of an approved filing (数据调整): a new version with the reason, the old one stays.

    Raises:
        ReasonMissingError, ChangedMeanwhileError, UnknownCellError: see ``take_step`` and ``save_cells``.
        FilingHasFindingsError: with the correction the data have errors; nothing happened.
        FilingClosedError: the filing is not approved (then it can be returned), or locked.
    """
    if not reason.strip():
        raise ReasonMissingError(step=_("数据调整"))
    with transaction.atomic():
        filing = _locked(filing)
        if filing.state not in (State.APPROVED, State.VERIFIED):
            raise FilingClosedError(filing=filing, state=filing.get_state_display())
        if filing.version != version:
            raise ChangedMeanwhileError(filing=filing, step=_("数据调整"))
        row = filing.rows.filter(table=change.table, key=change.key).first()
        if row is None or form_of(filing).column(change.table, change.column) is None:
            raise UnknownCellError(table=change.table, key=change.key, column=change.column)
        before = row.values.get(change.column, "")
        row.values[change.column] = change.after.strip()[:_LONGEST]
        row.authors[change.column] = [acting_user.pk, timezone.now().isoformat(timespec="seconds")]
        row.save(update_fields=["values", "authors"])
        if errors := selectors.checked(filing).errors:
            raise FilingHasFindingsError(filing=filing, errors=errors, open=0)
        make_version(filing, step="correct", acting_user=acting_user, reason=reason.strip())
        filing.version += 1
        filing.save(update_fields=["version", "changed_at"])
        _keep_record(filing)
        what = "/".join(filter(None, (change.table, change.key, change.column)))
        changes = [{"what": what, "before": before, "after": row.values[change.column]}]
        _record(filing, acting_user, "correct_cell", f"{filing}：数据调整", changes, reason.strip())
    return filing


def add_comment(
    *, filing: Filing, text: str, acting_user: User, table: str = "", key: str = "", column: str = ""
) -> Comment:
    """Remark on a filing or on one of its cells."""
    if not text.strip():
        raise ReasonMissingError(step=_("批注"))
    with transaction.atomic():
        comment = Comment.objects.create(
            filing=filing, table=table, key=key, column=column, text=text.strip(), user=acting_user
        )
        what = "/".join(filter(None, (table, key, column))) or "filing"
        changes = [{"what": what, "before": None, "after": comment.text}]
        _record(filing, acting_user, "comment", f"{filing}：批注", changes)
    return comment


def settle_comment(*, comment: Comment, acting_user: User) -> Comment:
    """Mark a remark as dealt with."""
    with transaction.atomic():
        comment.settled_at = timezone.now()
        comment.save(update_fields=["settled_at"])
        _record(comment.filing, acting_user, "settle_comment", f"{comment.filing}：批注已处理", [])
    return comment


def count_findings(*, filing: Filing, errors: int, to_explain: int, filled: int, asked: int) -> None:
    """Keep the counts of a check for the lists; they decide nothing, so they are no event."""
    Filing.objects.filter(pk=filing.pk).update(errors=errors, to_explain=to_explain, filled=filled, asked=asked)


def _keep_record(filing: Filing) -> None:
    """An approved row of 学校名录 or 县基本情况 becomes what the place is recorded with from now on."""
    for table in OF_THE_PLACE:
        row = filing.rows.filter(table=table).first()
        if row is not None:
            Place.objects.filter(pk=filing.place_id).update(record={**filing.place.record, **row.values})


def _locked(filing: Filing) -> Filing:
    related = ("period__county", "place__parent")
    return Filing.objects.select_for_update(of=("self",)).select_related(*related).get(pk=filing.pk)


def _record(
    filing: Filing, user: User, action: str, summary: str, changes: Sequence[Mapping[str, Any]], reason: str = ""
) -> None:
    record(
        acting_user=user,
        action=action,
        subject=f"filing:{filing.pk}",
        place=filing.place,
        summary=summary,
        changes=changes,
        reason=reason,
    )
