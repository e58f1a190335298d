"""判定说明 as a page shows it: the reasons of a judgement with a door at every step and every figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from junheng.verdict.balance import COMPOSITE
from junheng.verdict.reason import Reason
from junheng.web.dashboards.doors import indicator_url, reasons_url
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.reason_cells import FiledBy

Door = Callable[[str], str]
_OF_INDICATOR, _OF_COEFFICIENT = 3, 4  # parts of a key


@dataclass(frozen=True, slots=True)
class Figure:
    """A filed number; ``filed`` is None where the person may not see the filing, or it came from none."""

    label: str
    value: str
    unit: str
    cell: str
    filed: FiledBy | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a reasoning."""

    title: str
    outcome: str
    because: str
    source: str
    href: str
    figures: tuple[Figure, ...]
    children: tuple[Step, ...]


def tree(reasons: Iterable[Reason], filed: Mapping[str, FiledBy], door: Door) -> list[Step]:
    """The reasons as steps.

    Args:
        door: from the key of a reason to its page; empty where it has none.
    """
    return [
        Step(
            title=reason.title,
            outcome=str(reason.outcome) if reason.outcome else "",
            because=reason.because,
            source=reason.source,
            href=door(reason.key),
            figures=tuple(Figure(c.label, c.value, c.unit, c.cell, filed.get(c.cell)) for c in reason.cells),
            children=tuple(tree(reason.children, filed, door)),
        )
        for reason in reasons
    ]


def addresses_in(reasons: Sequence[Reason]) -> Iterator[str]:
    """The cells of all steps."""
    for reason in reasons:
        yield from (cell.cell for cell in reason.cells if cell.cell)
        yield from addresses_in(reason.children)


def doors_from(evaluation: Evaluation, indicators: Iterable[str], *, sees_county: bool) -> Door:
    """Where the titles lead: from a school to its reasons, from an indicator on, from a coefficient to its page."""
    known = set(indicators)
    county = evaluation.period.county.code

    def door(key: str) -> str:
        parts = key.split("/")
        if len(parts) == _OF_COEFFICIENT and parts[0] == county and parts[2] == "cv":
            name = parts[3]
            leads = sees_county and name != COMPOSITE
            return indicator_url(name, evaluation, stage=parts[1]) if leads else ""
        if parts[0] == county:
            return ""
        if len(parts) == _OF_INDICATOR and parts[2] in known:
            return reasons_url(evaluation, *parts)
        return reasons_url(evaluation, parts[0]) if len(parts) == _OF_INDICATOR - 1 else ""

    return door
