"""Sums over the document of a resource plan: by measure, by school. Every reader of a plan adds up here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any, NamedTuple

Document = Mapping[str, Any]


@dataclass(frozen=True)
class MeasureTotal:
    """One measure over the county; ``amount`` is what schools get, in ``unit``, ``cost`` in 元."""

    measure: str
    label: Mapping[str, str]
    unit: str
    amount: float
    cost: float
    schools: int


@dataclass(frozen=True)
class SchoolTotal:
    """What one school costs in 元, and what it gets (below zero: gives) of each measure; stages and years together."""

    code: str
    name: str
    town: str | None
    cost: float
    gets: tuple[tuple[str, float, str], ...]  # label, amount, unit


def total_cost(document: Document) -> float:
    """What the plan costs in 元."""
    return fsum(row["cost"] for row in document["additions"])


def by_measure(document: Document) -> list[MeasureTotal]:
    """The measures that the plan uses, dearest first. What is given away is the same as what is got elsewhere."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in document["additions"]:
        found.setdefault(row["measure"], []).append(row)
    totals = [
        MeasureTotal(
            measure=name,
            label=rows[0]["label"],
            unit=rows[0]["unit"],
            amount=fsum(max(row["amount"], 0.0) for row in rows),
            cost=fsum(row["cost"] for row in rows),
            schools=len({row["school_code"] for row in rows if row["amount"] > 0}),
        )
        for name, rows in found.items()
    ]
    return sorted(totals, key=lambda total: -total.cost)


def by_school(document: Document) -> list[SchoolTotal]:
    """The schools that get or give something, dearest first."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in document["additions"]:
        found.setdefault(row["school_code"], []).append(row)
    totals = [
        SchoolTotal(
            code=code,
            name=rows[0]["school_name"],
            town=rows[0]["town"],
            cost=fsum(row["cost"] for row in rows),
            gets=tuple(_together(rows)),
        )
        for code, rows in found.items()
    ]
    return sorted(totals, key=lambda total: -total.cost)


def _together(rows: list[Mapping[str, Any]]) -> list[tuple[str, float, str]]:
    amounts: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        amounts.setdefault(row["label"]["zh"], []).append(row)
    return [(label, fsum(row["amount"] for row in own), own[0]["unit"]) for label, own in amounts.items()]


class BalanceChange(NamedTuple):
    """One 差异系数 before and after."""

    stage: str
    label: str
    mean_before: float | None
    mean_after: float | None
    before: float | None
    after: float | None
    limit: float | None
    outcome_before: str | None
    outcome_after: str | None


def balance_changes(document: Document) -> list[BalanceChange]:
    """Every coefficient, in the order of the verdict after."""
    before = {(row["stage"], row["indicator"]): row for row in document["before"]["balance"]}
    changes = []
    for now in document["after"]["balance"]:
        was: Mapping[str, Any] = before.get((now["stage"], now["indicator"]), {})
        changes.append(
            BalanceChange(
                stage=now["stage"],
                label=now["label"],
                mean_before=was.get("mean"),
                mean_after=now["mean"],
                before=was.get("cv"),
                after=now["cv"],
                limit=now["limit"],
                outcome_before=was.get("outcome"),
                outcome_after=now["outcome"],
            )
        )
    return changes


def moved_measures(document: Document) -> set[str]:
    """Measures by which something goes from one school to another."""
    return {row["measure"] for row in document["additions"] if row["amount"] < 0}
