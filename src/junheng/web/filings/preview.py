"""What a workbook would change in a filing, cell by cell, and what of it is not taken and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from junheng.intake.read import Reading, Tally
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding, Severity, by_cause
from junheng.web.filings.cells import Address
from junheng.web.filings.errors import NothingForFilingError
from junheng.web.filings.filling import Wanted, notes_in, rows_in
from junheng.web.filings.form import OF_THE_PLACE, Form, FormTable, form_of
from junheng.web.filings.models import SCHOOL, Filing
from junheng.web.filings.naming import cell_label, row_label
from junheng.web.filings.reading import Checked, Rows
from junheng.web.filings.services import CellChange
from junheng.web.templatetags.words import label


@dataclass(frozen=True, slots=True)
class Line:
    """One cell that would change, or that the file leaves blank."""

    address: Address
    name: str
    standing: str
    wanted: str
    where: str  # sheet and cell of the file


@dataclass(frozen=True)
class Preview:
    """What would happen; ``read = changed + unchanged + refused``, each a number of cells of the rows that were read.

    A row with a cell that cannot be read is not read at all: ``unread_rows``, told by the errors.
    """

    changed: tuple[Line, ...]
    left_blank: tuple[Line, ...]  # blank in the file, filled in the filing: kept
    unchanged: int
    new_rows: tuple[tuple[str, Mapping[str, str]], ...]
    new_row_names: tuple[str, ...]
    notes: Mapping[tuple[str, str], str]
    refused: tuple[tuple[str, int], ...]  # why, and how many cells
    findings: tuple[tuple[Finding, ...], ...]  # by cause; blanks are told on the page itself
    sheets: tuple[Tally, ...]  # how the rows of each sheet add up
    unread_rows: int

    @property
    def read(self) -> int:
        return len(self.changed) + self.unchanged + self.refused_count

    @property
    def refused_count(self) -> int:
        return sum(count for _why, count in self.refused)

    @property
    def changes(self) -> list[CellChange]:
        return [
            CellChange(e.address.table, e.address.key, e.address.column, e.standing, e.wanted) for e in self.changed
        ]


def preview_of(filing: Filing, reading: Reading, rows: Rows, checked: Checked) -> Preview:
    """Hold what was read against what stands in the filing.

    Raises:
        NothingForFilingError: the file has nothing of this filing.
    """
    form = form_of(filing)
    wanted = rows_in(reading.dataset, filing)
    unread = sum(sheet.rejected for sheet in reading.tally)
    if not unread and not any(values for table in wanted.values() for values in table.values()):
        raise NothingForFilingError(file=_("上传的文件"), filing=filing, found=_found(reading.dataset))
    # What stands, as it would be written in a workbook: 1,280 and 1280 are the same figure.
    standing = rows_in(checked.reading.dataset, filing)
    changed, blank, refused, new_rows, unchanged = [], [], dict[str, int](), [], 0
    for table, entries in wanted.items():
        part = form.parts[table]
        places = _places(reading.dataset, filing, part)
        for key, values in entries.items():
            is_new = key not in rows.get(table, {})
            if is_new and not part.grows:
                _count(refused, _("填报里没有“{row}”这一行").format(row=row_label(part, key) or key), len(values))
                continue
            if is_new and values:
                new_rows.append((table, part.key_values(key)))
            typed = rows.get(table, {}).get(key, {})
            for column in part.columns:
                address = Address(table, key, column.name)
                old, new = typed.get(column.name, ""), values.get(column.name, "")
                where = reading.dataset.cell(table, places[key], column.name) if key in places else ""
                line = Line(address, cell_label(form, address), old, new, where)
                if not new:
                    blank += [line] if old else []
                elif new in (old, standing.get(table, {}).get(key, {}).get(column.name)):
                    unchanged += 1
                else:
                    changed.append(line)
    _count_others(refused, filing, reading.dataset, form, wanted)
    told = [f for f in reading.findings if f.severity is not Severity.EXPLAIN]
    return Preview(
        changed=tuple(changed),
        left_blank=tuple(blank),
        unchanged=unchanged,
        new_rows=tuple(new_rows),
        new_row_names=tuple(
            f"{label(form.parts[table].table)} {row_label(form.parts[table], form.parts[table].key_of(keys))}"
            for table, keys in new_rows
        ),
        notes=notes_in(reading.dataset, filing),
        refused=tuple(refused.items()),
        findings=tuple(tuple(group) for group in by_cause(told)),
        sheets=reading.tally,
        unread_rows=unread,
    )


def _count(refused: dict[str, int], why: str, cells: int) -> None:
    if cells:
        refused[why] = refused.get(why, 0) + cells


def _count_others(refused: dict[str, int], filing: Filing, dataset: Dataset, form: Form, wanted: Wanted) -> None:
    """Cells of other schools, other years, or of columns that this form does not have."""
    for table, frame in dataset.frames.items():
        if frame.is_empty():
            continue
        keys = {*dataset.tables[table].key, *OF_THE_PLACE.get(table, ()), "note"}
        part = form.parts.get(table)
        own = "school_code" if filing.office == SCHOOL else "county_code"
        code = filing.place.code if filing.office == SCHOOL else filing.period.county.code
        for row in frame.iter_rows(named=True):
            cells = [name for name, value in row.items() if value is not None and name not in keys]
            if own in row and row[own] != code:
                why = _("属于 {code}，不是“{place}”：您只能填报本单位的数据").format(code=row[own], place=filing.place)
            elif part is None:
                why = _("“{table}”不由您填报").format(table=label(dataset.tables[table]))
            elif part.key_of({name: str(row[name]) for name in part.key}) not in wanted.get(table, {}) or (
                row.get("school_year") not in (None, filing.period.school_year)
            ):
                why = _("不是 {year} 学年的").format(year=filing.period.school_year)
            else:
                asked = {column.name for column in part.columns}
                cells = [name for name in cells if name not in asked]
                why = _("“{table}”里不由您填报的列").format(table=label(part.table))
            _count(refused, why, len(cells))


def _places(dataset: Dataset, filing: Filing, part: FormTable) -> dict[str, int]:
    """Where in its frame each row of this filing stands, by key."""
    frame = dataset.frames[part.table.name]
    return {
        part.key_of({name: str(row[name]) for name in part.key}): place
        for place, row in enumerate(frame.iter_rows(named=True))
        if (filing.office != SCHOOL or row.get("school_code") == filing.place.code)
        and row.get("school_year") in (None, filing.period.school_year)
    }


def _found(dataset: Dataset) -> str:
    """The schools, or the tables, that a file has."""
    codes = sorted(
        {str(code) for f in dataset.frames.values() if "school_code" in f.columns for code in f["school_code"].unique()}
    )
    tables = [label(dataset.tables[name]) for name, frame in dataset.frames.items() if not frame.is_empty()]
    return _("、").join(codes[:5] or tables) or _("没有任何一行")
