"""What every reader of a plan's document may rely on: the fields of each kind, and reading a file that has them.

A document may hold more than is named here; what is named is there, of this type.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from junheng.base.errors import JunhengError
from junheng.planning.documents import FORMAT


class NotAPlanError(JunhengError):
    """A file that was given as a plan is something else."""

    code = "JH-P070"
    zh = "{file} 不是方案文件：{why}。方案文件由 junheng plan resources、rotation、zoning 的 -o 写出。"
    en = "{file} is not a plan: {why}. Plans are written by -o of junheng plan resources, rotation or zoning."


class NewerPlanError(JunhengError):
    """A plan of a later version of the program, which this one may misread."""

    code = "JH-P071"
    zh = (
        "{file} 是较新版本（junheng {version}，格式 {format}）写的方案，本版本只认得格式 {known}。"
        "请升级 junheng 后再打开。"
    )
    en = "{file} was written by junheng {version} in format {format}; this version knows {known}. Upgrade junheng."


class PlanDamagedError(JunhengError):
    """A plan that lacks what it must have: cut off, or changed by hand."""

    code = "JH-P072"
    zh = "{file} 不完整：{place} {why}。文件可能被改动过，请重新求方案，或找回原来的文件。"
    en = "{file} is damaged: {place} {why}. It may have been changed; make the plan again or find the original."


class _Part(BaseModel):
    model_config = ConfigDict(extra="allow", allow_inf_nan=False, protected_namespaces=())


class Text(_Part):
    """A text in both languages."""

    zh: str
    en: str


class Place(_Part):
    """A county or a school; a plan from a roster alone names no county."""

    code: str | None
    name: str | None


class Proof(_Part):
    """How good the plan is known to be; ``gap`` is relative."""

    value: float | None
    bound: float | None
    gap: float | None
    status: Literal["optimal", "within_gap", "feasible"]
    unit: str
    seconds: float
    solver: str
    says: Text


class PlanHead(_Part):
    """What plans of all kinds begin with."""

    kind: Literal["resources", "rotation", "zoning"]
    format: int
    version: str
    title: Text
    county: Place
    standard: str | None
    day: str | None
    year: int | None
    snapshot: str
    inputs: dict[str, list[dict[str, Any]]]
    proof: Proof
    notes: list[Text]


class Addition(_Part):
    """What one school gets of one measure; a negative amount is given away. ``stage`` is None for the whole school."""

    school_code: str
    school_name: str
    town: str | None
    stage: str | None
    measure: str
    label: Text
    amount: float
    unit: str
    cost: float
    year: int | None


class PlanYear(_Part):
    """One year's money in 元, and how many schools are done by its end."""

    year: int
    cost: float
    budget: float | None
    schools_done: int


class PartOutcome(_Part):
    part: str
    label: str
    outcome: str | None


class Coefficient(_Part):
    """One 差异系数."""

    stage: str
    indicator: str
    label: str
    mean: float | None
    cv: float | None
    limit: float | None
    outcome: str | None


class Verdict(_Part):
    """What the judge says of the county, and how many of its schools pass (school and stage)."""

    outcome: str
    parts: list[PartOutcome]
    balance: list[Coefficient]
    schools: dict[str, int]


class IndicatorChange(_Part):
    indicator: str
    label: Text
    unit: str
    limit: float | None
    before: float | None
    after: float | None
    outcome_before: str | None
    outcome_after: str | None


class SchoolChange(_Part):
    """One school and stage before and after."""

    school_code: str
    school_name: str
    town: str | None
    stage: str
    cost: float
    before: str | None
    after: str | None
    indicators: list[IndicatorChange]


class BindingLimit(_Part):
    """A limit and what loosening it would save, in 元."""

    limit: Text
    saving: float
    says: Text


class ResourceDocument(PlanHead):
    """填平补齐方案."""

    additions: list[Addition]
    years: list[PlanYear]
    before: Verdict
    after: Verdict
    schools: list[SchoolChange]
    binding: list[BindingLimit]


class MovedTeacher(_Part):
    teacher_code: str
    name: str | None
    stage: Text
    subject: Text
    attributes: dict[str, Any]
    source: Place = Field(alias="from")
    target: Place = Field(alias="to")
    km: float | None
    reason: Text
    fixed: bool


class Shares(_Part):
    """Persons, and per cent."""

    eligible: int
    moved: int
    share: float | None
    least_share: float | None
    backbone_moved: int
    backbone_share: float | None
    least_backbone_share: float | None


class NeededPosts(_Part):
    school_code: str
    school_name: str
    stage: str
    label: Text
    need: int
    before: int
    after: int
    lacking: int


class Balance(_Part):
    """What one school gives and gets."""

    school_code: str
    school_name: str
    teachers: int
    eligible: int
    even_share: int
    out: int
    backbone_out: int
    backbone_in: int


class Fairness(_Part):
    """How far people go, and to where."""

    mean_km: float | None
    max_km: float | None
    to_own_town: int
    to_hardship: int
    from_hardship: int
    backbone_to_hardship: int
    schools: list[Balance]


class RotationDocument(PlanHead):
    """教师交流轮岗方案."""

    people: list[MovedTeacher]
    shares: Shares
    needs: list[NeededPosts]
    unfilled: list[NeededPosts]
    fairness: Fairness


class Zone(_Part):
    """What one school gets of one stage."""

    stage: str
    school_code: str
    school_name: str
    blocks: int
    pupils: int
    seats: int
    missing_seats: int
    classes: int
    classes_needed: int
    class_size: int
    largest_class: int | None
    share_of_seats: float | None
    mean_way: float | None
    max_way: float | None


class ZonedBlock(_Part):
    block_code: str
    stage: str
    school_code: str
    school_name: str
    before: str | None
    pupils: int
    way: float
    nearest: bool


class StageTravel(_Part):
    """Ways, nearness and change of one stage; ``nearest_share`` is a share of 1."""

    stage: str
    pupils: int
    mean_way: float | None
    max_way: float | None
    nearest_share: float | None
    missing_seats: int
    schools_with_large_classes: int
    broken_zones: int
    moved_pupils: int


class Travel(_Part):
    """Ways in ``unit`` (km or min)."""

    unit: str
    stages: list[StageTravel]


class PlanCheck(_Part):
    check: str
    ok: bool
    says: Text


class ZoningDocument(PlanHead):
    """学区划片方案."""

    zones: list[Zone]
    blocks: list[ZonedBlock]
    travel: Travel
    today: Travel | None
    nearest_school: Travel
    checks: list[PlanCheck]


_KINDS: dict[str, type[PlanHead]] = {
    "resources": ResourceDocument,
    "rotation": RotationDocument,
    "zoning": ZoningDocument,
}


def read_plan(path: str | Path) -> dict[str, Any]:
    """Read the document of a plan that ``-o`` wrote.

    Raises:
        NotAPlanError, NewerPlanError, PlanDamagedError: the file is none that can be shown.
        OSError: the file cannot be read.
    """
    name = Path(path).name
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotAPlanError(file=name, why="读不出 JSON 文本") from error
    return check_document(document, name)


def check_document(document: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - whatever a file held
    """See that a document has what its kind must have; ``name`` is what errors call it."""
    if not isinstance(document, dict) or document.get("kind") not in _KINDS:
        raise NotAPlanError(file=name, why="里面没有方案")
    if isinstance(number := document.get("format"), int) and number > FORMAT:
        raise NewerPlanError(file=name, version=document.get("version", "?"), format=number, known=FORMAT)
    try:
        _KINDS[document["kind"]].model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        why = "没有填" if first["type"] == "missing" else f"的值不对（{str(first['input'])[:40]}）"
        raise PlanDamagedError(file=name, place=_place(first["loc"]), why=why) from error
    return document


def _place(steps: tuple[int | str, ...]) -> str:
    """``additions 第 3 行 cost``."""
    return " ".join(f"第 {step + 1} 行" if isinstance(step, int) else step for step in steps)
