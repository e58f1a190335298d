"""Classes of each grade and their sizes, in bands, as the grades make them."""

from __future__ import annotations

import numpy as np
from examples.synthetic_nation.county import FILED_FROM, Counties
from examples.synthetic_nation.draws import Numbers, Reals
from examples.synthetic_nation.pupils import Enrolment
from examples.synthetic_nation.schools import RURAL, URBAN, Schools

LIMITS = (45, 50)
UPPER = (25, 30, 35, 40, 45, 50, 55, 60, 65)
BANDS = (*(f"classes_{upper}" for upper in UPPER), "classes_over_65")
USUAL = ((43, 48), (42, 47), (36, 42))  # pupils planned for a class, by location and stage
CROWDED, CROWDED_FALL = (0.42, 0.34, 0.06), 0.17  # share of crowded schools in 2016 by location, and its yearly fall


def make_classes(counties: Counties, schools: Schools, enrolment: Enrolment, stage: int) -> dict[str, Numbers]:
    """``classes``, ``largest_class``, ``largest_entry_class`` and the bands, one number a school."""
    grades = enrolment.grades[:, :6] if stage == 0 else enrolment.grades[:, 6:]
    planned = _planned(counties, schools, enrolment.year, stage)
    classes = -(-grades // planned[:, None])
    size = grades // np.maximum(classes, 1)
    larger = grades - size * classes  # so many classes of the grade have one pupil more
    largest = size + (larger > 0)
    found = {"classes": classes.sum(1), "largest_class": largest.max(1), "largest_entry_class": largest[:, 0]}
    lower = 0
    for upper, name in zip((*UPPER, 10**6), BANDS, strict=True):
        fits = ((size > lower) & (size <= upper)) * (classes - larger)
        fits = fits + ((size + 1 > lower) & (size + 1 <= upper)) * larger
        found[name] = fits.sum(1)
        lower = upper
    return found


def _planned(counties: Counties, schools: Schools, year: int, stage: int) -> Numbers:
    """How many pupils are put into a class: in crowded schools more than is permitted, until the county ends it."""
    draws, key = schools.draws, schools.key
    usual = np.array(USUAL)[schools.location, stage] - np.floor(draws.uniform(key, "class", stage) * 5).astype(np.int64)
    share: Reals = np.array(CROWDED)[schools.location] * np.exp(-CROWDED_FALL * (year - FILED_FROM))
    share = share * np.exp(-0.4 * counties.wealth[schools.county])
    crowded = draws.uniform(key, "crowded", stage) < share
    crowded &= ~counties.fulfils("class size", year, 0.1)[schools.county] & (schools.location <= RURAL)
    over = np.where(schools.location == URBAN, 12, 8) * (0.4 + draws.uniform(key, "how crowded", stage))
    return np.where(crowded, LIMITS[stage] + np.ceil(over).astype(np.int64), np.minimum(usual, LIMITS[stage]))
