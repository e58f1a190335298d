"""Teachers: they follow the pupils with delay, and their degrees, titles and subjects improve over the years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from examples.synthetic_nation.county import FILED_FROM, Counties
from examples.synthetic_nation.draws import Numbers, Reals
from examples.synthetic_nation.schools import SPECIAL, Schools

PER_PUPIL = (0.0575, 0.0800)
BY_SIZE = -0.15  # small schools have more teachers a pupil
SIZE_OF_REFERENCE = 450
QUICKEST = 1.4
FOLLOWS_UP, FOLLOWS_DOWN = 0.55, 0.30  # the part of a lack or a surplus that a year makes good
# Least per 100 pupils under the 2017 rules: above the required degree, backbone, PE and arts.
LEAST = {"degree": (4.2, 5.3), "backbone": (1.0, 1.0), "pe_arts": (0.9, 0.9)}


@dataclass(frozen=True)
class Dispersion:
    """How far schools of a county lie apart: standard deviations of the logarithm, before a county evens them out."""

    ratio: tuple[float, float] = (0.30, 0.40)
    title: tuple[float, float] = (0.34, 0.36)
    backbone: tuple[float, float] = (0.55, 0.60)
    pe_arts: tuple[float, float] = (0.42, 0.40)


DISPERSION = Dispersion()


def evenness(counties: Counties, year: int) -> Reals:
    """What is left of the differences between schools, by county: 1 in a middling county that has done half."""
    own = counties.draws.factor(np.full(len(counties), 0.36), counties.code, "uneven")
    done = counties.done(year)
    return np.asarray(np.where(done >= 1, np.minimum(own, 1.0), own) * (1.34 - 0.84 * done))


def wanted(counties: Counties, schools: Schools, pupils: Numbers, year: int, stage: int) -> Reals:
    """Teachers a school of this size would have, not yet whole."""
    draws, key, of = schools.draws, schools.key, schools.county
    size = (np.maximum(pupils, 20) / SIZE_OF_REFERENCE) ** BY_SIZE
    own = draws.factor(DISPERSION.ratio[stage] * evenness(counties, year)[of], key, "ratio", stage)
    level = np.exp(0.10 * draws.normal(counties.code, "ratio") + 0.04 * counties.wealth)[of]
    special = np.where(schools.kind == SPECIAL, 2.5, 1.0)
    needed = pupils * PER_PUPIL[stage] * size * own * level * special * (1 + 0.010 * (year - FILED_FROM))
    return np.asarray(np.where(pupils > 0, np.maximum(needed, 1), 0))


def followed(before: Reals | None, target: Reals, least: Numbers) -> Reals:
    """The teachers of a year after those of the year before; ``least`` is reached as fast as one can hire."""
    if before is None:
        return np.maximum(target, least)
    step = np.where(target > before, FOLLOWS_UP, FOLLOWS_DOWN)
    after = np.where(before > 0, before + step * (target - before), target)
    hired = np.where(before > 0, np.minimum(least, before * QUICKEST), least)
    return np.asarray(np.where(target > 0, np.maximum(np.maximum(after, hired), 1), 0))


def least_of(counties: Counties, schools: Schools, pupils: Numbers, year: int, stage: int) -> dict[str, Numbers]:
    """The teachers that the 2017 rules ask of a school, by kind, where its county sees to it; else none."""
    seen_to = schools.draws.uniform(schools.key, "lifts teachers", stage) < counties.done(year)[schools.county]
    return {
        name: np.where(seen_to, np.ceil(pupils * limits[stage] / 100 - 1e-9), 0).astype(np.int64)
        for name, limits in LEAST.items()
    }


def make_teachers(
    counties: Counties, schools: Schools, stock: Reals, pupils: Numbers, year: int, stage: int
) -> dict[str, Numbers]:
    """The columns of ``stage_year`` about teachers. Degrees add up; no part exceeds the whole."""
    draws, key, of = schools.draws, schools.key, schools.county
    uneven = evenness(counties, year)[of]
    least = least_of(counties, schools, pupils, year, stage)
    teachers = np.where(pupils > 0, np.maximum(np.rint(stock).astype(np.int64), 1), 0)
    since = year - FILED_FROM

    def part(share: float, name: str, spread: float = 0.0) -> Numbers:
        own = draws.factor(spread * uneven, key, name, stage) * np.exp(-0.1 * spread)
        found = draws.whole(teachers * share * own, key, name, stage, "whole")
        return np.minimum(found, teachers)

    low = part(max(0.075 - 0.008 * since, 0.004) if stage == 0 else max(0.14 - 0.013 * since, 0.012), "low", 0.5)
    low = np.minimum(low, teachers - np.minimum(least["degree"], teachers))
    master = np.minimum(part((0.010, 0.028)[stage] * (1 + 0.16 * since), "master", 0.5), teachers - low)
    bachelor_share = min((0.47, 0.82)[stage] + (0.028, 0.008)[stage] * since, 0.93)
    if stage == 0:
        bachelor = np.minimum(part(bachelor_share, "bachelor", 0.15), teachers - low - master)
        associate, secondary = teachers - low - master - bachelor, low
    else:  # what a junior teacher must have is a bachelor's degree; those without have an associate degree
        secondary = np.minimum(part(0.003, "secondary"), low)
        associate, bachelor = low - secondary, teachers - low - master
    backbone = np.minimum(np.maximum(part(0.20 + 0.012 * since, "backbone", DISPERSION.backbone[stage]),
                                     least["backbone"]), teachers)  # fmt: skip
    subjects = part((0.165, 0.145)[stage] + 0.005 * since, "pe_arts", DISPERSION.pe_arts[stage])
    subjects = np.minimum(np.maximum(subjects, least["pe_arts"]), teachers)
    pe = np.rint(subjects * 0.44).astype(np.int64)
    music = (subjects - pe) // 2
    middle = part(0.40, "middle", DISPERSION.title[stage])
    senior = part((0.06, 0.13)[stage] + 0.006 * since, "senior", DISPERSION.title[stage])
    senior = np.minimum(senior, teachers // 3)
    missing = (teachers > 0) & (draws.uniform(key, "uncertified", stage, year) < 0.02)
    untrained = (teachers > 0) & (draws.uniform(key, "untrained", stage, year) < 0.03)
    return {
        "teachers": teachers,
        "teachers_doctor": np.zeros_like(teachers),
        "teachers_master": master,
        "teachers_bachelor": bachelor,
        "teachers_associate": associate,
        "teachers_secondary": secondary,
        "teachers_mid_title": np.minimum(middle, teachers - senior),
        "teachers_senior_title": senior,
        "backbone_teachers": backbone,
        "teachers_pe": pe,
        "teachers_music": music,
        "teachers_fine_arts": subjects - pe - music,
        "teachers_arts": np.zeros_like(teachers),
        "visiting_pe_arts_teachers": ((pupils > 0) & (pupils < 100)).astype(np.int64),
        "certified_teachers": teachers - (missing & ~counties.fulfils("certificates", year)[of]),
        "teachers_360_hours": teachers - (untrained & ~counties.fulfils("training", year)[of]),
    }
