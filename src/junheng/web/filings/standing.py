"""离要求还差几个: how the school of a filing stands, with what is typed now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache

from junheng import workflow
from junheng.base.errors import JunhengError
from junheng.base.outcome import Outcome
from junheng.tables.model import Tables
from junheng.verdict.standing import Standing
from junheng.web.filings import selectors
from junheng.web.filings.form import tables_of
from junheng.web.filings.models import SCHOOL, Filing
from junheng.web.filings.reading import CellFinding, Checked, Rows, check_filing
from junheng.web.templatetags.words import label

_KEPT_FOR = 3600  # seconds; the same data always stand the same
_OF_READING = "JH-F0"  # checks that a cell can be read at all; where one fails, the whole row is left out


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement with the labels of what is not filled yet, and of what is filled but cannot be read."""

    standing: Standing
    blanks: tuple[str, ...]
    unread: tuple[str, ...] = ()

    @property
    def missing(self) -> float | None:
        """How much is to be added."""
        lack = self.standing.lack
        return lack if lack is not None and lack > 0 else None

    @property
    def too_much(self) -> float | None:
        """How much is above what is allowed."""
        lack = self.standing.lack
        return -lack if lack is not None and lack < 0 else None


@dataclass(frozen=True, slots=True)
class StageLines:
    """The requirements of one stage, or of the school as a whole."""

    stage: str
    counted: tuple[Line, ...]
    others: tuple[Line, ...]

    @property
    def met(self) -> int:
        return sum(line.standing.outcome is Outcome.MET for line in self.counted)


def standing_of(filing: Filing, checked: Checked, rows: Rows) -> list[StageLines]:
    """How the school stands, stage by stage; nothing for an office, or while nothing can be read."""
    if filing.office != SCHOOL:
        return []
    key = "standing:" + _digest(filing, rows)
    found: list[Standing] | None = cache.get(key)
    if found is None:
        found = _judged(filing, _without_unread(filing, checked, rows))
        cache.set(key, found, _KEPT_FOR)
    tables = tables_of(filing.period)
    stages = list(dict.fromkeys(entry.stage for entry in found))
    unread = _unread(checked)
    return [StageLines(stage, *_split([e for e in found if e.stage == stage], tables, unread)) for stage in stages]


def _unread(checked: Checked) -> list[CellFinding]:
    """The cells in which something stands that cannot be read."""
    return [
        entry
        for entry in checked.findings
        if entry.is_error and entry.column and entry.finding.value and entry.finding.check.startswith(_OF_READING)
    ]


def _without_unread(filing: Filing, checked: Checked, rows: Rows) -> Checked:
    """The same filing with its unreadable cells blank, so that the other figures of their rows still count."""
    unread = {(entry.table, entry.key, entry.column) for entry in _unread(checked)}
    if not unread:
        return checked
    readable = {
        table: {
            key: {column: "" if (table, key, column) in unread else value for column, value in values.items()}
            for key, values in of_table.items()
        }
        for table, of_table in rows.items()
    }
    return check_filing(filing, readable, selectors.rows_before(filing), (), selectors.main_campus_of(filing, readable))


def _judged(filing: Filing, checked: Checked) -> list[Standing]:
    period = filing.period
    try:
        found = workflow.standing(
            checked.reading.dataset, standard=period.standard, on=period.day, year=period.school_year
        )
    except JunhengError:
        return []  # too little is filled to compute anything; the findings say what is missing
    return [entry for entry in found if entry.school == filing.place.code]


def _split(
    found: Sequence[Standing], tables: Tables, unread: Sequence[CellFinding]
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    lines = [_line(entry, tables, unread) for entry in found]
    return tuple(e for e in lines if e.standing.counted), tuple(e for e in lines if not e.standing.counted)


def _line(entry: Standing, tables: Tables, unread: Sequence[CellFinding]) -> Line:
    wrong = list(dict.fromkeys(cell.column for cell in unread if not entry.stage or cell.key in ("", entry.stage)))
    lacking = entry.blanks or (wrong if entry.value is None else ())
    return Line(
        entry,
        blanks=tuple(_label(tables, name) for name in lacking if name not in wrong),
        unread=tuple(_label(tables, name) for name in lacking if name in wrong),
    )


def _label(tables: Tables, column: str) -> str:
    try:
        return label(tables.column(column))
    except KeyError:
        return column


def _digest(filing: Filing, rows: Rows) -> str:
    period = filing.period
    content = [
        period.standard,
        period.day.isoformat(),
        period.school_year,
        filing.place.code,
        filing.place.record,
        rows,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
