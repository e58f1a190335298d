"""Teachers, rooms, grounds and equipment of the latest year.

Good schools are good at several things, small schools have more of everything per pupil, town schools have the better
teachers: each wish below is such a size effect, times the school's own standing, times a little chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import exp
from random import Random

from synthetic_county.classes import make_classes
from synthetic_county.enrolment import LATEST, Enrolment, compulsory_stages
from synthetic_county.fitting import Goal, Row, exactly, roughly
from synthetic_county.plan import School
from synthetic_county.published import PRIMARY
from synthetic_county.seeds import random_for

STAGE_WEIGHTS = {"primary": Fraction(1), "junior": Fraction("1.1"), "senior": Fraction("1.32")}
TEACHERS = ("higher_degree_teachers", "backbone_teachers", "pe_arts_teachers")
FACILITIES = ("teaching_area", "sports_area", "equipment_value", "multimedia_classrooms")
GRAINS = {"teaching_area": 0.01, "sports_area": 0.01, "equipment_value": 100.0}  # hundredths of ㎡ and of 万元

# Mean and CV that the junior schools are drawn with, in the units of the published primary table.
JUNIOR = {
    "higher_degree_teachers": Goal(6.62, 0.135),
    "backbone_teachers": Goal(1.36, 0.2),
    "pe_arts_teachers": Goal(1.17, 0.17),
    "teaching_area": Goal(7.55, 0.19),
    "sports_area": Goal(13.3, 0.22),
    "equipment_value": Goal(3420.0, 0.22),
    "multimedia_classrooms": Goal(3.12, 0.19),
}


@dataclass(frozen=True)
class Effect:
    """How an amount per pupil depends on size, place, standing and chance."""

    size: float
    standing: float
    chance: float
    places: tuple[float, float, float] = (1.0, 1.0, 1.0)  # urban, town, rural

    def wish(self, rng: Random, school: School, pupils: int, standing: float) -> float:
        place = self.places[("urban", "town", "rural").index(school.location)]
        own = exp(self.standing * standing + self.chance * rng.gauss(0, 1))
        return float((pupils / 450) ** self.size) * place * own


EFFECTS = {
    "higher_degree_teachers": Effect(-0.17, 0.4, 0.07, (1.02, 1.0, 0.98)),
    "backbone_teachers": Effect(0.0, 1.6, 0.28, (1.3, 1.05, 0.78)),
    "pe_arts_teachers": Effect(-0.06, 1.0, 0.20, (1.12, 1.0, 0.86)),
    "teaching_area": Effect(-0.15, 1.0, 0.11),
    "sports_area": Effect(-0.20, 0.8, 0.17, (0.9, 1.0, 1.05)),
    "equipment_value": Effect(-0.08, 1.2, 0.13, (1.08, 1.0, 0.95)),
    "multimedia_classrooms": Effect(0.0, 0.4, 0.08),  # times the classes a hundred pupils have
}


@dataclass(frozen=True)
class Resources:
    """Teachers by school and stage; whole-school facilities by school. Areas, money in their grains."""

    teachers: dict[tuple[str, str], dict[str, int]]
    facilities: dict[str, dict[str, int]]


def furnish(seed: int, schools: list[School], enrolment: Enrolment) -> Resources:
    """Return the resources of the latest year."""
    standing = {school.code: _standing(seed, school) for school in schools}
    share = shares(schools, enrolment)
    resources = Resources({}, {school.code: {} for school in schools})

    def wish(school: School, stage: str, name: str) -> float:
        pupils = enrolment.pupils(school.code, stage, LATEST)
        rng = random_for(seed, name, school.code, stage)
        wanted = EFFECTS[name].wish(rng, school, pupils, standing[school.code])
        if name == "multimedia_classrooms":
            wanted *= len(make_classes(seed, school, enrolment, LATEST)[stage]) / pupils
        # A mixed school's junior part gets what the split leaves it, so such schools are built more generously.
        return wanted * 1.34 if name in FACILITIES and _is_mixed(school) else wanted

    primary = [school for school in schools if "primary" in school.pupils and school.counts_for_resources]
    for name, published in PRIMARY.items():
        scale = published.per
        rows = _rows(primary, "primary", name, enrolment, share, wish)
        grain = GRAINS.get(name, 1.0)
        goal = Goal(float(published.mean) / scale, float(published.cv), grain, mean_tolerance=5e-7 / scale)
        _store(resources, primary, "primary", name, exactly(rows, goal))

    junior = [school for school in schools if "junior" in school.pupils and school.counts_for_resources]
    for name, goal in JUNIOR.items():
        scale = PRIMARY[name].per
        drawn = [school for school in junior if name in TEACHERS or _draws_facilities_as_junior(school)]
        rows = _rows(drawn, "junior", name, enrolment, share, wish)
        amounts = roughly(rows, Goal(goal.mean / scale, goal.cv, GRAINS.get(name, 1.0)))
        _store(resources, drawn, "junior", name, amounts)

    for school in schools:
        if school.is_attached and school.campus_of:
            _give_part(resources, school.campus_of, school.code, share[school.campus_of, "junior"])
        if not school.counts_for_resources:
            _furnish_uncounted(seed, resources, school, enrolment)
    return resources


def shares(schools: list[School], enrolment: Enrolment) -> dict[tuple[str, str], Fraction]:
    """Each stage's part of a whole-school amount: pupils, those of attached classes too, weighted 1 : 1.1 : 1.32."""
    weighted: dict[str, dict[str, Fraction]] = {}
    for school in schools:
        home = school.campus_of if school.is_attached and school.campus_of else school.code
        for stage in school.pupils:
            pupils = enrolment.pupils(school.code, stage, LATEST)
            of_home = weighted.setdefault(home, {})
            of_home[stage] = of_home.get(stage, Fraction(0)) + STAGE_WEIGHTS[stage] * pupils
    return {
        (home, stage): weight / sum(of_home.values())
        for home, of_home in weighted.items()
        for stage, weight in of_home.items()
    }


def _standing(seed: int, school: School) -> float:
    """How good a school is at everything; what has just been built is never poor."""
    drawn = random_for(seed, "standing", school.code).gauss(0, 0.16)
    return max(drawn, 0.12) if school.built_year >= 2020 else drawn


def _draws_facilities_as_junior(school: School) -> bool:
    """Mixed schools have theirs from the primary stage, attached classes use those of the school they are in."""
    return "primary" not in school.pupils and not school.is_attached


def _is_mixed(school: School) -> bool:
    return len(school.pupils) > 1


def _rows(
    schools: list[School],
    stage: str,
    name: str,
    enrolment: Enrolment,
    share: dict[tuple[str, str], Fraction],
    wish: Callable[[School, str, str], float],
) -> list[Row]:
    least = {"higher_degree_teachers": 2, "multimedia_classrooms": 1}.get(name, 0)
    return [
        Row(
            pupils=enrolment.pupils(school.code, stage, LATEST),
            wish=wish(school, stage, name),
            share=share[school.code, stage] if name in FACILITIES else Fraction(1),
            least=least,
        )
        for school in schools
    ]


def _store(resources: Resources, schools: list[School], stage: str, name: str, amounts: list[int]) -> None:
    for school, amount in zip(schools, amounts, strict=True):
        if name in TEACHERS:
            resources.teachers.setdefault((school.code, stage), {})[name] = amount
        else:
            resources.facilities[school.code][name] = amount


def _give_part(resources: Resources, home: str, attached: str, share: Fraction) -> None:
    """Attached classes file the rooms they use; together with their school's they are what was drawn for both."""
    for name in FACILITIES:
        part = round(resources.facilities[home][name] * share)
        resources.facilities[home][name] -= part
        resources.facilities[attached][name] = part


def _furnish_uncounted(seed: int, resources: Resources, school: School, enrolment: Enrolment) -> None:
    """Special schools and small teaching points are furnished by hand: no indicator counts them."""
    rng = random_for(seed, "uncounted", school.code)
    pupils = sum(enrolment.pupils(school.code, stage, LATEST) for stage in school.pupils)
    special = len(school.pupils) > 1
    for stage in compulsory_stages(school):
        here = enrolment.pupils(school.code, stage, LATEST)
        teachers = max(round(here / (3.6 if special else 9)), 2)
        resources.teachers[school.code, stage] = {
            "higher_degree_teachers": teachers,
            "backbone_teachers": teachers // 8,
            "pe_arts_teachers": teachers // 5,
        }
    resources.facilities[school.code] = {
        "teaching_area": round((pupils * rng.uniform(7, 9) + 130) * 100),
        "sports_area": round((pupils * rng.uniform(9, 14) + 260) * 100),
        "equipment_value": round(pupils * rng.uniform(30, 45) + 300),
        "multimedia_classrooms": max(round(pupils / 11), 2),
    }
