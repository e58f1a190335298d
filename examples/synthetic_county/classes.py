"""Classes: each grade is cut into classes of nearly the same size; a few popular schools overfill theirs."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from synthetic_county.enrolment import Enrolment, compulsory_stages, split
from synthetic_county.plan import School
from synthetic_county.seeds import random_for

LIMITS = {"primary": 45, "junior": 50}
BANDS = (25, 30, 35, 40, 45, 50, 55, 60, 65)


@dataclass(frozen=True)
class Class:
    """One class of one grade."""

    grade: int
    name: str
    pupils: int


def make_classes(seed: int, school: School, enrolment: Enrolment, year: int) -> dict[str, list[Class]]:
    """Return the classes of each stage of a school in a year."""
    return {
        stage: [
            one
            for grade, pupils in sorted(enrolment.grades[school.code, stage, year].items())
            for one in _grade(
                random_for(seed, "classes", school.code, year, grade), grade, pupils, LIMITS[stage], school.crowded
            )
        ]
        for stage in compulsory_stages(school)
    }


def bands(classes: list[Class]) -> dict[str, int]:
    """Count the classes by size as the yearly statistics do."""
    counts = {f"classes_{upper}": 0 for upper in BANDS} | {"classes_over_65": 0}
    for one in classes:
        upper = next((upper for upper in BANDS if one.pupils <= upper), None)
        counts[f"classes_{upper}" if upper else "classes_over_65"] += 1
    return counts


def _grade(rng: Random, grade: int, pupils: int, limit: int, crowded: int) -> list[Class]:
    number = -(-pupils // (limit + crowded if crowded else limit - 2))
    sizes = split(pupils, [1.0] * number)
    for _ in range(number):
        gains, loses = rng.randrange(number), rng.randrange(number)
        if sizes[gains] < limit + crowded and sizes[loses] > 5 and gains != loses:
            sizes[gains], sizes[loses] = sizes[gains] + 1, sizes[loses] - 1
    numeral = "一二三四五六七八九"[grade - 1]
    return [Class(grade, f"{numeral}年级（{position}）班", size) for position, size in enumerate(sizes, start=1)]
