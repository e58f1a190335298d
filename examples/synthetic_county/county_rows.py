"""The county's own rows: who it is, and what its offices file every year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from synthetic_county.enrolment import LATEST, YEARS
from synthetic_county.plan import COUNTY_CODE, COUNTY_NAME, KIND_SPECIAL, School
from synthetic_county.premises import QUOTAS, REQUIRED_QUOTAS
from synthetic_county.row import Row

TAUGHT_ELSEWHERE = {2023: 58, 2024: 61, 2025: 64}  # in ordinary classes or at home, on the special school's funds
BY_YEAR: dict[str, dict[int, Any]] = {
    "teacher_pay_mean": {2023: "96480.00", 2024: "99235.00", 2025: "102460.00"},
    "civil_pay_mean": {2023: "96120.00", 2024: "98890.00", 2025: "102310.00"},
    "rotation_eligible": {2023: 1812, 2024: 1836, 2025: 1854},
    "rotated": {2023: 186, 2024: 197, 2025: 214},
    "rotated_backbone": {2023: 39, 2024: 44, 2025: 52},
    "senior_places": {2023: 2480, 2024: 2560, 2025: 2650},
    "senior_places_allotted": {2023: 1290, 2024: 1357, 2025: 1458},
    "senior_places_allotted_last_year": {2023: "51.00", 2024: "52.02", 2025: "53.01"},
    "disabled_children": {2023: 418, 2024: 423, 2025: 431},
    "disabled_enrolled": {2023: 405, 2024: 412, 2025: 421},
}
IN_DECIMALS = ("teacher_pay_mean", "civil_pay_mean", "senior_places_allotted_last_year")


def county_row() -> Row:
    """Return the row of the county; it was recognised as balanced long enough ago to apply."""
    return {
        "county_code": COUNTY_CODE,
        "county_name": COUNTY_NAME,
        "basic_balance_recognised_on": date(2016, 12, 30),
        "resident_population": 643_200,
    }


def county_year_rows(schools: list[School], premises: list[Row], stages: list[Row]) -> list[Row]:
    """Return one row per year; what schools file too is their sum."""
    kinds = {school.code: school for school in schools}
    rows: list[Row] = []
    for year in YEARS:
        here = [row for row in stages if row["school_year"] == year]
        primary = [row for row in here if row["stage"] == "primary" and kinds[row["school_code"]].kind != KIND_SPECIAL]
        special = [row for row in here if kinds[row["school_code"]].kind == KIND_SPECIAL]
        public = _sum(here, "migrant_pupils", kinds, private=False)
        purchased = round(_sum(here, "migrant_pupils", kinds, private=True) * 0.8)
        school_funds = sum(
            row["public_funds_budget"]
            for row in premises
            if row["school_year"] == year and kinds[row["school_code"]].kind == KIND_SPECIAL
        )
        rows.append(
            {
                "county_code": COUNTY_CODE,
                "school_year": year,
                "quota_primary": Decimal(QUOTAS[year]["primary"]),
                "quota_junior": Decimal(QUOTAS[year]["junior"]),
                "required_quota_primary": Decimal(REQUIRED_QUOTAS["primary"]),
                "required_quota_junior": Decimal(REQUIRED_QUOTAS["junior"]),
                "special_public_funds": school_funds + TAUGHT_ELSEWHERE[year] * QUOTAS[year]["special"],
                "special_pupils": sum(row["pupils"] for row in special) + TAUGHT_ELSEWHERE[year],
                "migrants_eligible": round((public + purchased) * (1.072 - 0.012 * (year - LATEST + 2))),
                "migrants_public": public,
                "migrants_purchased": purchased,
                "primary_teachers": sum(row["teachers"] for row in primary),
                "primary_teachers_senior_title": sum(row["teachers_senior_title"] for row in primary),
                "note": None,
                **{
                    name: Decimal(str(values[year])) if name in IN_DECIMALS else values[year]
                    for name, values in BY_YEAR.items()
                },
            }
        )
    return rows


def _sum(rows: list[Row], column: str, schools: dict[str, School], *, private: bool) -> int:
    return sum(row.get(column) or 0 for row in rows if schools[row["school_code"]].is_private == private)
