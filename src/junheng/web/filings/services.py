"""Writing filings: cells, steps, explanations, comments. Each write is one transaction with one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from junheng.web.access import Action, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import in_chinese, record
from junheng.web.errors import (
    ChangedMeanwhileError,
    FilingClosedError,
    FilingHasFindingsError,
    ReasonMissingError,
    StepNotPossibleError,
    UnknownCellError,
)
from junheng.web.filings import selectors
from junheng.web.filings.board_errors import OwnApprovalError, PeriodClosedError, PeriodNotBegunError
from junheng.web.filings.cells import Address, plain
from junheng.web.filings.form import OF_THE_PLACE, form_of
from junheng.web.filings.models import SCHOOL, Comment, Explanation, Filing, FilingRow, FilingVersion
from junheng.web.filings.naming import cell_label
from junheng.web.filings.reading import CellFinding, Checked, digest_of_finding
from junheng.web.filings.routing import route_of
from junheng.web.filings.states import OPEN_FOR_FILING, State, find_step, steps_named
from junheng.web.filings.versions import make_version
from junheng.web.notices.services import notify_of_correction, notify_of_step
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
        PeriodNotBegunError: it is not yet.
        UnknownCellError: the form has no such cell; then nothing at all is taken.
    """
    form = form_of(filing)
    with transaction.atomic():
        filing = _open_to(acting_user, filing)
        rows = {(row.table, row.key): row for row in filing.rows.all()}
        touched: dict[tuple[str, str], FilingRow] = {}
        taken: list[dict[str, Any]] = []
        conflicts = []
        now = timezone.now().isoformat(timespec="seconds")
        for change in changes:
            row = rows.get((change.table, change.key))
            if row is None or form.column(change.table, change.column) is None:
                raise UnknownCellError(table=change.table, key=change.key, column=change.column)
            standing, wanted = row.values.get(change.column, ""), plain(change.after)[:_LONGEST]
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
    if part is None or not part.grows or not all(plain(values.get(name, "")) for name in part.key):
        raise UnknownCellError(table=table, key="", column="、".join(part.key) if part else "")
    key = part.key_of({name: plain(values[name]) for name in part.key})
    with transaction.atomic():
        filing = _open_to(acting_user, filing)
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
        filing = _open_to(acting_user, filing)
        row = filing.rows.filter(table=table, key=plain(key)).first()
        if row is None:
            raise UnknownCellError(table=table, key=key, column="")
        lost = [{"what": f"{table}/{key}/{name}", "before": v, "after": None} for name, v in row.values.items()]
        row.delete()
        filing.version += 1
        filing.save(update_fields=["version", "changed_at"])
        _record(filing, acting_user, "remove_row", f"{filing}：删一行 {part.table.label.zh} {key}", lost)


def explain(*, filing: Filing, found: CellFinding, text: str, acting_user: User) -> Explanation:
    """Write down why a doubtful value is right (填写说明); it holds for this value and what it is held against only.

    Raises:
        ReasonMissingError: the explanation is blank.
        FilingClosedError, PeriodNotBegunError: the filing is not open.
    """
    if not selectors.may_fill(acting_user, filing):
        raise Http404
    return write_explanation(filing=filing, found=found, text=text, acting_user=acting_user)


def write_explanation(*, filing: Filing, found: CellFinding, text: str, acting_user: User) -> Explanation:
    """The same for whoever was asked already, such as an officer who imports what schools reported elsewhere."""
    if not plain(text):
        raise ReasonMissingError(step=_("填写说明"))
    with transaction.atomic():
        filing = _locked(filing)
        _require_open(filing, _("填写说明"))
        entry = _keep_explanation(filing, found, plain(text), acting_user)
        filing.version += 1
        filing.save(update_fields=["version", "changed_at"])
        _record(filing, acting_user, "explain", f"{filing}：说明 {entry.check_code}", [_as_change(entry)])
    return entry


def _keep_explanation(filing: Filing, found: CellFinding, text: str, user: User) -> Explanation:
    return Explanation.objects.update_or_create(
        filing=filing,
        check_code=found.finding.check,
        table=found.table,
        key=found.key,
        column=found.column,
        defaults={"digest": digest_of_finding(found.finding), "text": text, "user": user},
    )[0]


def _as_change(entry: Explanation) -> dict[str, Any]:
    what = "/".join(filter(None, (entry.table, entry.key, entry.column)))
    return {"what": f"{what} {entry.check_code}", "before": None, "after": entry.text}


def take_step(*, filing: Filing, step: str, version: int, acting_user: User, reason: str = "") -> Filing:
    """Move a filing on: hand in, sign, pass, return, approve, verify, lock, unlock.

    Args:
        version: the version of the filing that the person looked at.

    Raises:
        StepNotPossibleError: the state does not allow it, or it is not this person's to take.
        PeriodClosedError, PeriodNotBegunError: the period is closed, or has not begun for those who fill.
        OwnApprovalError: it would approve what this person handed in or signed herself.
        ChangedMeanwhileError: the filing has changed since.
        ReasonMissingError: the step needs a reason.
        FilingHasFindingsError: the data are not sound; nothing happened.
    """
    reason = plain(reason)
    wanted = find_step(step, filing.state, filing.route)
    if wanted and wanted.needs_reason and not reason:
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
        if wanted.is_filing:
            _require_begun(filing, wanted.label)
        if wanted.is_approval and acting_user.pk in _answer_for(filing):
            raise OwnApprovalError(filing=filing, step=wanted.label)
        if filing.version != version:
            raise ChangedMeanwhileError(filing=filing, step=wanted.label)
        if found is not None:
            if not found.is_sound:
                raise FilingHasFindingsError(filing=filing, errors=found.errors, open=found.to_explain)
            make_version(filing, step=step, acting_user=acting_user, found=found)
            filing.handed_in_at = filing.handed_in_at or timezone.now()
            _keep_counts(filing, found)
        before, filing.state = filing.state, wanted.to
        if wanted.to in OPEN_FOR_FILING and filing.office == SCHOOL:
            filing.route = route_of(filing.place)  # it goes the way that the school has now
        filing.version += 1
        filing.save()
        if wanted.name == "approve":
            _keep_record(filing)
        changes = [{"what": "state", "before": before, "after": filing.state}]
        _record(filing, acting_user, f"step:{step}", f"{filing}：{in_chinese(wanted.label)}", changes, reason)
        notify_of_step(filing=filing, step=wanted, reason=reason, acting_user=acting_user)
    return filing


def correct_cell(*, filing: Filing, change: CellChange, version: int, reason: str, acting_user: User) -> Filing:
    """Correct one figure of an approved filing (数据调整): a new version with the reason, the old one stays.

    The reason explains whatever is doubtful after it. What an inspector had verified is to be verified again.

    Raises:
        PeriodClosedError: the period is closed.
        ReasonMissingError, ChangedMeanwhileError, UnknownCellError: see ``take_step`` and ``save_cells``.
        FilingHasFindingsError: with the correction the data have errors; nothing happened.
        FilingClosedError: the filing is not approved (then it can be returned), or locked.
    """
    if not plain(reason):
        raise ReasonMissingError(step=_("数据调整"))
    require(acting_user, Action.CORRECT, filing.place)
    with transaction.atomic():
        filing = _locked(filing)
        if filing.period.closed_at is not None:
            raise PeriodClosedError(period=filing.period, step=_("数据调整"))
        if filing.state not in (State.APPROVED, State.VERIFIED):
            raise FilingClosedError(filing=filing, state=filing.get_state_display())
        if filing.version != version:
            raise ChangedMeanwhileError(filing=filing, step=_("数据调整"))
        row = filing.rows.filter(table=change.table, key=plain(change.key)).first()
        if row is None or form_of(filing).column(change.table, change.column) is None:
            raise UnknownCellError(table=change.table, key=change.key, column=change.column)
        before = row.values.get(change.column, "")
        row.values[change.column] = plain(change.after)[:_LONGEST]
        row.authors[change.column] = [acting_user.pk, timezone.now().isoformat(timespec="seconds")]
        row.save(update_fields=["values", "authors"])
        found = selectors.checked(filing)
        if found.errors:
            raise FilingHasFindingsError(filing=filing, errors=found.errors, open=0)
        reason = plain(reason)
        explained = [_keep_explanation(filing, doubt, reason, acting_user) for doubt in found.doubts]
        make_version(filing, step="correct", acting_user=acting_user, reason=reason, found=selectors.checked(filing))
        _keep_counts(filing, found)
        was_verified, filing.state = filing.state == State.VERIFIED, State.APPROVED
        filing.version += 1
        filing.save()
        _keep_record(filing)
        address = Address(change.table, row.key, change.column)
        changes = [{"what": address.in_log, "before": before, "after": row.values[change.column]}]
        if was_verified:
            changes.append({"what": "state", "before": State.VERIFIED, "after": State.APPROVED})
        changes += [_as_change(entry) for entry in explained]
        _record(filing, acting_user, "correct_cell", f"{filing}：数据调整", changes, reason)
        notify_of_correction(
            filing=filing,
            cell=cell_label(form_of(filing), address),
            reason=reason,
            was_verified=was_verified,
            acting_user=acting_user,
        )
    return filing


def add_comment(
    *, filing: Filing, text: str, acting_user: User, table: str = "", key: str = "", column: str = ""
) -> Comment:
    """Remark on a filing or on one of its cells."""
    require(acting_user, Action.COMMENT, filing.place)
    if not plain(text):
        raise ReasonMissingError(step=_("批注"))
    with transaction.atomic():
        comment = Comment.objects.create(
            filing=filing, table=table, key=key, column=column, text=plain(text), user=acting_user
        )
        what = "/".join(filter(None, (table, key, column))) or "filing"
        changes = [{"what": what, "before": None, "after": comment.text}]
        _record(filing, acting_user, "comment", f"{filing}：批注", changes)
    return comment


def settle_comment(*, comment: Comment, acting_user: User) -> Comment:
    """Mark a remark as dealt with."""
    if not selectors.may_settle(acting_user, comment):
        raise Http404
    with transaction.atomic():
        comment.settled_at = timezone.now()
        comment.save(update_fields=["settled_at"])
        _record(comment.filing, acting_user, "settle_comment", f"{comment.filing}：批注已处理", [])
    return comment


def count_findings(*, filing: Filing, errors: int, to_explain: int, filled: int, asked: int) -> None:
    """Keep the counts of a check for the lists; they decide nothing, so they are no event."""
    Filing.objects.filter(pk=filing.pk).update(errors=errors, to_explain=to_explain, filled=filled, asked=asked)


def _keep_counts(filing: Filing, found: Checked) -> None:
    """The counts of a filing in which nothing is wrong or unexplained."""
    filing.errors, filing.to_explain = 0, 0
    filing.filled, filing.asked, filing.jumps = found.filled, found.asked, found.jumps


def _keep_record(filing: Filing) -> None:
    """An approved row of 学校名录 or 县基本情况 becomes what the place is recorded with from now on.

    An earlier year that is mended says nothing of what the place is now: only the newest one that was filed does.
    """
    rows = list(filing.rows.filter(table__in=OF_THE_PLACE))
    later = FilingVersion.objects.filter(
        filing__place=filing.place_id,
        filing__office=filing.office,
        filing__period__school_year__gt=filing.period.school_year,
    )
    if not rows or later.exists():
        return
    place = Place.objects.select_for_update(of=("self",)).get(pk=filing.place_id)
    for row in rows:
        place.record = {**place.record, **row.values}
    place.save(update_fields=["record"])


def _answer_for(filing: Filing) -> set[int]:
    """Who handed in and who signed what is filed now."""
    steps = filing.versions.order_by("-number").values_list("step", "made_by")
    found: dict[str, int] = {}
    for step, user in steps:
        found.setdefault(step, user)
    return {found[step] for step in ("hand_in", "sign") if step in found}


def _open_to(user: User, filing: Filing) -> Filing:
    """The filing, locked for a write; only while it is open, and for those who fill it."""
    if not selectors.may_fill(user, filing):
        raise Http404
    filing = _locked(filing)
    _require_open(filing, _("填报"))
    return filing


def _require_open(filing: Filing, doing: str) -> None:
    if filing.is_open:
        return
    if filing.state in OPEN_FOR_FILING:
        _require_begun(filing, doing)
    raise FilingClosedError(filing=filing, state=filing.get_state_display())


def _require_begun(filing: Filing, doing: str | Promise) -> None:
    if not filing.period.has_begun_on(timezone.localdate()):
        raise PeriodNotBegunError(period=filing.period, day=filing.period.opens_on, step=doing)


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
