"""The job that takes a county's workbook into the filings of a period (DAT-01), all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.urls import reverse
from django.utils import timezone

from junheng.intake.read import Reading
from junheng.tables.dataset import Dataset
from junheng.tables.finding import blocking
from junheng.web.access import Action, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.filings.composing import compose
from junheng.web.filings.filling import Wanted, notes_in, rows_in
from junheng.web.filings.models import SCHOOL, Filing, FilingRow, Period
from junheng.web.filings.selectors import get_period
from junheng.web.filings.taking import explain_by_notes
from junheng.web.filings.uploads import Kept
from junheng.web.jobs.errors import FileGoneError, NothingFiledError, WorkbookNotSoundError
from junheng.web.jobs.work import Work
from junheng.workflow import check

_ROWS_AT_ONCE = 200


@dataclass
class Reconciled:
    """What became of a workbook: counts that add up to what was in it and to what was to be filed.

    Attributes:
        filled: filings that took figures.
        same: filings whose figures stood there already.
        closed: filings that are handed in or further and were left as they are.
        without: filings for which the workbook has nothing.
        unknown: school codes of the workbook that have no filing in the period.
    """

    filled: int = 0
    cells: int = 0
    same: int = 0
    closed: list[str] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def import_workbook(work: Work) -> None:
    """Fill the open filings of a period; arguments: ``period``, ``file`` (its digest), ``name``.

    Raises:
        WorkbookNotSoundError: the workbook has errors.
        NothingFiledError: it has nothing for this period.
    """
    period = get_period(pk=work.arguments["period"], user=work.user)
    require(work.user, Action.MANAGE_PERIODS, period.county)
    name = work.arguments["name"]
    work.tell(0, 2, name)
    reading = _read(work, period)
    if errors := blocking(reading.findings):
        raise WorkbookNotSoundError(file=name, count=len(errors), place=errors[0].cell, first=errors[0].message)
    work.tell(1, 2, str(period))
    with work.ending():
        found = take_dataset(period=period, dataset=reading.dataset, source=name, acting_user=work.user)
        work.result |= {
            "url": reverse("filings:board"),
            "filled": found.filled,
            "cells": found.cells,
            "same": found.same,
            "closed": found.closed,
            "without": found.without,
            "unknown": found.unknown,
        }


def _read(work: Work, period: Period) -> Reading:
    name = work.arguments["name"]
    kept = Kept(work.arguments["file"], Path(name).suffix.casefold(), name)
    if not kept.path.is_file():
        raise FileGoneError(name=name)
    with TemporaryDirectory(prefix="junheng-import-") as folder:
        # Under a name of our own: what the sender called it goes into messages only.
        place = Path(folder) / f"上传的文件{kept.suffix}"  # zh: data
        place.symlink_to(kept.path.resolve())
        return check(place, standard=period.standard)


def take_dataset(*, period: Period, dataset: Dataset, source: str, acting_user: User) -> Reconciled:
    """Write the rows of a dataset into the open filings of a period. Called inside a transaction.

    Raises:
        NothingFiledError: there is not one row for any filing of the period.
    """
    filings = list(
        Filing.objects.select_for_update(of=("self",))
        .filter(period=period)
        .select_related("period__county", "place__parent")
        .prefetch_related("rows")
    )
    # What stands, as a workbook would write it: 1,280 and 1280 are the same figure.
    read = compose(period, only_approved=False).reading.dataset
    found, any_rows = Reconciled(), False
    explained: list[tuple[Filing, Mapping[tuple[str, str], str]]] = []
    filled: list[tuple[Filing, list[dict[str, Any]]]] = []
    now = timezone.now().isoformat(timespec="seconds")
    old: list[FilingRow] = []
    new: list[FilingRow] = []
    for filing in filings:
        wanted = {table: rows for table, rows in rows_in(dataset, filing).items() if rows}
        if not any(values for rows in wanted.values() for values in rows.values()):
            found.without.append(str(filing.place))
            continue
        any_rows = True
        if not filing.is_open:
            found.closed.append(str(filing.place))
            continue
        if told := notes_in(dataset, filing):
            explained.append((filing, told))
        changes = _fill(filing, wanted, rows_in(read, filing), acting_user, now, old, new)
        if not changes:
            found.same += 1
            continue
        found.filled, found.cells = found.filled + 1, found.cells + len(changes)
        filing.version += 1
        filing.changed_at = timezone.now()
        filled.append((filing, changes))
    if not any_rows:
        raise NothingFiledError(file=source, period=period, year=period.school_year)
    FilingRow.objects.bulk_update(old, ["values", "authors"], batch_size=_ROWS_AT_ONCE)
    FilingRow.objects.bulk_create(new, batch_size=_ROWS_AT_ONCE)
    Filing.objects.bulk_update(filings, ["version", "changed_at"], batch_size=_ROWS_AT_ONCE)
    for filing, notes in explained:
        explain_by_notes(
            Filing.objects.select_related("period__county", "place__parent").get(pk=filing.pk), notes, acting_user
        )
    # Last: from the first event to the end of the transaction everybody else who writes waits.
    for filing, changes in filled:
        record(
            acting_user=acting_user,
            action="import",
            subject=f"filing:{filing.pk}",
            place=filing.place,
            summary=f"{filing}：从“{source}”导入 {len(changes)} 个数",
            changes=changes,
        )
    known = {filing.place.code for filing in filings if filing.office == SCHOOL}
    found.unknown = sorted(set(dataset["school"]["school_code"]) - known)
    return found


def _fill(
    filing: Filing,
    wanted: Wanted,
    standing: Wanted,
    user: User,
    now: str,
    old: list[FilingRow],
    new: list[FilingRow],
) -> list[dict[str, Any]]:
    """Put figures into the rows of a filing; a blank in the workbook leaves standing what is there."""
    have = {(row.table, row.key): row for row in filing.rows.all()}
    changes = []
    for table, rows in wanted.items():
        for order, (key, values) in enumerate(rows.items()):
            row = have.get((table, key))
            is_new = row is None
            if row is None:
                row = FilingRow(filing=filing, table=table, key=key, order=order)
            stands = standing.get(table, {}).get(key, {})
            differs = {c: v for c, v in values.items() if v != "" and stands.get(c, "") != v}
            if not differs and not is_new:
                continue
            for column, value in differs.items():
                what = "/".join(filter(None, (table, key, column)))
                changes.append({"what": what, "before": row.values.get(column, ""), "after": value})
                row.values[column] = value
                row.authors[column] = [user.pk, now]
            (new if is_new else old).append(row)
    return changes
