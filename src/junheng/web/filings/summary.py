"""What whoever signs or reviews sees first: the key figures, what changed most since last year, what was explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.intake.entered import as_typed
from junheng.tables.model import Column
from junheng.web.filings.causes import Listed, listed
from junheng.web.filings.cells import Address, cell_url
from junheng.web.filings.form import FormTable, form_of
from junheng.web.filings.models import SCHOOL, Filing
from junheng.web.filings.naming import row_label
from junheng.web.filings.reading import Checked
from junheng.web.templatetags.words import label

_KEY_FIGURES = ("pupils", "classes", "teachers", "teaching_area", "sports_ground_area", "equipment_value")
_NOTABLE = Fraction(1, 5)  # a fifth more or less than last year is worth a look


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside last year's."""

    name: str
    unit: str
    now: str
    before: str
    change: Fraction | None  # as a share of last year's
    url: str

    @property
    def grew(self) -> bool:
        return self.change is not None and self.change > 0


@dataclass(frozen=True)
class Summary:
    """What to look at before signing."""

    figures: tuple[Figure, ...]
    changed: tuple[Figure, ...]
    explained: tuple[Listed, ...]
    compared: int  # figures with one of last year beside them


def summary_of(filing: Filing, checked: Checked) -> Summary:
    figures = list(_figures(filing, checked))
    form = form_of(filing)
    changed = [f for _column, f in figures if f.change is not None and abs(f.change) >= _NOTABLE]
    return Summary(
        figures=tuple(f for column, f in figures if column in _KEY_FIGURES or filing.office != SCHOOL),
        changed=tuple(sorted(changed, key=lambda f: abs(f.change or Fraction(0)), reverse=True)),
        explained=tuple(listed(form, entry) for entry in checked.findings if entry.explained),
        compared=sum(figure.change is not None for _column, figure in figures),
    )


def _figures(filing: Filing, checked: Checked) -> Iterator[tuple[str, Figure]]:
    """Every filled figure of this year with that of the year before, both as they were read."""
    year = filing.period.school_year
    for table, part in form_of(filing).parts.items():
        frame = checked.reading.dataset[table]
        if "school_year" not in frame.columns:
            continue
        rows: dict[tuple[int, str], dict[str, Any]] = {}
        for row in frame.iter_rows(named=True):
            if filing.office != SCHOOL or row.get("school_code", filing.place.code) == filing.place.code:
                rows[row["school_year"], part.key_of({name: str(row[name]) for name in part.key})] = row
        for (of_year, key), row in rows.items():
            if of_year == year:
                last = rows.get((year - 1, key), {})
                yield from _of_row(filing, part, key, row, last)


def _of_row(
    filing: Filing, part: FormTable, key: str, row: dict[str, Any], last: dict[str, Any]
) -> Iterator[tuple[str, Figure]]:
    for column in part.columns:
        value, before = row[column.name], last.get(column.name)
        if value is None or not column.type.is_number:
            continue
        yield column.name, _figure(filing, part, key, column, value, before)


def _figure(filing: Filing, part: FormTable, key: str, column: Column, value: Any, before: Any) -> Figure:  # noqa: ANN401
    row = row_label(part, key)
    return Figure(
        name=f"{row} {label(column)}".strip(),
        unit=column.form_unit or column.unit,
        now=as_typed(column, value),
        before=as_typed(column, before),
        change=Fraction(value) / Fraction(before) - 1 if before else None,
        url=cell_url(filing, Address(part.table.name, key, column.name)),
    )
