"""Findings by root cause: the one place to mend, and how many findings go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from junheng.tables.finding import Severity
from junheng.web.filings.cells import Address
from junheng.web.filings.form import Form
from junheng.web.filings.naming import cell_label
from junheng.web.filings.reading import CellFinding


@dataclass(frozen=True, slots=True)
class Listed:
    """One finding with the address and the name of its cell."""

    found: CellFinding
    address: Address
    name: str

    @property
    def severity(self) -> str:
        return self.found.finding.severity.value


@dataclass(frozen=True, slots=True)
class Cause:
    """Findings of one rule with one root cause; the first is the one to mend.

    ``blank``: cells that nobody has filled; they are one group, which shrinks as people type.
    """

    severity: str
    blank: bool
    findings: tuple[Listed, ...]

    @property
    def open(self) -> int:
        return sum(entry.found.is_error or entry.found.is_open for entry in self.findings)


def causes_of(form: Form, findings: Sequence[CellFinding]) -> list[Cause]:
    """All findings by root cause: 错误 first, then what is still to be explained, the largest group first."""
    groups: dict[tuple[str, bool, str, str], list[Listed]] = {}
    for entry in findings:
        finding, blank = entry.finding, entry.is_blank
        cause = "" if blank else f"{finding.check} {finding.cause}"
        groups.setdefault((finding.severity, blank, finding.check, cause), []).append(listed(form, entry))
    causes = [Cause(severity, blank, tuple(group)) for (severity, blank, _check, _cause), group in groups.items()]
    order = {severity: place for place, severity in enumerate(Severity)}
    return sorted(causes, key=lambda c: (order[Severity(c.severity)], c.blank, c.open == 0, -len(c.findings)))


def listed(form: Form, entry: CellFinding) -> Listed:
    address = Address(entry.table, entry.key, entry.column)
    return Listed(entry, address, cell_label(form, address))
