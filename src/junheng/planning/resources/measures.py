"""What a county can do: measures as data, and what one of its files says of their costs, limits and budgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml
from pydantic import Field, model_validator

import junheng_standards
from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.intake.read import read_file
from junheng.intake.template import write_workbook
from junheng.planning.documents import listed
from junheng.planning.resources.errors import CostsNotConfirmedError, InputsRefusedError, InputValueError
from junheng.standards.formula import Amount
from junheng.standards.source import Number, Part
from junheng.tables.catalogue import load_tables, planning_tables
from junheng.tables.dataset import Dataset
from junheng.tables.finding import blocking
from junheng.tables.model import Column


class Adds(Part):
    """What one unit changes: column → whole amount; by stage where stages differ."""

    all: dict[str, int] = Field({})
    primary: dict[str, int] = Field({})
    junior: dict[str, int] = Field({})

    def columns(self, stage: str) -> Mapping[str, int]:
        return {"primary": self.primary, "junior": self.junior}.get(stage) or self.all


class Measure(Part):
    """One measure, as ``measures.yaml`` defines it.

    Attributes:
        lot: the least that can be had, in ``unit``; None where any amount can.
        beside: columns of the whole school that change with those of a stage.
        of: what there must be for it, in the school: it cannot be done more often.
        share: how much of ``of`` may be used.
        within: no more than this either, where the school filed it.
        moves: one unit goes from one school to another of the same stage.
    """

    unit: str
    cost: Number
    lot: Number | None = None
    adds: Adds
    beside: dict[str, int] = Field({}, alias="with")
    of: Amount | None = None
    share: Number = Decimal(1)
    within: Amount | None = None
    moves: bool = False
    why: Label

    @model_validator(mode="after")
    def _moved_by_lots(self) -> Measure:
        if self.moves and self.lot is None:
            raise ValueError("调配的措施须写 lot：调出多少就调入多少，要按整数算")
        return self


@cache
def all_measures() -> dict[str, Measure]:
    """Every measure, by name."""
    text = (junheng_standards.FOLDER / "planning" / "resources" / "measures.yaml").read_text(encoding="utf-8")
    return {name: Measure.model_validate(entry) for name, entry in yaml.safe_load(text).items()}


def measure_label(name: str) -> Label:
    return planning_tables("resources").code_lists["measure"].codes[name].label


_UNIT_COST, _MOST = Label("单价", "unit cost"), Label("至多", "at most")


def _not_negative(what: Label, value: Fraction) -> None:
    if value < 0:
        raise InputValueError(what=what, value=plain(Fraction(value)), why=Label("不能小于 0", "it is below 0"))


@dataclass(frozen=True)
class Choice:
    """What a county says of one measure: cost of a unit in 元, and the most that one school may add or give.

    Raises:
        InputValueError: a negative amount.
    """

    cost: Fraction
    allowed: bool = True
    most: Fraction | None = None
    confirmed: bool = True

    def __post_init__(self) -> None:
        _not_negative(_UNIT_COST, self.cost)
        if self.most is not None:
            _not_negative(_MOST, self.most)


@dataclass(frozen=True)
class Inputs:
    """Everything that a resource plan is told beside the data and the standard.

    Attributes:
        choices: by measure; one that is missing may not be used.
        ceilings: (school code, measure) → the most there.
        budgets: by year, in 元; empty: one year, no limit.
        supposed: (school code, stage, column) → a value for what was not filed, in kept units.

    Raises:
        InputValueError: a measure that nobody knows, or a negative amount.
    """

    choices: Mapping[str, Choice]
    ceilings: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    budgets: Mapping[int, Fraction] = field(default_factory=dict)
    supposed: Mapping[tuple[str, str, str], Fraction] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for measure in (*self.choices, *(measure for _, measure in self.ceilings)):
            if measure not in all_measures():
                known = listed([Label(name, name) for name in all_measures()])
                why = Label(f"没有这项措施；有 {known.zh}", f"there is no such measure; known are {known.en}")
                raise InputValueError(what=Label("措施", "measure"), value=measure, why=why)
        for most in self.ceilings.values():
            _not_negative(_MOST, most)
        for budget in self.budgets.values():
            _not_negative(Label("预算", "budget"), budget)

    @property
    def budget(self) -> Fraction | None:
        """All years together; None without a limit."""
        return sum(self.budgets.values(), Fraction(0)) if self.budgets else None

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """As a plan's document shows them."""
        return {
            "measure": [
                {"measure": name, "unit_cost": float(c.cost), "allowed": c.allowed, "most": _number(c.most)}
                for name, c in self.choices.items()
            ],
            "ceiling": [{"school_code": s, "measure": m, "most": float(v)} for (s, m), v in self.ceilings.items()],
            "budget": [{"budget_year": year, "budget": float(value)} for year, value in self.budgets.items()],
            "supposed": [
                {"school_code": school, "stage": stage, "column": column, "value": float(value)}
                for (school, stage, column), value in self.supposed.items()
            ],
        }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def default_inputs(*, confirmed: bool = False) -> Inputs:
    """The assumed costs, nothing limited; ``confirmed`` is for whoever says that they will do."""
    return Inputs({name: Choice(Fraction(m.cost), confirmed=confirmed) for name, m in all_measures().items()})


def read_inputs(path: Path) -> Inputs:
    """Read an input workbook, a folder of CSV files or one of them.

    Raises:
        InputsRefusedError: cells that do not read, codes that nobody knows.
        JunhengError: the file as a whole cannot be read.
    """
    reading = read_file(path, planning_tables("resources"))
    if errors := blocking(reading.findings):
        raise InputsRefusedError(name=path.name, findings=errors)
    return inputs_from(reading.dataset)


def inputs_from(dataset: Dataset) -> Inputs:
    """The inputs that the tables of a dataset state."""
    names = {column.label.zh: column.name for column in _filed_columns()}
    return Inputs(
        choices={
            row["measure"]: Choice(
                Fraction(row["unit_cost"]),
                row["allowed"],
                None if row["most"] is None else Fraction(row["most"]),
                row["confirmed"],
            )
            for row in dataset["measure"].iter_rows(named=True)
        },
        ceilings={
            (row["school_code"], row["measure"]): Fraction(row["most"])
            for row in dataset["ceiling"].iter_rows(named=True)
        },
        budgets={row["budget_year"]: Fraction(row["budget"]) for row in dataset["budget"].iter_rows(named=True)},
        supposed={
            (row["school_code"], row["stage"], names.get(row["column"], row["column"])): Fraction(row["value"])
            for row in dataset["supposed"].iter_rows(named=True)
        },
    )


def _filed_columns() -> list[Column]:
    tables = load_tables()
    return [column for name in ("school", "school_year", "stage_year") for column in tables[name].columns.values()]


def check_confirmed(inputs: Inputs) -> None:
    """See that somebody stands by the costs of every measure that may be used.

    Raises:
        CostsNotConfirmedError: naming those that nobody confirmed.
    """
    if open_ := [measure_label(name) for name, c in inputs.choices.items() if c.allowed and not c.confirmed]:
        raise CostsNotConfirmedError(open_)


def write_inputs(path: Path, *, names: list[str] | None = None, missing: pl.DataFrame | None = None) -> None:
    """Write the input workbook: the measures with their assumed costs, and what the data lack.

    Args:
        names: the measures that matter to the standard; all by default.
        missing: rows of the table ``supposed``, without a value.
    """
    tables = planning_tables("resources")
    rows = [
        {"measure": name, "unit_cost": m.cost, "allowed": True, "most": None, "confirmed": False, "note": m.why.zh}
        for name, m in all_measures().items()
        if names is None or name in names
    ]
    frames = {"measure": pl.DataFrame(rows, schema=tables["measure"].schema)}
    if missing is not None:
        frames["supposed"] = missing
    write_workbook(path, tables, frames=frames, title="填平补齐方案的输入：单价、上限、预算")
