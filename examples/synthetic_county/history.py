"""The same amounts in earlier years: teachers follow pupils, buildings hardly move, equipment is bought every year."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from synthetic_county.enrolment import LATEST, YEARS, Enrolment
from synthetic_county.plan import School
from synthetic_county.resources import Resources
from synthetic_county.seeds import random_for

# How much of this year's amount was there a year before, beside the change of pupils.
YEAR_BEFORE = {
    "higher_degree_teachers": (0.975, 1.0),
    "backbone_teachers": (0.90, 0.99),
    "pe_arts_teachers": (0.91, 0.99),
    "teaching_area": (0.985, 0.998),
    "sports_area": (0.990, 0.999),
    "equipment_value": (0.90, 0.965),
    "multimedia_classrooms": (0.94, 0.995),
}
FOLLOWS_PUPILS = 0.6  # a school that loses a tenth of its pupils loses about six per cent of its teachers


@dataclass(frozen=True)
class History:
    """Teachers by school, stage and year; whole-school facilities by school and year."""

    teachers: dict[tuple[str, str, int], dict[str, int]]
    facilities: dict[tuple[str, int], dict[str, int]]


def look_back(seed: int, schools: list[School], enrolment: Enrolment, latest: Resources) -> History:
    """Return the resources of every year."""
    history = History({}, {})
    for school in schools:
        rng = random_for(seed, "history", school.code)
        for stage in (stage for stage in school.pupils if stage != "senior"):
            teachers = latest.teachers[school.code, stage]
            for year in reversed(YEARS):
                history.teachers[school.code, stage, year] = teachers
                pupils = enrolment.pupils(school.code, stage, year)
                change = (enrolment.pupils(school.code, stage, year - 1) / pupils) ** FOLLOWS_PUPILS
                teachers = _year_before(rng, teachers, change)
        facilities = latest.facilities[school.code]
        for year in reversed(YEARS):
            history.facilities[school.code, year] = facilities
            # Every tenth school or so got new rooms in 2024.
            built = 0.9 if year == LATEST - 1 and rng.random() < 0.1 else 1.0
            facilities = _year_before(rng, facilities, 1.0)
            facilities["teaching_area"] = round(facilities["teaching_area"] * built)
    return history


def _year_before(rng: Random, amounts: dict[str, int], change: float) -> dict[str, int]:
    return {name: round(amount * change * rng.uniform(*YEAR_BEFORE[name])) for name, amount in amounts.items()}
