"""What forms leave blank once everything is joined: a form that was not sent, words that were not found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from junheng.intake import rules
from junheng.intake.forms.mapping import Form, FormField, load_forms
from junheng.intake.forms.school import SchoolForm
from junheng.intake.join import Piece
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding
from junheng.tables.model import Need


@dataclass(frozen=True)
class FlatGap:
    """An export, the rows it filled, and the fields whose heads it does not have."""

    place: str
    pieces: Mapping[str, Piece]
    lacking: Sequence[tuple[FormField, str]]
    wider: Sequence[tuple[FormField, Finding]]  # fields of which there is a total that holds more


@dataclass
class Gaps:
    """What the forms of an import may leave blank; ``findings`` says what is blank after other sheets had their say."""

    schools: dict[str, tuple[tuple[SchoolForm, ...], frozenset[str]]] = field(default_factory=dict)
    exports: list[FlatGap] = field(default_factory=list)
    covered: set[object] = field(default_factory=set)  # schools of exports: no single form is asked of them

    def findings(self, dataset: Dataset) -> Iterator[Finding]:
        if not self.schools and not self.exports:
            return
        rows = _Rows(dataset)
        for code, (forms, stages) in self.schools.items():
            for form in forms:
                yield from _words_missing(form, rows)
            if code not in self.covered:
                yield from _forms_missing(code, forms, stages, rows)
        for export in self.exports:
            yield from _heads_missing(export, rows)


class _Rows:
    """The joined rows by their keys."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._rows: dict[str, dict[tuple[object, ...], dict[str, object]]] = {}

    def wanting(self, table: str, column: str, key: tuple[object, ...]) -> bool:
        """Whether a column that is asked for is blank in that row, or the row is not there."""
        definition = self.dataset.tables[table]
        if definition.columns[column].need is Need.OPTIONAL:
            return False
        row = self._of(table).get(key)
        return row is None or (row[column] is None and definition.columns[column].applies_to(row))

    def has(self, table: str, key: tuple[object, ...]) -> bool:
        return key in self._of(table)

    def _of(self, table: str) -> dict[tuple[object, ...], dict[str, object]]:
        if table not in self._rows:
            names = self.dataset.tables[table].key
            self._rows[table] = {
                tuple(row[name] for name in names): row for row in self.dataset[table].iter_rows(named=True)
            }
        return self._rows[table]

    def label(self, table: str, column: str) -> str:
        return f"“{self.dataset.tables[table].columns[column].label.zh}”"


def _key(table: str, code: object, year: int, stage: str) -> tuple[object, ...]:
    return {"school": (code,), "school_year": (code, year)}.get(table, (code, year, stage))


def _words_missing(form: SchoolForm, rows: _Rows) -> Iterator[Finding]:
    """Rows and heads that a form should have: named once for a form, as far as nothing else gave the figures."""
    still = []
    for lost in form.not_found:
        key = _key(lost.table, form.code, form.year, lost.stage)
        own_stage = load_forms()[form.generation].forms[form.number].stage
        if rows.wanting(lost.table, lost.column, key) and (
            rows.has(lost.table, key) or lost.table != "stage_year" or own_stage is not None
        ):
            still.append(lost)
    yield from (lost.wider for lost in still if lost.wider)
    still = [lost for lost in still if not lost.wider]
    if not still:
        return
    words = "、".join(dict.fromkeys(words for lost in still for words in lost.words))
    columns = "、".join(dict.fromkeys(rows.label(lost.table, lost.column) for lost in still))
    searched = f"工作表“{form.sheet.name}”的全部行名和表头"
    parts = {"form": form.label, "words": words, "searched": searched, "columns": columns}
    yield rules.FORM_WORDS_MISSING.finding(form.sheet.place, cause=form.label, **parts)


def _forms_missing(code: str, forms: Sequence[SchoolForm], stages: frozenset[str], rows: _Rows) -> Iterator[Finding]:
    """Forms of the generation that the school did not send, where something is blank for it."""
    first = forms[0]
    generation = load_forms()[first.generation]
    sent = {form.number for form in forms}
    name = next((name for form in forms if (name := form.school("school_name"))), "")
    for number, form in generation.forms.items():
        if number in sent or (form.stage is not None and form.stage.value not in stages):
            continue
        lost = [
            rows.label(entry.table, entry.column)
            for entry, stage in _asked(form, stages)
            if rows.wanting(entry.table, entry.column, _key(entry.table, code, first.year, stage))
        ]
        if lost:
            parts = {
                "who": name or f"学校 {code}",
                "form": f"{generation.prefix}{number}",
                "title": form.title,
                "columns": "、".join(dict.fromkeys(lost)),
            }
            yield rules.FORM_MISSING.finding(first.sheet.place, cause=number, **parts)


def _asked(form: Form, stages: frozenset[str]) -> Iterator[tuple[FormField, str]]:
    for entry, stage in form.placed():
        if stage is None or stage.value in stages:
            yield entry, stage.value if stage else ""


def _heads_missing(export: FlatGap, rows: _Rows) -> Iterator[Finding]:
    """Heads that an export does not have, where some school still lacks the figure."""
    yield from (found for entry, found in export.wider if _is_blank_for_some(export, entry, rows))
    still = [(entry, words) for entry, words in export.lacking if _is_blank_for_some(export, entry, rows)]
    if still:
        words = "、".join(f"“{lost}”" for _, lost in still)
        columns = "、".join(rows.label(entry.table, entry.column) for entry, _ in still)
        yield rules.EXPORT_HEADS_MISSING.finding(export.place, words=words, columns=columns, cause=export.place)


def _is_blank_for_some(export: FlatGap, entry: FormField, rows: _Rows) -> bool:
    piece = export.pieces[entry.table]
    names = rows.dataset.tables[entry.table].key
    keys = [tuple(piece.value(at, name) for name in names) for at in range(len(piece.rows))]
    return any(rows.has(entry.table, key) and rows.wanting(entry.table, entry.column, key) for key in keys)
