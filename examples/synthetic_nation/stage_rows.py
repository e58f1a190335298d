"""The rows of ``stage_year``: pupils, classes, teachers, leavers, and where the pupils come from."""

from __future__ import annotations

import numpy as np
from examples.synthetic_nation.classes import make_classes
from examples.synthetic_nation.county import Counties
from examples.synthetic_nation.draws import Mask, Numbers, Reals
from examples.synthetic_nation.pupils import Enrolment
from examples.synthetic_nation.schools import STAGES, Schools
from examples.synthetic_nation.teachers import make_teachers

Columns = dict[str, np.ndarray]
LEFT_BEHIND, MIGRANT = (0.02, 0.10, 0.28), (0.22, 0.10, 0.02)


def make_stage(
    counties: Counties, schools: Schools, enrolment: Enrolment, stock: Reals | None, stage: int
) -> tuple[Mask, Columns]:
    """Which schools have a row of this stage, and their columns (all schools, to be cut down)."""
    here = enrolment.open & schools.has(stage)
    pupils = enrolment.stage(stage)
    columns: Columns = {"pupils": pupils}
    if stock is None:
        return here, columns
    first, last = (0, 6) if stage == 0 else (6, 9)
    columns |= {f"grade_{grade + 1}": enrolment.grades[:, grade] for grade in range(first, last)}
    columns |= make_classes(counties, schools, enrolment, stage)
    columns |= make_teachers(counties, schools, stock, pupils, enrolment.year, stage)
    columns |= _where_from(counties, schools, pupils, enrolment.year, stage)
    if stage == 1:
        columns |= _leavers(counties, schools, enrolment)
    return here, columns


def _where_from(counties: Counties, schools: Schools, pupils: Numbers, year: int, stage: int) -> Columns:
    draws, key, of = schools.draws, schools.key, schools.county
    strays = np.where(counties.fulfils(f"zones {STAGES[stage]}", year)[of], 0.02 * stage, 0.015 + 0.05 * stage)
    outside = draws.whole(pupils * strays * draws.uniform(key, "outside", stage), key, "outside", stage, year)
    if stage == 0:
        outside = np.where(counties.fulfils("zones primary", year)[of], 0, outside)

    def part(shares: tuple[float, float, float], name: str) -> Numbers:
        share = np.array(shares)[schools.location] * (0.4 + 1.2 * draws.uniform(key, name))
        return np.minimum(draws.whole(pupils * share, key, name, stage, year), pupils)

    boards = np.where(schools.boarding, 0.35 + 0.5 * draws.uniform(key, "boarders", stage), 0)
    return {
        "zone_pupils": pupils - np.minimum(outside, pupils),
        "out_of_zone_pupils": np.minimum(outside, pupils),
        "migrant_pupils": part(MIGRANT, "migrant"),
        "left_behind_pupils": part(LEFT_BEHIND, "left behind"),
        "boarders": np.floor(pupils * boards).astype(np.int64),
    }


def _leavers(counties: Counties, schools: Schools, enrolment: Enrolment) -> Columns:
    """The cohort that left in summer: entered + came = left with a certificate + moved + died + gave up."""
    draws, key, of, year = schools.draws, schools.key, schools.county, enrolment.year
    entered, ninth = enrolment.seventh[0], enrolment.before[:, 8]
    kept = counties.fulfils("retention", year)[of]
    rate = np.where(kept, 0.008, 0.06) * (1.3 - 0.6 * draws.uniform(key, "gives up")) * np.exp(-0.08 * (year - 2016))
    gone = np.minimum(draws.whole(ninth * rate, key, "gave up", year), ninth)
    moved = draws.whole(entered * 0.015, key, "moved", year)
    died = np.minimum((draws.uniform(key, "died", year) < entered * 0.0002).astype(np.int64), ninth - gone)
    graduates = ninth - gone - died
    came = graduates + moved + died + gone - entered
    return {
        "grade7_entry": entered,
        "graduates": graduates,
        "transferred_in": np.maximum(came, 0),
        "transferred_out": moved + np.maximum(-came, 0),
        "deaths": died,
    }
