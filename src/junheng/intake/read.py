"""读入：a workbook, a CSV file or a folder of them becomes one dataset, every doubt and every row accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from junheng.base.errors import JunhengError
from junheng.intake import limits, rules
from junheng.intake.csv_file import read_csv
from junheng.intake.errors import (
    EmptyFileError,
    EmptyFolderError,
    FileMissingError,
    FileUnreadableError,
    LegacyWorkbookError,
    NoTableError,
    TooLargeError,
    UnknownTypeError,
)
from junheng.intake.forms.figure import FormFigure
from junheng.intake.forms.kinds import kinds_of_whole_schools
from junheng.intake.forms.read import Forms, FormSheet
from junheng.intake.heads import SEARCHED_ROWS, Heads, Recogniser
from junheng.intake.join import Piece, join
from junheng.intake.rows import SheetRows, Tally, read_rows
from junheng.intake.sheet import Sheet, index_of, split_address
from junheng.intake.template import OWN_SHEETS
from junheng.intake.wording import key_of
from junheng.intake.xlsx_file import read_xlsx
from junheng.store.snapshot import SourceFile as FileRead
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset, Origin
from junheng.tables.finding import Finding, blocking
from junheng.tables.model import Table, Tables

__all__ = ["FileRead", "Reading", "Tally", "read_file"]

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
_TEXTS = frozenset({".csv", ".tsv", ".txt"})
_LEGACY = {
    ".xls": "旧版 Excel（.xls）",
    ".et": "WPS 表格（.et）",
    ".xlsb": "Excel 二进制（.xlsb）",
    ".ods": "OpenDocument（.ods）",
    ".numbers": "Numbers",
}
_OF_FORMS = {"school", "school_year", "stage_year"}  # tables that official forms fill


@dataclass(frozen=True)
class Reading:
    """What was read: the dataset, all findings by sheet and row, and how the rows of each sheet add up.

    ``figures`` are those taken from official forms, one by one; empty where there were none.
    """

    dataset: Dataset
    findings: tuple[Finding, ...]
    tally: tuple[Tally, ...]
    files: tuple[FileRead, ...]
    figures: tuple[FormFigure, ...] = ()

    @property
    def blocked(self) -> bool:
        """Whether a 错误 stands in the way: then nothing may be committed or judged."""
        return bool(blocking(self.findings))


def read_file(path: Path, tables: Tables) -> Reading:
    """Read a workbook, a CSV file, or a folder of them (school workbooks combine), and check all of it.

    Sheets may be tables of the template or official forms of education statistics, together: rows of one key are one.

    In a folder a file that does not read is a finding beside the others; alone it is an error. Hidden sheets are never
    read: one that looks like a table is an error to be settled by whoever sent it.

    Raises:
        JunhengError: the file as a whole cannot be read (see ``intake.errors``).
    """
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:
        raise FileMissingError(file=path.name[:200]) from error
    if not exists:
        raise FileMissingError(file=path)
    sheets, files, findings = _read_folder(path) if is_folder else _open(path)
    return _combine(path.name, sheets, files, findings, tables)


def read_sheets(name: str, sheets: Sequence[Sheet], tables: Tables) -> Reading:
    """Read sheets that never were a file, such as the rows of a form, by the same rules.

    Raises:
        NoTableError: none of them is a table.
    """
    return _combine(name, sheets, [], [], tables)


Opened = tuple[list[Sheet], list[FileRead], list[Finding]]


def _read_folder(folder: Path) -> Opened:
    sheets: list[Sheet] = []
    files: list[FileRead] = []
    findings: list[Finding] = []
    try:
        found = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
    except OSError as error:
        raise FileUnreadableError(file=folder.name, reason=error.strerror or "系统拒绝访问") from error
    wanted = [path for path in found if path.suffix.casefold() in _WORKBOOKS | {".csv"} | set(_LEGACY)]
    if not wanted:
        raise EmptyFolderError(file=folder.name)
    if len(wanted) > limits.FILES:
        raise TooLargeError(file=folder.name, what="文件数", size=len(wanted), limit=limits.FILES)
    findings += [rules.FILE_NOT_READ.finding(path.name, file=path.name) for path in found if path not in wanted]
    for path in wanted:
        try:
            opened = _open(path, place="" if len(wanted) == 1 else f"[{path.name}]")
        except JunhengError as error:
            reason = error.message()
            findings.append(rules.FILE_FAILED.finding(path.name, reason=reason, cause=error.code))
            continue
        sheets += opened[0]
        files += opened[1]
        findings += opened[2]
    return sheets, files, findings


def _open(path: Path, place: str = "") -> Opened:
    name, suffix = path.name, path.suffix.casefold()
    try:
        size = path.stat().st_size
        if size > limits.FILE_BYTES:
            shown, limit = f"{size / 2**20:.0f} MB", f"{limits.FILE_BYTES / 2**20:.0f} MB"
            raise TooLargeError(file=name, what="文件大小", size=shown, limit=limit)
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileUnreadableError(file=name, reason=getattr(error, "strerror", None) or "系统拒绝访问") from error
    if not content:
        raise EmptyFileError(file=name)
    file = FileRead(name, hashlib.sha256(content).hexdigest(), len(content))
    if suffix in _WORKBOOKS:
        sheets, package = read_xlsx(name, content, place=place)
        told = [rules.MACROS.finding(name, file=name)] if package.has_macros else []
        return sheets, [file], told
    if suffix in _TEXTS:
        return [read_csv(name, content, place=place)], [file], []
    if suffix in _LEGACY:
        raise LegacyWorkbookError(file=name, format=_LEGACY[suffix])
    raise UnknownTypeError(file=name, suffix=suffix or "没有扩展名")


def _combine(
    name: str, sheets: Sequence[Sheet], files: Sequence[FileRead], findings: list[Finding], tables: Tables
) -> Reading:
    recogniser, forms = Recogniser(tables), Forms(tables)
    known: list[tuple[Sheet, Heads]] = []
    of_forms: list[FormSheet] = []
    for sheet in sheets:
        match _recognise(sheet, recogniser, forms, findings):
            case Heads() as heads:
                known.append((sheet, heads))
            case FormSheet() as form:
                of_forms.append(form)
    held = Counter(heads.table.name for _, heads in known)
    shared = {name for name, count in held.items() if count > 1} | (_OF_FORMS if of_forms else set())
    read = [
        read_rows(sheet, heads, recogniser.names[heads.table.name], shared=heads.table.name in shared)
        for sheet, heads in known
    ]
    for rows in read:
        findings += rows.findings
    from_forms = forms.read(of_forms, _county_codes(read))
    findings += from_forms.findings
    pieces_of_forms, of_parts = kinds_of_whole_schools(from_forms.pieces, tables)
    findings += _as_typed(of_parts, sheets)
    if not read and not of_forms and not blocking(findings):
        labels = "、".join(f"“{table.label.zh}”" for table in tables.tables.values())
        names_of_sheets = (
            "、".join(f"“{sheet.name}”{'（空）' if sheet.is_empty else ''}" for sheet in sheets[:20]) or "没有工作表"
        )
        raise NoTableError(file=name, sheets=names_of_sheets, known=labels)
    frames: dict[str, pl.DataFrame] = {}
    origins: dict[str, Origin] = {}
    rejected: dict[str, pl.DataFrame] = {}
    lost: Counter[int] = Counter()
    for table in tables.tables.values():
        parts = [rows for rows in read if rows.heads.table.name == table.name]
        pieces = [_piece(rows) for rows in parts]
        pieces += [piece for filled, piece in pieces_of_forms if filled == table.name]
        joined = join(table, pieces)
        frames[table.name] = joined.frame
        findings += _as_typed(joined.findings, sheets)
        lost.update({id(rows): joined.lost[number] for number, rows in enumerate(parts)})
        if joined.origin:
            origins[table.name] = joined.origin
            rejected[table.name] = _rejected(table, parts, joined.rejected)
    dataset = Dataset(tables, frames, origins, Path(name).stem)
    findings += _as_typed(check_dataset(dataset, rejected=rejected), sheets)
    findings += from_forms.gaps.findings(dataset)
    findings += _names(dataset, read)
    places = {sheet.place: number for number, sheet in enumerate(sheets)}
    return Reading(
        dataset,
        tuple(sorted(findings, key=lambda finding: _order_of(finding.cell, places))),
        (*(rows.tally.without(lost[id(rows)]) for rows in read), *from_forms.tally),
        tuple(files),
        tuple(from_forms.figures),
    )


def _recognise(sheet: Sheet, recogniser: Recogniser, forms: Forms, findings: list[Finding]) -> Heads | FormSheet | None:
    """What a sheet is: a table of ours, an official form, or nothing that is read; then it is said why."""
    if key_of(sheet.name) in OWN_SHEETS or sheet.is_empty:
        return None
    # A sheet that bears the name of one of our tables is that table.
    form = None if recogniser.by_name(sheet.name)[1] else forms.recognise(sheet)
    if isinstance(form, Finding):
        findings.append(form)
        return None
    name, heads = (None, None) if form else recogniser.recognise(sheet)
    form = form or (None if name else forms.recognise_export(sheet))
    if form is None and name is None:
        if not sheet.hidden:
            findings.append(rules.SHEET_NOT_READ.finding(sheet.place, sheet=sheet.name))
        return None
    label = form.label if form else recogniser.names[name].table.label.zh if name else ""
    if sheet.hidden:
        findings.append(rules.SHEET_HIDDEN.finding(sheet.place, sheet=sheet.name, table=label))
        return None
    if form:
        return form
    if heads is None:
        findings.append(rules.HEADS_MISSING.finding(sheet.place, sheet=sheet.name, table=label, rows=SEARCHED_ROWS))
    return heads


def _piece(rows: SheetRows) -> Piece:
    return Piece(rows.sheet.file, rows.sheet.place, rows.columns, rows.letters, rows.rows)


def _county_codes(read: Sequence[SheetRows]) -> dict[str, str]:
    """Codes of the counties that are filed, by comparable name: an export of many counties gives their names only."""
    found: dict[str, str] = {}
    for rows in read:
        # A damaged sheet may have lost either; that is said where it is read.
        if rows.heads.table.name == "county" and {"county_name", "county_code"} <= set(rows.columns):
            names = zip(rows.columns["county_name"], rows.columns["county_code"], strict=True)
            found |= {key_of(str(name)): str(code) for name, code in names if name and code}
    return found


def _rejected(table: Table, parts: Sequence[SheetRows], lacking: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    """Keys of the rows that did not read, as far as they did: other rows may refer to them without blame."""
    schema = {name: table.schema[name] for name in table.key}
    rows = []
    for part in parts:
        read = [name for name in table.key if name in part.columns]
        rows += [dict.fromkeys(schema) | dict(zip(read, keys, strict=True)) for keys in part.rejected_keys]
    rows += [dict(zip(schema, keys, strict=True)) for keys in lacking]
    return pl.DataFrame(rows, schema=schema)


def _as_typed(findings: Sequence[Finding], sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Show the cell as the person typed it, not as the checks hold it."""
    by_place = {sheet.place: sheet for sheet in sheets}
    for finding in findings:
        place, letters, number = split_address(finding.cell)
        sheet = by_place.get(place)
        if number is not None and sheet:
            yield replace(finding, value=sheet.shown(number - 1, index_of(letters)))
        else:
            yield finding


def _names(dataset: Dataset, read: Sequence[SheetRows]) -> Iterator[Finding]:
    """Where a school's name stands beside its code for the eye, the two must be of one school."""
    if "school" not in dataset.frames or "school_name" not in dataset["school"].columns:
        return
    listed: Mapping[str, str] = dict(dataset["school"].select("school_code", "school_name").iter_rows())
    for rows in read:
        index = next(
            (rows.heads.helpers[word] for word in ("学校名称", "学校", "校名") if word in rows.heads.helpers), None
        )
        if index is None or "school_code" not in rows.columns:
            continue
        for number, code in zip(rows.rows, rows.columns["school_code"], strict=True):
            shown = rows.sheet.shown(number - 1, index)
            name = listed.get(str(code))
            if shown and name and key_of(shown) != key_of(name):
                cell = rows.sheet.address(number - 1, index)
                yield rules.NAME_DIFFERS.finding(cell, shown, code=code, listed=name, value=shown, cause="school_name")


def _order_of(cell: str, places: Mapping[str, int]) -> tuple[int, int, int]:
    """Sort key of an address: files and sheets as they come, then row, then column."""
    place, letters, number = split_address(cell)
    if number is None:
        return places.get(cell, -1), 0, 0
    return places.get(place, len(places)), number, index_of(letters)
