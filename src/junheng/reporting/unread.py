"""What stands in the statistics forms and did not read: cells, fields whose words are gone, rows, files sent twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.base.terms import Stage
from junheng.intake import rules
from junheng.intake.forms.figure import FormFigure
from junheng.intake.forms.mapping import Form, FormField, load_forms
from junheng.intake.read import FileRead, Reading, Tally
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding
from junheng.tables.model import Need

_CELL = re.compile(r"^(.*)!([A-Z]+)(\d+)$")
_FIELDS_GONE = frozenset({rules.FORM_WORDS_MISSING.code, rules.EXPORT_HEADS_MISSING.code})
Row = tuple[str, int]  # a sheet, and the number of the row


@dataclass(frozen=True)
class UnreadCell:
    """A figure that a form should give and that did not read.

    Attributes:
        school_code: empty where the row was refused with its code.
        cell: its address; the sheet alone where the words that lead to it are gone.
    """

    generation: str
    form: str
    table: str
    column: str
    stage: str
    school_code: str
    cell: str


def cell_parts(address: str) -> tuple[str, str, int] | None:
    """Sheet, letters and number of ``小学!D17``; None where only a sheet is named."""
    match = _CELL.match(address)
    return (match[1], match[2], int(match[3])) if match else None


def place_of(address: str) -> str:
    """The sheet of an address."""
    parts = cell_parts(address)
    return parts[0] if parts else address


def unread_cells(reading: Reading, figures: Sequence[FormFigure]) -> tuple[UnreadCell, ...]:
    """Every figure that did not read, once: cells at fault, cells of refused rows, fields whose words are gone."""
    found = [*_at_fault(reading, figures), *_of_refused_rows(reading, figures), *_without_words(reading, figures)]
    return tuple(dict.fromkeys(found))


def was_not_read(finding: Finding) -> bool:
    """Whether a cell with this finding holds something that was left out."""
    return finding.blocks or finding.check == rules.FORMULA_EMPTY.code


def _at_fault(reading: Reading, figures: Sequence[FormFigure]) -> Iterator[UnreadCell]:
    wrong = {finding.cell for finding in reading.findings if was_not_read(finding)}
    for figure in figures:
        if figure.value is None and figure.school_code is not None and figure.cell in wrong:
            yield _unread(figure, figure.school_code, figure.cell)


def refused_rows(reading: Reading, figures: Sequence[FormFigure]) -> dict[Row, None]:
    """Rows of exports in which a cell is wrong and of which nothing was taken."""
    kept = {parts[::2] for f in figures if f.school_code is not None and (parts := cell_parts(f.cell))}
    refusing = {tally.sheet for tally in refusals(reading)}
    rows = {parts[::2]: None for f in reading.findings if f.blocks and (parts := cell_parts(f.cell))}
    return {row: None for row in rows if row[0] in refusing and row not in kept}


def refusals(reading: Reading) -> list[Tally]:
    """The exports with refused rows; the template's own sheet for stages is no form."""
    own = reading.dataset.tables["stage_year"].label.zh
    return [t for t in reading.tally if t.table == "stage_year" and t.rejected and not t.sheet.endswith(own)]


def _of_refused_rows(reading: Reading, figures: Sequence[FormFigure]) -> Iterator[UnreadCell]:
    """The cells of refused rows in the columns that the rest of the sheet, or its total row, was read from."""
    rows: dict[str, list[int]] = {}
    for place, number in refused_rows(reading, figures):
        rows.setdefault(place, []).append(number)
    columns: dict[tuple[str, str, str, str, str], FormFigure] = {}
    for figure in figures:
        parts = cell_parts(figure.cell)
        if parts and parts[0] in rows:
            columns.setdefault((*parts[:2], figure.table, figure.column, figure.stage), figure)
    for (place, letter, *_), figure in columns.items():
        for number in rows[place]:
            yield _unread(figure, "", f"{place}!{letter}{number}")


def _without_words(reading: Reading, figures: Sequence[FormFigure]) -> Iterator[UnreadCell]:
    """Figures of a form that lacks their row or head, where nothing else gave them either.

    A form is printed whole: every row and head counts that it must have, or that the same form of another school has.
    An export is of the columns that were chosen: there only those count that the reading misses.
    """
    missed = {place_of(finding.cell) for finding in reading.findings if finding.check in _FIELDS_GONE}
    read = {(f.school_code, f.form, f.table, f.column, f.stage) for f in figures}
    elsewhere = {key[1:] for key in read if key[0] is not None}
    rows = _Filled(reading.dataset)
    schools = {(place_of(f.cell), f.generation, f.form, f.school_code): None for f in figures if f.school_code}
    stages_of: dict[str | None, set[str]] = {}
    for figure in figures:
        stages_of.setdefault(figure.school_code, set()).update([figure.stage] if figure.stage else [])
    for place, generation, form, code in schools:
        whole = _form(generation, form) is not None
        if not whole and place not in missed:
            continue
        for entry, stage in _fields(generation, form, stages_of[code]):
            asked = (form, entry.table, entry.column, stage)
            printed = not entry.optional or asked in elsewhere
            if printed and (code, *asked) not in read and rows.wanting(entry, code, stage, whole=whole):
                yield UnreadCell(generation, form, entry.table, entry.column, stage, code, place)


def _form(generation: str, label: str) -> Form | None:
    """The form of that label; None where it is the name of an export's sheet."""
    known = load_forms()[generation]
    return known.forms.get(label.removeprefix(known.prefix)) if label.startswith(known.prefix) else None


def _fields(generation: str, label: str, stages: set[str]) -> Iterator[tuple[FormField, str]]:
    """The fields that a form of that label has for a school of these stages."""
    form = _form(generation, label)
    if form is not None:
        placed: Iterator[tuple[FormField, Stage | None]] = form.placed()
        pairs = [(entry, stage.value if stage else "") for entry, stage in placed]
    else:
        pairs = [
            (entry, stage)
            for entry in load_forms()[generation].flat.fields
            for stage in (sorted(stages) if entry.table == "stage_year" else [""])
            if entry.stage is None or entry.stage.value == stage
        ]
    for entry, of_stage in pairs:
        if not of_stage or of_stage in stages:
            yield entry, of_stage


class _Filled:
    """Whether the tables have a figure."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._rows: dict[str, dict[tuple[str, str], Mapping[str, object]]] = {}

    def wanting(self, entry: FormField, code: str, stage: str, *, whole: bool) -> bool:
        """Whether a number is blank that is asked of the school, or with ``whole`` merely could be had of it."""
        column = self._dataset.tables[entry.table].columns.get(entry.column)
        if column is None or not column.type.is_number or (column.need is Need.OPTIONAL and not whole):
            return False
        if stage and not column.applies_to({"stage": stage}):
            return False
        row = self._of(entry.table).get((code, stage))
        return row is None or row[entry.column] is None

    def _of(self, table: str) -> dict[tuple[str, str], Mapping[str, object]]:
        if table not in self._rows:
            rows = self._dataset[table].iter_rows(named=True)
            self._rows[table] = {(row["school_code"], row.get("stage") or ""): row for row in rows}
        return self._rows[table]


def _unread(figure: FormFigure, code: str, cell: str) -> UnreadCell:
    return UnreadCell(figure.generation, figure.form, figure.table, figure.column, figure.stage, code, cell)


def equal_files(files: Sequence[FileRead]) -> list[tuple[str, ...]]:
    """Names of the files that are one and the same, the first of each being the one that counts."""
    by_content: dict[str, list[str]] = {}
    for file in files:
        by_content.setdefault(file.sha256, []).append(file.name)
    return [tuple(names) for names in by_content.values() if len(names) > 1]


def once(
    figures: Sequence[FormFigure], repeated: Sequence[tuple[str, ...]]
) -> tuple[list[FormFigure], list[tuple[str, ...]]]:
    """The figures without those that another file or sheet gave already, and the sheets that were sent twice.

    A school of two stages stands in two exports, and what is of the whole school with it: that is no sheet sent twice.
    """
    copies = tuple(f"[{name}]" for names in repeated for name in names[1:])
    first: dict[tuple[str, ...], str] = {}
    kept: list[FormFigure] = []
    twice: dict[tuple[str, ...], None] = {}
    for figure in figures:
        if copies and figure.cell.startswith(copies):
            continue
        place, code = place_of(figure.cell), figure.school_code
        if code is None:
            kept.append(figure)
            continue
        key = (figure.generation, figure.form, figure.table, figure.column, code, figure.stage)
        if first.setdefault(key, place) == place:
            kept.append(figure)
        elif figure.stage:
            twice[first[key], place] = None
    return kept, list(twice)
