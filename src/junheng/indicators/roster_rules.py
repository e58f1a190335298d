"""What the rosters say of a school's year: the rules of ``junheng_standards/rosters``, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

import yaml
from pydantic import BeforeValidator, Field, TypeAdapter, model_validator

import junheng_standards
from junheng.base.terms import Label
from junheng.standards.formula import Condition
from junheng.standards.source import Part, listed


class Once(Part):
    """A person counts once: of several rows that ``where`` concerns, the one with the latest ``joined``."""

    person: str
    where: Condition
    joined: str


class Count(Part):
    """How one amount is counted: rows, or a column of rows, of which any of ``where`` holds."""

    measure: Literal["count", "sum", "largest"]
    of: str = Field("", description="the column that is summed, or whose largest value is taken")
    where: Annotated[tuple[Condition, ...], BeforeValidator(listed)] = ()

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Count:
        if (self.measure == "count") == bool(self.of):
            raise ValueError("sum and largest are of a column, count is of rows")
        return self

    def columns(self) -> set[str]:
        return {self.of, *(column for condition in self.where for column in condition)} - {""}


class RosterRules(Part):
    """What one roster says: column → how it is counted, for a school's stages and for the whole school."""

    once: Once | None = None
    stage_year: dict[str, Count] = Field({})
    school_year: dict[str, Count] = Field({})

    def columns(self) -> set[str]:
        """The columns of the roster that are looked at."""
        named = set().union(*(count.columns() for count in (*self.stage_year.values(), *self.school_year.values())))
        return named | ({self.once.person, self.once.joined, *self.once.where} if self.once else set())


class StructureCount(Count):
    """One line of the structure, counted among the full-time teachers."""

    label: Label
    mean: bool = Field(False, description="shown for each teacher, not as a sum")


class Above(Part):
    """The amount of a standard's indicator, which may count other columns in each stage."""

    label: Label
    standard: str
    indicator: str


class StructurePart(Part):
    """One part of the structure (学历, 职称, …)."""

    label: Label
    columns: tuple[str, ...] = ()
    above: Above | None = None
    counts: dict[str, StructureCount] = Field({})


@cache
def roster_rules() -> Mapping[str, RosterRules]:
    """The rules of ``rules.yaml``, by roster (``teacher``, ``class``)."""
    return TypeAdapter(dict[str, RosterRules]).validate_python(_read("rules"))


@cache
def structure_parts() -> Mapping[str, StructurePart]:
    """The parts of ``structure.yaml``."""
    return TypeAdapter(dict[str, StructurePart]).validate_python(_read("structure"))


def structure_rules() -> RosterRules:
    """The rules of the staff roster with what only the structure counts, among the same full-time teachers."""
    rules = roster_rules()["teacher"]
    (teachers,) = rules.stage_year["teachers"].where
    counts = {name: count for part in structure_parts().values() for name, count in part.counts.items()}
    own = {
        name: Count(measure=count.measure, of=count.of, where=[teachers | where for where in count.where or ({},)])
        for name, count in counts.items()
    }
    return rules.model_copy(update={"stage_year": {**rules.stage_year, **own}})


def _read(name: str) -> Any:  # noqa: ANN401 - whatever the file holds; the models say what it must be (2026-11)
    file = junheng_standards.FOLDER / f"rosters/{name}.yaml"
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
