"""What every contender answers: the seven resources of CN/youzhi_2017 in one school year, school by school and county
by county. The limits stand here once more, because an analyst would type them from the document.

The filings are those of a national store; whoever is not us reads its Parquet files where they lie.

An answer is two tables in the contender's own format:

- rows: county_code, school_code, stage, pupils, left_out, per indicator ``<id>__value`` and ``<id>__outcome``, outcome;
- balance: county_code, stage, indicator, schools, absent, mean, sd, cv, plain_cv, limit, outcome.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Protocol

STANDARD = "CN/youzhi_2017"
YEAR = 2025
DAY = date(2025, 12, 31)
TABLES = ("school", "school_year", "stage_year")

# Limit for primary rows, limit for junior rows, and whether what is filed for the whole school is split by pupils.
INDICATORS: dict[str, tuple[float, float, bool]] = {
    "teachers_above_required_education_per_100": (4.2, 5.3, False),
    "backbone_teachers_per_100": (1, 1, False),
    "pe_arts_teachers_per_100": (0.9, 0.9, False),
    "teaching_area_per_pupil": (4.5, 5.8, True),
    "sports_area_per_pupil": (7.5, 10.2, True),
    "equipment_value_per_pupil": (2000, 2500, True),
    "multimedia_classrooms_per_100": (2.3, 2.4, True),
}
CV_LIMITS = {"primary": 0.50, "junior": 0.45}
REST = 0.85
WEIGHTS = {"primary": 1.0, "junior": 1.1, "senior": 1.32}
KINDS_WITH = {
    "primary": ("211", "212", "213", "218", "219", "312", "314", "345"),
    "junior": ("311", "312", "313", "314", "319", "321", "341", "343", "345", "371"),
    "senior": ("341", "342", "343", "344", "345"),
}
ATTACHED = ("219", "319", "518", "519")
SPECIAL = ("511", "512", "513", "514", "518", "519")
SMALL = 50

# Floats miss a limit that is met exactly by their last digit; filed numbers come no nearer to it than this.
TOLERANCE = 1e-9


def files(nation: Path, table: str, year: int) -> list[Path]:
    """The Parquet files of a table in a national store whose loads never replaced one another."""
    return sorted(nation.glob(f"rows/{table}/year={year}/*/*.parquet"))


class Contender(Protocol):
    """Loads one year of a nation once and answers as often as it is asked, from nothing but its own tables."""

    def run(self) -> None: ...

    def answer(self) -> tuple[Any, Any]: ...
