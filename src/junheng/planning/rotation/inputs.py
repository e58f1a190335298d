"""What a rotation plan is told: the tables, read and held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

from junheng.base.exact import plain
from junheng.base.terms import Label, Stage
from junheng.intake.read import read_file
from junheng.planning.rotation.distances import Distances
from junheng.planning.rotation.errors import (
    AssignmentContradictsError,
    DistanceUnknownError,
    EligibilityUnknownError,
    NobodyEligibleError,
    RotationInputsRefusedError,
    TableMissingError,
)
from junheng.planning.rotation.rules import Rules, rules_from
from junheng.standards.model import Standard
from junheng.tables.catalogue import planning_tables
from junheng.tables.check import check_dataset
from junheng.tables.dataset import Dataset
from junheng.tables.finding import blocking

_NAMED = 8  # how many names a sentence lists
_NEEDED = ("school", "teacher")  # without their rows there is nothing to plan


@dataclass(frozen=True, slots=True)
class School:
    """A school that takes part."""

    code: str
    name: str
    town: str
    hardship: bool


@dataclass(frozen=True, slots=True)
class Teacher:
    """A teacher of the roster; ``years`` at the school is None where it was not filed."""

    code: str
    name: str
    school: str
    stage: str
    subject: str
    degree: str
    title: str
    backbone: bool
    years: Fraction | None
    eligible: bool
    served: bool
    home_town: str
    stays_because: str
    must_go_to: str

    @property
    def can_move(self) -> bool:
        """Whether this teacher may be sent anywhere."""
        return self.eligible and not self.stays_because


@dataclass(frozen=True)
class Inputs:
    """The inputs of a plan.

    Attributes:
        schools: by code, in the order of their codes; ``teachers`` likewise.
        posts: (school, stage, subject) → teachers needed at least.
        frames: the tables as they were read, for the record.
    """

    schools: Mapping[str, School]
    teachers: Sequence[Teacher]
    posts: Mapping[tuple[str, str, str], int]
    distances: Distances
    rules: Rules
    frames: Mapping[str, list[dict[str, Any]]]

    @property
    def eligible(self) -> int:
        """How many teachers are eligible, those included who must stay for now."""
        return sum(teacher.eligible for teacher in self.teachers)

    @cached_property
    def staff(self) -> Counter[tuple[str, str, str]]:
        """(school, stage, subject) → teachers now."""
        return Counter((teacher.school, teacher.stage, teacher.subject) for teacher in self.teachers)

    @cached_property
    def stages(self) -> frozenset[tuple[str, str]]:
        """The (school, stage) pairs that have teachers or posts."""
        return frozenset((school, stage) for school, stage, _ in (*self.staff, *self.posts))


def read_inputs(source: str | Path | Dataset, *, standard: Standard | None = None, emphasis: str = "gaps") -> Inputs:
    """Read the tables of ``junheng_standards/planning/rotation`` and see that they do not contradict each other.

    Args:
        source: a workbook, a folder of CSV files, or a dataset of these tables.
        standard: the one that the county is judged by; its own shares of rotation hold where the county sets none.
        emphasis: an entry of ``emphases.yaml``.

    Raises:
        JunhengError: what is missing or contradictory, and what to do.
    """
    dataset = _checked(source)
    frames = {name: frame.to_dicts() for name, frame in dataset.frames.items()}
    rules = rules_from(frames["setting"], standard=standard, emphasis=emphasis)
    schools = {
        row["school_code"]: School(row["school_code"], row["school_name"], row["town"] or "", row["hardship"])
        for row in sorted(frames["school"], key=lambda row: row["school_code"])
    }
    inputs = Inputs(
        schools=schools,
        teachers=_teachers(frames["teacher"], rules),
        posts={(row["school_code"], row["stage"], row["subject"]): row["posts"] for row in frames["post"]},
        distances=Distances.of(frames["school"], frames["distance"]),
        rules=rules,
        frames=frames,
    )
    if not inputs.eligible:
        raise NobodyEligibleError(count=len(inputs.teachers), years=plain(rules["years_needed"] or 0))
    _distances_known(inputs)
    _assignments_possible(inputs)
    return inputs


def _checked(source: str | Path | Dataset) -> Dataset:
    tables = planning_tables("rotation")
    if isinstance(source, Dataset):
        dataset, findings = source, check_dataset(source)
    else:
        reading = read_file(Path(source), tables)
        dataset, findings = reading.dataset, list(reading.findings)
    errors, name = blocking(findings), dataset.name or "输入"
    absent = [table for table in _NEEDED if dataset[table].is_empty()]
    for table in absent:  # unless its rows are there and did not read: then the errors say why
        if all(finding.cause.endswith(f".{table}") for finding in errors):
            label = tables[table].label
            raise TableMissingError(name=name, table=label)
    if errors:
        raise RotationInputsRefusedError(name=name, findings=errors)
    return dataset.widened(tables)


def _teachers(rows: Sequence[Mapping[str, Any]], rules: Rules) -> tuple[Teacher, ...]:
    needed = rules["years_needed"] or Fraction(0)
    unknown = [row for row in rows if row["eligible"] is None and row["years"] is None]
    if unknown:
        raise EligibilityUnknownError(count=len(unknown), names=_listed(_named(row) for row in unknown))
    found = []
    for row in sorted(rows, key=lambda row: row["teacher_code"]):
        years = None if row["years"] is None else Fraction(row["years"])
        found.append(
            Teacher(
                code=row["teacher_code"],
                name=row["teacher_name"],
                school=row["school_code"],
                stage=row["stage"],
                subject=row["subject"],
                degree=row["degree"],
                title=row["title"],
                backbone=row["backbone"],
                years=years,
                eligible=row["eligible"] if row["eligible"] is not None else years is not None and years >= needed,
                served=row["hardship_done"],
                home_town=row["home_town"] or "",
                stays_because=row["stays_because"] or "",
                must_go_to=row["must_go_to"] or "",
            )
        )
    return tuple(found)


def _distances_known(inputs: Inputs) -> None:
    if inputs.rules["longest_distance"] is None:
        return
    lost = [school.name for school in inputs.schools.values() if not inputs.distances.reaches(school.code)]
    if lost and len(inputs.schools) > 1:
        raise DistanceUnknownError(count=len(lost), names=_listed(iter(lost)))


def _assignments_possible(inputs: Inputs) -> None:
    wrong = [
        (_named({"teacher_name": teacher.name, "teacher_code": teacher.code}), zh, en)
        for teacher in inputs.teachers
        if teacher.must_go_to
        for zh, en in _contradictions(teacher, inputs)
    ]
    if wrong:
        raise AssignmentContradictsError(
            count=len(wrong),
            what=Label(
                _listed((f"{who}{zh}" for who, zh, _ in wrong), "；"),
                _listed((f"{who} {en}" for who, _, en in wrong), "; "),
            ),
        )


def _contradictions(teacher: Teacher, inputs: Inputs) -> Iterator[tuple[str, str]]:
    target = inputs.schools[teacher.must_go_to]
    if teacher.stays_because:
        yield "同时填了“不能交流的原因”", "has a reason to stay"  # which one is nobody's business here
    if not teacher.eligible:
        yield "不符合交流条件", "is not eligible"
    if target.code == teacher.school:
        yield f"已经在{target.name}任教", f"is already at {target.name}"
        return
    if (target.code, teacher.stage) not in inputs.stages:
        yield (
            f"{target.name}没有{Stage(teacher.stage).zh}",
            f"is sent to {target.name}, which has no {teacher.stage} stage",
        )
    if teacher.served and target.hardship and inputs.rules["hardship_once"] is not None:
        yield f"已有边远服务，不能再派往{target.name}", f"has served at a hardship school; {target.name} is one"
    longest, tenths = inputs.rules["longest_distance"], inputs.distances.tenths(teacher.school, target.code)
    if longest is not None and tenths is None:
        yield f"到{target.name}的路程不知道", f"is sent to {target.name} at an unknown distance"
    elif longest is not None and tenths is not None and Fraction(tenths, 10) > longest:
        far, most = plain(Fraction(tenths, 10)), plain(longest)
        yield f"到{target.name} {far} 公里，超过最远距离 {most} 公里", f"is sent {far} km, more than {most} km"


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['teacher_name']}（{row['teacher_code']}）"


def _listed(names: Iterator[str], between: str = "、") -> str:
    listed = list(names)
    return between.join(listed[:_NAMED]) + ("……" if len(listed) > _NAMED else "")
