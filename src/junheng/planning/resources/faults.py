"""What stopped fitting together when tables were changed: faults of the change, not of the filing."""

from __future__ import annotations

from junheng.base.terms import Label
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Finding, blocking


def new_faults(before: Dataset, after: Dataset) -> list[Finding]:
    """The errors of the checks of filing that ``after`` has and ``before`` has not."""
    known = {_key(finding) for finding in blocking(check_dataset(before))}
    return [finding for finding in blocking(check_dataset(after)) if _key(finding) not in known]


def fault_words(finding: Finding) -> Label:
    """A fault in both languages; sentences of checks are Chinese, so that English names the check and the cell."""
    return Label(finding.message, f"{finding.check} {finding.cell}".strip())


def _key(finding: Finding) -> tuple[str, str]:
    """A finding by its cell; by its sentence where the data were never on a sheet."""
    return finding.check, finding.cell if "!" in finding.cell else finding.message
