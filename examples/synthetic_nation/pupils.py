"""Pupils by school and grade, year after year: they enter, move up, move to the towns, and small schools close."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from examples.synthetic_nation.county import FILED_FROM, FIRST_YEAR, Counties
from examples.synthetic_nation.draws import Mask, Numbers, Reals
from examples.synthetic_nation.schools import (
    JUNIOR_SCHOOL,
    NEVER,
    NINE_YEAR,
    POINT,
    PRIMARY_SCHOOL,
    RURAL,
    TWELVE_YEAR,
    Schools,
)

# Entrants of grade 1 against 2016. The shape (a rise to 2019, a last crest in 2023, then the fall in births) is
# assumed, from general knowledge and in round numbers; it was not read in a document.
ENTRANTS = {2012: 0.97, 2013: 0.96, 2014: 0.95, 2015: 0.98, 2016: 1.0, 2017: 1.01, 2018: 1.07, 2019: 1.07, 2020: 1.03,
            2021: 1.02, 2022: 0.97, 2023: 1.06, 2024: 0.92, 2025: 0.86, 2026: 0.80, 2027: 0.70, 2028: 0.62, 2029: 0.58,
            2030: 0.55, 2031: 0.57, 2032: 0.55, 2033: 0.53, 2034: 0.52, 2035: 0.51}  # fmt: skip
TO_TOWN = (0.010, 0.006, -0.026)  # pupils gained a year from grade to grade, by location
FASHION = (0.012, 0.006, -0.045)  # and of new entrants
SHOCK, SHOCK_SIZE = 0.02, 0.16  # a factory, a dam, a new town: entrants jump or drop for good
CAP, CAP_JOINT = (2_000, 2_000), (1_500, 950)  # pupils at most, where a county keeps to the size of schools
STRICT = 0.6  # the share of its tasks done from which on a county keeps to the size at any price
SMALLEST = {"point": 20, "village": 100}
CLOSES, EMPTY_CLOSES = 0.22, 0.6


@dataclass
class Enrolment:
    """One school year. ``grades`` is (schools, 9); ``closed`` the year a school closed in, else ``NEVER``."""

    year: int
    grades: Numbers
    senior: Numbers
    closed: Numbers
    opened: Numbers
    seventh: tuple[Numbers, ...]  # grade 7 of the three years before, the earliest first
    before: Numbers  # grades of the year before

    @property
    def open(self) -> Mask:
        return (self.opened <= self.year) & (self.closed > self.year)

    def stage(self, stage: int) -> Numbers:
        """Pupils of a stage, a number a school."""
        return np.asarray((self.grades[:, :6].sum(1), self.grades[:, 6:].sum(1), self.senior)[stage])


def follow(counties: Counties, schools: Schools, last: int) -> Iterator[Enrolment]:
    """The years from ``FIRST_YEAR`` to ``last``."""
    draws, key = schools.draws, schools.key
    closed = np.full(len(schools), NEVER)
    grades = _first(schools)
    seventh: tuple[Numbers, ...] = (grades[:, 6],) * 3
    before = grades
    for year in range(FIRST_YEAR, last + 1):
        if year > FIRST_YEAR:
            seventh, before = (*seventh[1:], grades[:, 6]), grades
            closed, grades = _close(schools, closed, grades, year)
            grades = _moved_up(counties, schools, grades, closed, year)
        here = (schools.opened <= year) & (closed > year)
        senior = np.where(schools.has(2) & here, draws.whole(grades[:, 6:].sum(1) * 0.75, key, "senior", year), 0)
        yield Enrolment(year, grades, senior, closed, schools.opened, seventh, before)


def _first(schools: Schools) -> Numbers:
    """Grades of the first year: each as large as its intake was."""
    draws, key = schools.draws, schools.key
    here = schools.opened <= FIRST_YEAR
    columns = []
    for grade in range(1, 10):
        share = schools.sizes[:, 0] / 6 if grade <= 6 else schools.sizes[:, 1] / 3
        wobble = np.exp(0.08 * draws.normal(key, "first", grade))
        columns.append(np.where(here, draws.whole(share * wobble, key, "first", grade), 0))
    return np.stack(columns, axis=1)


def _close(schools: Schools, closed: Numbers, grades: Numbers, year: int) -> tuple[Numbers, Numbers]:
    """Small village schools and teaching points close in summer; their pupils go to the school of the town."""
    total = grades.sum(1)
    here = (schools.opened < year) & (closed >= NEVER)
    small = total < np.where(schools.kind == POINT, SMALLEST["point"], SMALLEST["village"])
    chance = np.where(total == 0, EMPTY_CLOSES, CLOSES)
    closing = here & schools.may_close & small & (schools.draws.uniform(schools.key, "closes", year) < chance)
    closed = np.where(closing, year, closed)
    moved = np.zeros_like(grades)
    np.add.at(moved, schools.receiver[closing], grades[closing])
    return closed, np.where(closing[:, None], 0, grades) + moved


def _moved_up(counties: Counties, schools: Schools, grades: Numbers, closed: Numbers, year: int) -> Numbers:
    draws, key, of = schools.draws, schools.key, schools.county
    here = (schools.opened <= year) & (closed > year)
    moving = np.array(TO_TOWN)[schools.location] + 0.5 * counties.growth[of]
    moving = moving + 0.010 * draws.normal(key, "moving", year)
    new = np.zeros_like(grades)
    for grade in (2, 3, 4, 5, 6, 8, 9):
        new[:, grade - 1] = draws.whole(grades[:, grade - 2] * (1 + moving), key, "up", grade, year)
    new[:, 0] = _entrants(counties, schools, _demand(counties, schools, year), here, year, 0)
    leavers = np.bincount(of, weights=grades[:, 5], minlength=len(counties)) * (1 + 0.5 * counties.growth)
    new[:, 6] = _entrants(counties, schools, leavers, here, year, 1)
    new = np.where(here[:, None], new, 0)
    return _kept_to_size(counties, schools, new, year)


def _demand(counties: Counties, schools: Schools, year: int) -> Reals:
    """Children who enter grade 1, by county."""
    usual = np.bincount(schools.county, weights=schools.sizes[:, 0] / 6, minlength=len(counties))
    shocks = np.zeros(len(counties))
    for when in range(FIRST_YEAR + 1, year + 1):
        struck = schools.draws.uniform(counties.code, "shock", when) < SHOCK
        shocks = shocks + np.where(struck, SHOCK_SIZE * schools.draws.normal(counties.code, "shock size", when), 0)
    trend = counties.growth * (year - FILED_FROM) + shocks + 0.02 * schools.draws.normal(counties.code, "births", year)
    return np.asarray(usual * ENTRANTS[year] * np.exp(trend))


def _entrants(counties: Counties, schools: Schools, children: Reals, here: Mask, year: int, stage: int) -> Numbers:
    """A county's children among its schools, by size and fashion; a new school starts small."""
    age = year - schools.opened
    starting = np.where(schools.opened > FIRST_YEAR, np.clip(0.4 + 0.2 * age, 0.4, 1), 1)
    fashion = np.exp(np.array(FASHION)[schools.location] * (year - FIRST_YEAR))
    weight = schools.sizes[:, stage] * starting * fashion * here
    weight = weight * np.exp(0.06 * schools.draws.normal(schools.key, "intake", stage, year))
    total = np.bincount(schools.county, weights=weight, minlength=len(counties))
    share = weight / np.maximum(total, 1e-9)[schools.county]
    return schools.draws.whole(children[schools.county] * share, schools.key, "enters", stage, year)


def _kept_to_size(counties: Counties, schools: Schools, grades: Numbers, year: int) -> Numbers:
    """Where the county sees to it no school grows too large: those it turns away enter its other schools.

    What these cannot take stays, or enters other counties where this one is strict.
    """
    joint = np.isin(schools.kind, (NINE_YEAR, TWELVE_YEAR))
    limited = counties.fulfils("school size", year, 0.7)[schools.county]
    usual = np.isin(schools.kind, (PRIMARY_SCHOOL, JUNIOR_SCHOOL, NINE_YEAR)) & (schools.location != RURAL)
    kept, strict = grades.copy(), counties.done(year) > STRICT
    for grade, years in ((0, 6), (6, 3)):
        most = np.where(joint, CAP_JOINT[grade // 6], CAP[grade // 6]) * 0.94 // years
        entering = grades[:, grade]
        excess = np.where(limited, np.maximum(entering - most, 0), 0)
        room = np.where(usual & (entering > 0), np.minimum(np.maximum(most * 0.97 - entering, 0), entering * 0.6), 0)
        seeking = np.bincount(schools.county, weights=excess, minlength=len(counties))
        places = np.bincount(schools.county, weights=room, minlength=len(counties))
        moving = np.minimum(seeking, places)
        taken = np.floor(room * (moving / np.maximum(places, 1))[schools.county])
        turned_away = np.floor(excess * np.where(strict, 1, moving / np.maximum(seeking, 1))[schools.county])
        kept[:, grade] = entering + (taken - turned_away).astype(np.int64)
    return kept
