"""What the interface takes and gives, as the description shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

T = TypeVar("T")


class Problem(Schema):
    """Why a request was not answered: a code of the error reference, and the sentence in both languages."""

    code: str
    zh: str
    en: str


class Listed(Schema, Generic[T]):
    """One page of a list."""

    total: int
    items: list[T]


class Words(Schema):
    zh: str
    en: str


class HeldRole(Schema):
    role: str
    place: str
    place_name: str
    office: str


class Me(Schema):
    """Whose token this is, and what she is where."""

    username: str
    name: str
    may_write: bool
    expires_on: date
    roles: list[HeldRole]


class PlaceOut(Schema):
    code: str
    kind: str
    name: str
    parent: str | None
    opened_on: date | None
    closed_on: date | None


class PeriodOut(Schema):
    id: int
    county: str
    county_name: str
    label: str
    school_year: int
    standard: str
    gate: str
    day: date
    opens_on: date
    due_on: date
    closed_at: datetime | None


class FilingOut(Schema):
    code: UUID
    period: int
    place: str
    place_name: str
    office: str
    state: str
    version: int = Field(description="随每次改动增加；执行步骤时要带上 grows with every write, needed for steps")
    filled: int
    asked: int
    errors: int
    to_explain: int
    changed_at: datetime
    handed_in_at: datetime | None


class FiledRow(Schema):
    table: str
    key: str
    values: dict[str, str]


class FilingCells(Schema):
    version: int
    rows: list[FiledRow]


# No database keeps the character NUL.
_TEXT = r"^[^\x00]*$"


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class CellIn(_Strict):
    """One cell: what stood there when it was read, and what is to stand there."""

    table: str = Field(max_length=40, pattern=_TEXT)
    key: str = Field("", max_length=200, pattern=_TEXT)
    column: str = Field(max_length=60, pattern=_TEXT)
    before: str = Field("", max_length=500, pattern=_TEXT)
    after: str = Field(max_length=500, pattern=_TEXT)


class CellsIn(_Strict):
    changes: list[CellIn] = Field(min_length=1, max_length=5000)


class ConflictOut(Schema):
    """A cell that somebody else changed: both values, and who typed the other."""

    table: str
    key: str
    column: str
    mine: str
    theirs: str
    who: str


class SavedOut(Schema):
    version: int
    taken: int


class ConflictProblem(Problem):
    version: int
    taken: int
    conflicts: list[ConflictOut]


class FindingOut(Schema):
    check: str
    severity: str
    table: str
    key: str
    column: str
    value: str
    message: str
    explained: str


class CheckOut(Schema):
    version: int
    is_sound: bool
    errors: int
    to_explain: int
    filled: int
    asked: int
    findings: list[FindingOut]


class StepIn(_Strict):
    step: str = Field(max_length=40, pattern=_TEXT)
    version: int = Field(ge=0, le=2**31 - 1)
    reason: str = Field("", max_length=1000, pattern=_TEXT)


class EvaluationOut(Schema):
    code: UUID
    county: str
    county_name: str
    period: int
    school_year: int
    basis: str
    standard: str
    day: date
    outcome: str
    snapshot: str
    approved: int
    expected: int
    made_at: datetime


# A line of a table of results: numbers, words and blanks by the names of its columns.
Line = dict[str, str | float | int | bool | None]


class ReasonOut(Schema):
    """One step of the reasoning."""

    key: str
    title: str
    outcome: str | None
    because: str
    source: str
    cells: list[dict[str, Any]]
    children: list[ReasonOut]


class GapOut(Schema):
    code: UUID
    period: int
    place: str
    place_name: str
    key: str
    part: str
    outcome: str
    title: str
    lacks: str
    state: str
    measure: str
    owner: str
    due_on: date | None
    closed_at: datetime | None


class EventOut(Schema):
    made_at: datetime
    username: str
    action: str
    subject: str
    summary: str
    reason: str
    changes: list[dict[str, Any]]
    digest: str


class JobOut(Schema):
    code: UUID
    kind: str
    title: str
    state: str
    done: int
    total: int
    words: str
    result: dict[str, Any]
    made_at: datetime
    ended_at: datetime | None


class JudgeIn(_Strict):
    period: int = Field(ge=1, le=2**31 - 1)
    basis: str = Field("approved", pattern="^(approved|latest)$")


class ColumnOut(Schema):
    name: str
    label: Words
    definition: Words
    type: str
    unit: str
    form_unit: str = Field(description="填报用的单位，与保存的单位不同时 unit people file in, where it differs")
    need: str
    minimum: int | None
    maximum: int | None
    codes: dict[str, Words]
    filled_by: str


class TableOut(Schema):
    name: str
    label: Words
    row: Words
    key: list[str]
    columns: list[ColumnOut]
