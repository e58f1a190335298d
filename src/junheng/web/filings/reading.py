"""From the typed rows of a filing to a checked dataset: 逻辑校验 and 经验校验 by the same rules as a workbook's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from junheng.intake.entered import Entered
from junheng.intake.read import Reading
from junheng.standards.library import load_standard
from junheng.tables.finding import Finding, Severity
from junheng.web.filings.form import fixed_values, form_of
from junheng.web.filings.models import Explanation, Filing
from junheng.web.filings.outliers import count_jumps
from junheng.workflow import unknown_items

OF_THE_ROW = "note"  # in place of a check: words that came with a row and are about it as a whole

# table → key of the row within the filing → column → as typed
Rows = Mapping[str, Mapping[str, Mapping[str, str]]]


def digest_of_finding(finding: Finding) -> str:
    """What an explanation holds for: the value, and all other figures that the message names."""
    return hashlib.sha256(f"{finding.value}\n{finding.message}".encode()).hexdigest()


@dataclass(frozen=True)
class CellFinding:
    """A finding at its cell of the form.

    ``explained``: what somebody wrote for this very value and what it is held against; a 须说明 without it stands in
    the way of handing in.
    """

    finding: Finding
    table: str
    key: str
    column: str
    explained: str = ""

    @property
    def is_error(self) -> bool:
        return self.finding.severity is Severity.ERROR

    @property
    def is_blank(self) -> bool:
        """Whether it only says that nothing stands in a cell."""
        return bool(self.column) and not self.finding.value and self.finding.severity is Severity.EXPLAIN

    @property
    def is_open(self) -> bool:
        """Whether it still wants an explanation."""
        return self.finding.severity is Severity.EXPLAIN and not self.explained


@dataclass(frozen=True)
class Checked:
    """A filing that was read: the dataset of its place, and the findings at its own cells."""

    reading: Reading
    findings: tuple[CellFinding, ...]
    filled: int
    asked: int
    jumps: int = 0  # figures far from the year before

    @property
    def errors(self) -> int:
        return sum(entry.is_error for entry in self.findings)

    @property
    def to_explain(self) -> int:
        return sum(entry.is_open for entry in self.findings)

    @property
    def is_sound(self) -> bool:
        return not self.errors and not self.to_explain

    @property
    def doubts(self) -> list[CellFinding]:
        """What wants an explanation and has none."""
        return [entry for entry in self.findings if entry.is_open]

    def needs(self, explanation: Explanation) -> bool:
        """Whether an explanation still explains something; words about a row as a whole always do."""
        if explanation.check_code == OF_THE_ROW:
            return True
        cell = (explanation.check_code, explanation.table, explanation.key, explanation.column)
        return any(
            cell == (entry.finding.check, entry.table, entry.key, entry.column)
            and explanation.digest == digest_of_finding(entry.finding)
            for entry in self.findings
        )


def rows_of(filing: Filing) -> dict[str, dict[str, dict[str, str]]]:
    """The rows of the draft, as typed."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for row in filing.rows.all():
        found.setdefault(row.table, {})[row.key] = row.values
    return found


def check_filing(
    filing: Filing,
    rows: Rows,
    before: Rows,
    explanations: Iterable[Explanation],
    listed: Iterable[Mapping[str, str]] = (),
) -> Checked:
    """Read and check the rows of a filing.

    Args:
        before: the rows of the year before, for the checks between years; what is wrong with them is not told.
        listed: rows of 学校名录 that this school's may refer to, such as its main campus; nor is what is wrong there.
    """
    form = form_of(filing)
    lines: dict[str, list[dict[str, str]]] = {}
    own: dict[str, list[str]] = {}  # the keys of this filing's rows, which stand first
    for name, part in form.parts.items():
        fixed = fixed_values(filing, part.table)
        own[name] = list(rows.get(name, {}))
        blank = {column.name: "" for column in part.columns}  # so that what is not filled is told at its cell
        lines[name] = [
            {**blank, **fixed, **part.key_values(key), **values} for key, values in rows.get(name, {}).items()
        ]
        if "school_year" in part.table.columns:
            past = {**fixed, "school_year": str(filing.period.school_year - 1)}
            lines[name] += [{**past, **part.key_values(key), **values} for key, values in before.get(name, {}).items()]
    if "school" in lines:
        lines["school"] += [dict(row) for row in listed]
    if "county" not in lines:
        record = {name: str(value) for name, value in filing.period.county.record.items()}
        lines["county"] = [
            {**record, "county_code": filing.period.county.code, "county_name": filing.period.county.name}
        ]
    entered = Entered(form.tables, lines)
    reading = entered.read(str(filing.place))
    told = {(e.check_code, e.table, e.key, e.column): e for e in explanations}
    found = []
    for finding in (*reading.findings, *unknown_items(reading.dataset, load_standard(filing.period.standard))):
        try:
            table, row, column = entered.locate(finding.cell)
        except KeyError:
            continue  # a sheet that is not this filing's, such as the county's own row
        if table not in own or (row is not None and row >= len(own[table])):
            continue
        key = own[table][row] if row is not None else ""
        explanation = told.get((finding.check, table, key, column))
        text = explanation.text if explanation and explanation.digest == digest_of_finding(finding) else ""
        found.append(CellFinding(finding, table, key, column, text))
    asked = [
        rows[name][key].get(column.name, "")
        for name, part in form.parts.items()
        for key in rows.get(name, {})
        for column in part.columns
        if column.applies_to(part.key_values(key))
    ]
    return Checked(
        reading, tuple(found), sum(value != "" for value in asked), len(asked), count_jumps(form, rows, before)
    )
