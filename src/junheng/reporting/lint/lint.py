"""Check a report of ours, or a document that somebody wrote."""

from __future__ import annotations

from pathlib import Path

from junheng.reporting.lint.document import Document, document_of
from junheng.reporting.lint.finding import Finding
from junheng.reporting.lint.read import read_document
from junheng.reporting.lint.rules import rules
from junheng.reporting.report.report import Report


def lint_report(report: Report, *, county: str = "") -> tuple[Finding, ...]:
    """What would have to be mended in a report, in reading order.

    Args:
        county: code of the county, which says more than the name in its title: its prefecture and province.
    """
    return _lint(document_of(report, county))


def lint_file(path: str | Path, *, county: str = "") -> tuple[Finding, ...]:
    """What would have to be mended in a file that people wrote (Word, PDF, text, …), in reading order.

    Args:
        county: code or name of the county that it is about; without one the title is looked at.

    Raises:
        JunhengError: it does not read (see ``documents.errors``).
        OSError: it is not there.
    """
    return _lint(read_document(path, county))


def _lint(document: Document) -> tuple[Finding, ...]:
    order = {line.place: index for index, line in reversed([*enumerate(document.lines)])}
    found = [finding for rule in rules() for finding in rule.find(document)]
    return tuple(sorted(found, key=lambda finding: order[finding.place]))
