"""What monitoring is told by data: ``junheng_standards/monitoring/*.yaml``, read strictly, numbers as written."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

import junheng_standards
from junheng.base.terms import Label

FOLDER = Path(junheng_standards.__file__).parent / "monitoring"


def _number(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("numbers stand in quotes, so that they are read as written")
    return Decimal(value) if isinstance(value, str) else value


Number = Annotated[Decimal, BeforeValidator(_number)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DirectionRule(_Entry):
    """When a measure is said to get better or worse."""

    window: int = Field(ge=2, description="how many school years back the line is laid, this one included")
    points: int = Field(ge=2, description="how many of them must be filed")
    dead_band: Number = Field(description="share of the limit a year within which nothing is said to move")


class WarningRule(_Entry):
    """One early warning: what is compared, from where on it warns, and how it is said."""

    label: Label
    severity: Literal["urgent", "warn", "notice"]
    kind: Literal[
        "verdict_lost", "part_lost", "measure_lost", "limit_moved", "near", "crossing", "declining", "schools_slipping",
        "classes_grown", "large_classes_back", "data_gone", "county_gone", "composition", "hollowing",
    ] = Field(description="how it is found; see monitoring/alarms")  # fmt: skip
    share: Number | None = Field(None, description="from this share on")
    count: int | None = Field(None, description="from this number on")
    years: int | None = Field(None, description="over, or within, so many years")
    measures: tuple[Literal["cv", "check", "rows"], ...] = ("cv", "check")
    sentence: Label


class Block(_Entry):
    """分块: the columns of one table that are summed up together."""

    label: Label
    table: Literal["stage_year", "school_year", "county_year", "finance_year"]
    columns: tuple[str, ...]


@cache
def blocks() -> dict[str, Block]:
    """The block summaries by id."""
    return {name: Block.model_validate(entry) for name, entry in _read("blocks.yaml").items()}


@cache
def direction_rule() -> DirectionRule:
    return DirectionRule.model_validate(_read("direction.yaml"))


@cache
def warning_rules() -> dict[str, WarningRule]:
    """The early warnings by id, in the order they are told."""
    return {name: WarningRule.model_validate(entry) for name, entry in _read("warnings.yaml").items()}


def _read(name: str) -> dict[str, object]:
    return dict(yaml.safe_load((FOLDER / name).read_text(encoding="utf-8")))
