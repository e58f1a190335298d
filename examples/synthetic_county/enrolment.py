"""Pupils by grade and year: the latest year is drawn, earlier ones follow the same cohorts back in time."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from synthetic_county.plan import School
from synthetic_county.seeds import random_for

YEARS = (2023, 2024, 2025)
LATEST = YEARS[-1]
FIRST_KNOWN = 2020  # the leavers of 2023 entered grade 7 then

# Births peaked in 2016 and 2017: the middle grades of 2025 are the largest.
PRIMARY_SHARES = (0.142, 0.158, 0.172, 0.180, 0.174, 0.174)
JUNIOR_SHARES = (0.342, 0.334, 0.324)
GROWTH = {"urban": 0.010, "town": -0.004, "rural": -0.028}  # children follow their parents into town

Grades = dict[int, int]


@dataclass(frozen=True)
class Enrolment:
    """Pupils by grade of every school, stage and year, and the pupils of senior stages."""

    grades: dict[tuple[str, str, int], Grades]
    senior: dict[tuple[str, int], int]

    def pupils(self, code: str, stage: str, year: int) -> int:
        if stage == "senior":
            return self.senior.get((code, year), 0)
        return sum(self.grades.get((code, stage, year), {}).values())


def enrol(seed: int, schools: list[School]) -> Enrolment:
    """Return the pupils of every school and year."""
    grades: dict[tuple[str, str, int], Grades] = {}
    senior = {}
    for school in schools:
        rng = random_for(seed, "enrolment", school.code)
        growth = GROWTH[school.location] + rng.gauss(0, 0.008)
        for stage in compulsory_stages(school):
            cohorts = _latest(rng, school, stage)
            for year in range(LATEST, FIRST_KNOWN - 1, -1):
                grades[school.code, stage, year] = cohorts
                cohorts = _year_before(rng, cohorts, growth, starting=school.opened_on.year > FIRST_KNOWN)
        if "senior" in school.pupils:
            for year in YEARS:
                fewer = round(school.pupils["senior"] * 0.018) + rng.randint(0, 9)
                senior[school.code, year] = school.pupils["senior"] - fewer * (LATEST - year)
    return Enrolment(grades, senior)


def compulsory_stages(school: School) -> tuple[str, ...]:
    """The stages the school teaches, the senior one aside."""
    return tuple(stage for stage in ("primary", "junior") if stage in school.pupils)


def _latest(rng: Random, school: School, stage: str) -> Grades:
    shares = PRIMARY_SHARES[: school.grades] if stage == "primary" else JUNIOR_SHARES
    uneven = [share * rng.uniform(0.94, 1.06) for share in shares]
    return dict(enumerate(split(school.pupils[stage], uneven), start=1 if stage == "primary" else 7))


def _year_before(rng: Random, grades: Grades, growth: float, *, starting: bool) -> Grades:
    """One year back every pupil was a grade lower; the oldest grade has left since and is drawn again.

    A school that has just started had one grade less.
    """
    first, last = min(grades), max(grades)
    before = {}
    for grade in range(first, last):
        pupils = grades[grade + 1]
        before[grade] = max(round(pupils * (1 - growth + rng.gauss(0, 0.012))), 1)
    if not (starting and before):
        before[last] = max(round(grades[last] * rng.uniform(0.95, 1.02) * (1 - growth)), 1)
    return before


def split(total: int, shares: list[float]) -> list[int]:
    """Split whole persons by shares; the largest remainders get the ones that are left."""
    whole = sum(shares)
    exact = [total * share / whole for share in shares]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda number: (parts[number] - exact[number], number))
    for number in by_remainder[: total - sum(parts)]:
        parts[number] += 1
    return parts
