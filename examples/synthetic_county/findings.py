"""What people found: judged items of the standard, satisfaction, national monitoring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from junheng.intake import asked
from junheng.intake.template import JudgedItem
from junheng.standards.library import load_standard
from synthetic_county.enrolment import LATEST, YEARS
from synthetic_county.plan import COUNTY_CODE
from synthetic_county.row import Row

STANDARD = "CN/youzhi_2017"
JUDGED_YEARS = (2024, 2025)
UNMET = {(2024, "information_technology_used"): "抽查的 12 所学校中有 3 所村小的多媒体设备使用登记不全，限期整改"}

# Distributed, valid, satisfied in the latest year; the sample is 1.5 ‰ of 643,200 residents (965), parents half of it.
QUESTIONNAIRES = {
    "parents": (640, 611, 566),
    "pupils": (160, 158, 150),
    "teachers": (110, 109, 102),
    "heads": (66, 66, 64),
    "npc_deputies": (62, 57, 54),
    "cppcc_members": (62, 58, 54),
    "public": (130, 112, 98),
}
VISITS = {"parents": (96, 96, 88), "teachers": (40, 40, 38), "public": (44, 43, 38)}

# Level and between-school difference by subject and stage; two subjects a year.
MONITORING = {
    2023: {"科学": ((3, "0.118"), (3, "0.127")), "德育": ((3, "0.094"), (3, "0.101"))},
    2024: {"数学": ((3, "0.131"), (3, "0.146")), "体育": ((3, "0.108"), (3, "0.115"))},
    2025: {"语文": ((4, "0.089"), (3, "0.112")), "艺术": ((3, "0.124"), (3, "0.139"))},
}


def judged_items() -> list[JudgedItem]:
    """Return every item that people judge, as the template shows it."""
    return asked.judged_items(load_standard(STANDARD))


def judged_rows() -> list[Row]:
    """Return a finding for every item of the standard that people judge."""
    standard = load_standard(STANDARD)
    rows: list[Row] = []
    for year in JUDGED_YEARS:
        for part_name, part in standard.parts():
            for item in (name for name, entry in part.items.items() if entry.judged):
                unmet = UNMET.get((year, item))
                rows.append(
                    {
                        "county_code": COUNTY_CODE,
                        "school_year": year,
                        "standard": STANDARD,
                        "item": item,
                        "finding": "unmet" if unmet else "met",
                        "score": None,
                        "judged_by": "县政府教育督导室（合成数据）",
                        "judged_on": date(year, 11, 6 if part_name == "vetoes" else 13),
                        "note": unmet or ("未发现此类情形" if part_name == "vetoes" else "查阅材料并实地核查"),
                    }
                )
    return rows


def satisfaction_rows() -> list[Row]:
    """Return the answers of each group and of all groups together, by method."""
    rows: list[Row] = []
    for method, groups in (("questionnaire", QUESTIONNAIRES), ("visit", VISITS)):
        together = tuple(map(sum, zip(*groups.values(), strict=True)))
        for group, (distributed, valid, satisfied) in {**groups, "all": together}.items():
            rows.append(
                {
                    "county_code": COUNTY_CODE,
                    "school_year": LATEST,
                    "method": method,
                    "group": group,
                    "distributed": distributed,
                    "valid": valid,
                    "satisfied": satisfied,
                }
            )
    return rows


def monitoring_rows() -> list[Row]:
    """Return the results of the national monitoring, two subjects a year."""
    return [
        {
            "county_code": COUNTY_CODE,
            "school_year": year,
            "stage": stage,
            "subject": subject,
            "level": level,
            "school_difference": Decimal(difference),
        }
        for year in YEARS
        for subject, results in MONITORING[year].items()
        for stage, (level, difference) in zip(("primary", "junior"), results, strict=True)
    ]
