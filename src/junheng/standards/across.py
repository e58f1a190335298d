"""One requirement across all standards: what every province asks of the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from junheng.standards.indicator import Indicator
from junheng.standards.limit import Threshold
from junheng.standards.model import Standard


@dataclass(frozen=True, slots=True)
class Asked:
    """What one standard asks by one of its indicators; ``threshold`` is the latest, None where it sets no limit."""

    standard: Standard
    name: str
    indicator: Indicator
    threshold: Threshold | None


def asked_across(standards: Iterable[Standard], name: str = "", column: str = "") -> list[Asked]:
    """What standards ask of an indicator, or of everything that is computed from a column.

    Args:
        name: id, label or part of a label. What other standards compute in the same way under other names is included.
        column: a filed column that the amount counts.
    """
    everything = [(standard, key, indicator) for standard in standards for key, indicator in standard.indicators()]
    if column:
        found = [entry for entry in everything if column in entry[2].formula.amount.columns()]
    else:
        ids = [entry for entry in everything if entry[1] == name]
        named = ids or [entry for entry in everything if name in entry[2].label.zh]
        alike = {_computed(indicator) for _, _, indicator in named}
        kept = {(standard.id, key) for standard, key, _ in named}
        found = [entry for entry in everything if (entry[0].id, entry[1]) in kept or _computed(entry[2]) in alike]
    return [
        Asked(standard, key, indicator, indicator.thresholds[-1] if indicator.thresholds else None)
        for standard, key, indicator in _once(found)
    ]


def _computed(indicator: Indicator) -> tuple[str, ...]:
    formula = indicator.formula
    return formula.kind, formula.amount.model_dump_json(), formula.base.model_dump_json(), *formula.of


def _once(entries: Iterable[tuple[Standard, str, Indicator]]) -> Iterator[tuple[Standard, str, Indicator]]:
    """Without what an overlay takes over as it is from what it extends."""
    listed = list(entries)
    by_place = {(standard.id, key): indicator for standard, key, indicator in listed}
    for standard, key, indicator in listed:
        if not any(by_place.get((parent, key)) == indicator for parent in standard.ancestors):
            yield standard, key, indicator
