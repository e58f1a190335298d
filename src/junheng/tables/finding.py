"""What is wrong, doubtful or worth a look in a filed workbook: all at once, each with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """The three levels that schools know from the statistics system."""

    ERROR = "error"
    EXPLAIN = "explain"
    HINT = "hint"

    @property
    def zh(self) -> str:
        return {"error": "错误", "explain": "须说明", "hint": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        check: code of the rule (``JH-F101``); findings of one code and ``cause`` are one root cause.
        severity: 错误 blocks the commit; 须说明 wants a sentence in the row's 填报说明; 提示 only tells.
        cell: ``小学学生数!D17``, or the sheet alone where no cell is to blame.
        value: as typed, never reformatted.
        message: what is wrong and how to mend it, in Chinese.
        example: a valid value, where one helps.
        cause: what findings are grouped by, e.g. the column or the sheet.
    """

    check: str
    severity: Severity
    cell: str
    value: str
    message: str
    example: str = ""
    cause: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.ERROR


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.blocks]


def by_cause(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Group by root cause, errors first, the largest group of each severity first."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.check, finding.cause), []).append(finding)
    order = list(Severity)
    return sorted(groups.values(), key=lambda group: (order.index(group[0].severity), -len(group)))
