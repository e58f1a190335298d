"""What the county itself files: its entry in the list of counties, and its year."""

from __future__ import annotations

import numpy as np
import polars as pl
from examples.synthetic_nation.county import FILED_FROM, Counties
from examples.synthetic_nation.premises import quotas
from examples.synthetic_nation.stage_rows import Columns

from junheng.standards.regions import provinces

NOT_RECOGNISED = "尚未通过国家认定"


def names(counties: Counties) -> pl.Series:
    """浙江合成12县: the province's short name, the number, and 区, 市 or 县."""
    short = {code: label.zh.removesuffix("省").removesuffix("市") for code, label in provinces().items()}
    short |= {"15": "内蒙古", "45": "广西", "54": "西藏", "64": "宁夏", "65": "新疆"}
    city = counties.draws.uniform(counties.code, "city") < 0.2
    last = np.where(counties.district, "区", np.where(city, "市", "县"))
    serial = (counties.code // 100 % 100 - 60) * 30 + counties.code % 100
    return pl.Series([
        f"{short[str(code // 10_000)]}合成{number}{word}"
        for code, number, word in zip(counties.code, serial, last, strict=True)
    ])  # fmt: skip


def make_county(counties: Counties, pupils: np.ndarray, year: int) -> dict[str, np.ndarray | pl.Series]:
    """``pupils`` are those of the first year; a county that is not recognised yet has no date."""
    draws = counties.draws
    late = draws.choice(np.array((0.12, 0.2, 0.26, 0.22, 0.12, 0.05, 0.03)), counties.code, "recognised")
    recognised = [f"{2013 + after}-12-30" if 2013 + after <= year else None for after in late]
    return {
        "county_name": names(counties).to_numpy(),
        "basic_balance_recognised_on": pl.Series(recognised, dtype=pl.String),
        "resident_population": population(pupils),
        "note": pl.Series([None if day else NOT_RECOGNISED for day in recognised], dtype=pl.String),
    }


def population(pupils: np.ndarray) -> np.ndarray:
    """Residents of a county with so many pupils, in whole thousands (assumed: 115 pupils to 1,000)."""
    return np.asarray(np.rint(pupils / 0.115 / 1000), dtype=np.int64) * 1000


def make_county_year(counties: Counties, year: int, filed: dict[str, np.ndarray]) -> Columns:
    """``filed`` has sums of the county: pupils and grades by stage, teachers, leavers, special pupils."""
    draws, code, since = counties.draws, counties.code, year - FILED_FROM
    quota = quotas(counties, year)
    below = np.where(counties.fulfils("quota", year), 0, 30)
    civil = np.rint((62_000 + 9_000 * draws.uniform(code, "pay")) * 1.055**since * np.exp(0.08 * counties.wealth))
    paid = np.where(
        counties.fulfils("pay", year),
        1.004 + 0.05 * draws.uniform(code, "paid"),
        0.90 + 0.09 * draws.uniform(code, "paid"),
    )
    teachers = filed["teachers"]
    eligible = np.rint(teachers * 0.34).astype(np.int64)

    def share(base: np.ndarray, task: str, good: tuple[float, float], bad: tuple[float, float]) -> np.ndarray:
        low, high = np.where(counties.fulfils(task, year)[:, None], good, bad).T
        found = base * (low + (high - low) * draws.uniform(code, task, "share"))
        return np.asarray(np.ceil(found), dtype=np.int64)

    rotated = share(eligible, "rotation", (0.105, 0.18), (0.03, 0.095))
    backbone = np.minimum(share(rotated, "rotated backbone", (0.205, 0.35), (0.08, 0.18)), rotated)
    places = np.rint(filed["ninth"] * 0.35).astype(np.int64) + 20
    migrants = filed["migrant_pupils"]
    eligible_migrants = np.ceil(migrants * 1.06).astype(np.int64) + 1
    served = np.minimum(share(eligible_migrants, "migrants", (0.88, 0.99), (0.60, 0.82)), eligible_migrants)
    disabled = np.rint(filed["pupils"] * 0.0045).astype(np.int64) + 4
    enrolled = np.minimum(share(disabled, "disabled", (0.96, 1.0), (0.72, 0.93)), disabled)
    special = filed["special_pupils"] + np.rint(disabled * 0.3).astype(np.int64)
    special_quota = np.where(counties.fulfils("special funds", year), 6_050 + 100 * since, 4_600.0 + 60 * since)
    primary_age = np.ceil(filed["primary_pupils"] * 1.012).astype(np.int64)
    junior_age = np.ceil(filed["junior_pupils"] * 1.015).astype(np.int64)
    leavers = filed["graduates"]
    allotted = np.minimum(share(places, "senior places", (0.51, 0.75), (0.25, 0.47)), places)
    return {
        "quota_primary": quota[0],
        "quota_junior": quota[1],
        "required_quota_primary": quota[0] + below,
        "required_quota_junior": quota[1] + below,
        "special_public_funds": special * special_quota,
        "special_pupils": special,
        "teacher_pay_mean": np.rint(civil * paid),
        "civil_pay_mean": civil,
        "rotation_eligible": eligible,
        "rotated": rotated,
        "rotated_backbone": backbone,
        "senior_places": places,
        "senior_places_allotted": allotted,
        "migrants_eligible": eligible_migrants,
        "migrants_public": np.floor(served * 0.93).astype(np.int64),
        "migrants_purchased": served - np.floor(served * 0.93).astype(np.int64),
        "disabled_children": disabled,
        "disabled_enrolled": enrolled,
        "primary_teachers": filed["primary_teachers"],
        "primary_teachers_senior_title": filed["primary_senior_title"],
        "primary_age_children": primary_age,
        "primary_age_enrolled": primary_age - np.rint(primary_age * 0.001).astype(np.int64),
        "junior_age_children": junior_age,
        "junior_age_enrolled": junior_age - np.rint(junior_age * 0.004).astype(np.int64),
        "junior_stage_pupils": np.rint(filed["junior_pupils"] * 1.01).astype(np.int64),
        "junior_leavers": leavers,
        "junior_leavers_promoted": np.floor(leavers * (0.93 + 0.05 * counties.done(year))).astype(np.int64),
        "rural_tax_transfer": 2_400_000 + filed["pupils"] * 30.0,
        "rural_tax_transfer_education": np.rint((2_400_000 + filed["pupils"] * 30.0) * 0.62),
        "rural_teacher_pay_mean": np.rint(civil * paid * 1.01),
        "town_teacher_pay_mean": np.rint(civil * paid * 0.99),
        "renovation_area_planned": filed["pupils"] * 0.8,
        "renovation_area_completed": np.rint(filed["pupils"] * 0.8 * np.minimum(0.55 + 0.12 * since, 1)),
        "renovation_equipment_planned": filed["pupils"] * 310.0,
        "renovation_equipment_bought": np.rint(filed["pupils"] * 310.0 * np.minimum(0.6 + 0.12 * since, 1)),
        "rural_disabled_children": np.floor(disabled * 0.55).astype(np.int64),
        "rural_disabled_with_plan": np.floor(np.floor(disabled * 0.55) * np.minimum(0.8 + 0.04 * since, 1)).astype(
            np.int64
        ),
    }
