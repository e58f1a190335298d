"""What a stage files about its pupils: grades, classes, zone, migrants, boarders, and the cohort that has just left."""

from __future__ import annotations

from random import Random

from synthetic_county.classes import Class, bands
from synthetic_county.enrolment import LATEST, Enrolment
from synthetic_county.plan import School
from synthetic_county.row import Row
from synthetic_county.seeds import random_for

MIGRANTS = {"urban": (0.07, 0.18), "town": (0.02, 0.05), "rural": (0.0, 0.02)}


def pupils_row(seed: int, school: School, stage: str, year: int, enrolment: Enrolment, classes: list[Class]) -> Row:
    """Return the pupil columns of a stage row; grades add up to the pupils, size bands to the classes."""
    rng = random_for(seed, "pupils", school.code, stage)
    grades = enrolment.grades[school.code, stage, year]
    pupils = sum(grades.values())
    row: Row = {
        "pupils": pupils,
        **{f"grade_{grade}": number for grade, number in grades.items()},
        "classes": len(classes),
        **bands(classes),
        "largest_class": max(one.pupils for one in classes),
        "zone_pupils": _in_zone(rng, school, stage, pupils),
        "migrant_pupils": round(
            pupils * rng.uniform(*((0.2, 0.3) if school.is_private else MIGRANTS[school.location]))
        ),
        "boarders": boarders(seed, school, stage, pupils),
    }
    if school.is_open_in(year - 1):
        row["pupils_year_before"] = enrolment.pupils(school.code, stage, year - 1)
        row["dropped_out"] = 0 if stage == "primary" or pupils < 300 else rng.choice((0, 0, 1, 2))
    if stage == "primary":
        row |= {f"grade_{grade}": row.get(f"grade_{grade}", 0) for grade in range(1, 7)}
    else:
        row |= _leavers(random_for(seed, "leavers", school.code, year), school, year, enrolment)
    return row


def boarders(seed: int, school: School, stage: str, pupils: int) -> int:
    """Pupils of a stage who board; none where the school has no boarding."""
    if not school.boarding:
        return 0
    low, high = {"primary": (0.08, 0.2), "junior": (0.3, 0.6), "senior": (0.6, 0.8)}[stage]
    return round(pupils * random_for(seed, "boarders", school.code, stage).uniform(low, high))


def _in_zone(rng: Random, school: School, stage: str, pupils: int) -> int:
    if school.is_private:
        return round(pupils * rng.uniform(0.35, 0.5))
    if stage == "primary" and school.location != "rural":
        return pupils
    return round(pupils * rng.uniform(0.962, 1.0))


def _leavers(rng: Random, school: School, year: int, enrolment: Enrolment) -> Row:
    """The cohort that left in the summer before: who entered, came, went, died, dropped out, and graduated."""
    entered = enrolment.grades[school.code, "junior", year - 3][7]
    in_grade_9 = enrolment.grades[school.code, "junior", year - 1][9]
    graduates = in_grade_9 - (1 if in_grade_9 > 120 and rng.random() < 0.5 else 0)
    deaths = 1 if entered > 150 and rng.random() < 0.12 else 0
    dropped_out = round(entered * rng.uniform(0.0, 0.012 + 0.003 * (LATEST - year)))
    balance = graduates - entered + deaths + dropped_out  # those who came less those who went
    both_ways = round(entered * rng.uniform(0.01, 0.03))
    return {
        "grade7_entry": entered,
        "graduates": graduates,
        "transferred_in": max(balance, 0) + both_ways,
        "transferred_out": max(-balance, 0) + both_ways,
        "deaths": deaths,
    }
