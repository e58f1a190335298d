"""What single provinces and checklists ask beyond the national standards, in keeping with what is filed already."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from synthetic_county.plan import KIND_POINT, School
from synthetic_county.row import Row
from synthetic_county.seeds import random_for

PUPILS_A_SEAT = 12  # of the pupils' reading room
DISABLED_IN_VILLAGES = Decimal("0.42")


def file_further(
    seed: int, schools: list[School], school_year: list[Row], stage_year: list[Row], classes: list[Row]
) -> None:
    """Add the further columns to the rows of every school and stage."""
    by_code = {school.code: school for school in schools}
    entry = _largest_entry_classes(classes)
    stages: dict[tuple[str, int], list[Row]] = {}
    for row in stage_year:
        stages.setdefault((row["school_code"], row["school_year"]), []).append(row)
        row.update(_of_stage(seed, by_code[row["school_code"]], row, entry))
    for row in school_year:
        own = stages.get((row["school_code"], row["school_year"]), [])
        row.update(_of_school(seed, by_code[row["school_code"]], row, own))


def _largest_entry_classes(classes: Iterable[Row]) -> dict[tuple[str, int, str], int]:
    largest: dict[tuple[str, int, str], int] = {}
    for row in classes:
        if row["grade"] in (1, 7):
            key = row["school_code"], row["school_year"], row["stage"]
            largest[key] = max(largest.get(key, 0), row["pupils"])
    return largest


def _of_stage(seed: int, school: School, row: Row, entry: dict[tuple[str, int, str], int]) -> Row:
    if row["stage"] == "senior":
        return {}
    rng = random_for(seed, "further", school.code, row["stage"])
    due = {"primary": 96, "junior": 152}[row["stage"]]
    village = {"urban": 0.01, "town": 0.06, "rural": 0.16}[school.location] * rng.uniform(0.6, 1.3)
    outside = row["pupils"] - (row.get("zone_pupils") or 0)
    return {
        "largest_entry_class": entry.get((school.code, row["school_year"], row["stage"])),
        "experiments_due": due,
        "experiments_done": due - (rng.randrange(1, 6) if rng.random() < 0.08 else 0),
        "left_behind_pupils": int(row["pupils"] * village),
        "out_of_zone_pupils": outside // 3 if school.location == "urban" and not school.is_private else 0,
    }


def _of_school(seed: int, school: School, row: Row, stages: list[Row]) -> Row:
    rng = random_for(seed, "further", school.code)
    pupils = sum(stage["pupils"] for stage in stages)
    boarders = sum(stage.get("boarders") or 0 for stage in stages)
    largest = max((stage.get("largest_class") or 0 for stage in stages), default=0)
    spare = row["building_area"] - row["teaching_area"]
    dormitory, canteen, toilets = (
        boarders * rng.uniform(3.1, 4.6),
        boarders * 1.6 + pupils * 0.2,
        pupils * rng.uniform(0.2, 0.3),
    )
    fits = min(1.0, float(spare) * 0.85 / max(dormitory + canteen + toilets, 1))
    point = school.kind == KIND_POINT
    return {
        "green_area": Decimal(round(float(row["land_area"]) * rng.uniform(0.27, 0.36))),
        "dormitory_area": Decimal(int(dormitory * fits)),
        "canteen_area": Decimal(int(canteen * fits)),
        "toilet_area": Decimal(int(toilets * fits)),
        "laboratories": 0 if point else max(1, -(-pupils // 600)),
        "computer_rooms": 0 if point else max(1, pupils // 900),
        "music_rooms": sum(row[name] for name in row if name.startswith("music_rooms_")),
        "art_rooms": sum(row[name] for name in row if name.startswith("art_rooms_")),
        "ball_courts": max(1, int(float(row["sports_ground_area"]) / 2200)),
        "computer_room_computers": 0 if point else min(largest + rng.randrange(-3, 6), row["computers"]),
        "reading_seats_teachers": round(row["staff"] * rng.uniform(0.27, 0.4)),
        "reading_seats_pupils": round(pupils / PUPILS_A_SEAT * rng.uniform(0.93, 1.3)),
    }


def of_county(rows: list[Row], stage_year: list[Row]) -> None:
    """Add to each county year what scoring trees and the urban-rural checklist ask of the county's offices."""
    for row in rows:
        here = [stage for stage in stage_year if stage["school_year"] == row["school_year"]]
        primary = sum(stage["pupils"] for stage in here if stage["stage"] == "primary")
        junior = sum(stage["pupils"] for stage in here if stage["stage"] == "junior")
        leavers = sum(stage.get("graduates") or 0 for stage in here if stage["stage"] == "junior")
        village_disabled = int(row["disabled_children"] * DISABLED_IN_VILLAGES)
        row.update(
            {
                "primary_age_children": primary,
                "primary_age_enrolled": primary,
                "junior_age_children": junior,
                "junior_age_enrolled": junior - 11,
                "junior_stage_pupils": junior,
                "junior_leavers": leavers,
                "junior_leavers_promoted": round(leavers * 0.957),
                "rural_tax_transfer": Decimal(31_860_000),
                "rural_tax_transfer_education": Decimal(16_410_000),
                "rural_teacher_pay_mean": row["teacher_pay_mean"] + Decimal(1210),
                "town_teacher_pay_mean": row["teacher_pay_mean"] - Decimal(660),
                "renovation_area_planned": Decimal(48_600),
                "renovation_area_completed": Decimal(46_950),
                "renovation_equipment_planned": Decimal(23_400_000),
                "renovation_equipment_bought": Decimal(22_780_000),
                "rural_disabled_children": village_disabled,
                "rural_disabled_with_plan": village_disabled,
            }
        )
