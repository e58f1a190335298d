"""What a school files about its premises, equipment and money, for the whole school."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from synthetic_county.enrolment import LATEST
from synthetic_county.plan import KIND_POINT, KIND_SPECIAL, School
from synthetic_county.row import Row
from synthetic_county.seeds import random_for

# Per-pupil running funds the county applies (元); seniors and special pupils have their own.
QUOTAS = {
    2023: {"primary": 720, "junior": 940, "senior": 1500, "special": 6600},
    2024: {"primary": 740, "junior": 960, "senior": 1550, "special": 7000},
    2025: {"primary": 760, "junior": 990, "senior": 1600, "special": 7400},
}
REQUIRED_QUOTAS = {"primary": 720, "junior": 940}
BOARDER_SUPPLEMENT = 300
FUNDED_AT_LEAST = 100  # village schools and points are funded as if they had a hundred pupils


def premises_row(
    seed: int,
    school: School,
    year: int,
    pupils: dict[str, int],
    classes: int,
    boarders: int,
    migrants: int,
    teachers: int,
    amounts: dict[str, int],
    latest: dict[str, int],
) -> Row:
    """Return the school-year columns. ``latest`` are the amounts of the latest year, which fixed things depend on."""
    rng = random_for(seed, "premises", school.code)
    back = LATEST - year
    everyone = sum(pupils.values())
    indoor = _gym(rng, school, everyone, latest["sports_area"])
    teaching, ground = amounts["teaching_area"] + indoor, amounts["sports_area"] - indoor
    other_rooms = round(latest["teaching_area"] * rng.uniform(0.3, 0.55)) + (90_000 if school.boarding else 0)
    land = round((latest["sports_area"] * rng.uniform(1.5, 2.1) + latest["teaching_area"] * 0.6) / 100)
    point = school.kind == KIND_POINT
    classroom = min(rng.choice((54, 58, 61, 64, 67, 72)), latest["teaching_area"] * 6 // (1000 * classes))
    small_rooms, incomplete, for_training = rng.random(), rng.random(), rng.uniform(0.0505, 0.066)
    music, art = (_special_rooms(small_rooms, subject, classes) for subject in ("music", "art"))
    budget = _hundreds(_funds(school, year, pupils, boarders) * rng.uniform(1.004, 1.05))
    return {
        "teaching_area": _hundredths(teaching),
        "indoor_sports_area": _hundredths(indoor),
        "sports_ground_area": _hundredths(ground),
        "equipment_value": Decimal(amounts["equipment_value"] * 100),
        "multimedia_classrooms": amounts["multimedia_classrooms"],
        "computers": round(everyone * rng.uniform(0.12, 0.2) * (1 - 0.06 * back)) + 3,
        "books": round(everyone * rng.uniform(24, 38) * (1 - 0.025 * back)),
        "land_area": Decimal(land),
        "building_area": _hundredths(teaching + other_rooms),
        "ordinary_classroom_area": Decimal(classroom),
        "ordinary_classrooms_area": Decimal(classroom * classes),
        "lab_area": None if point else Decimal(rng.choice((76, 86, 90, 96))),
        "library_area": Decimal(round(max(latest["teaching_area"] * rng.uniform(0.0005, 0.0007), 36))),
        "computer_room_area": None if point else Decimal(rng.choice((76, 86, 90, 96))),
        **music,
        **art,
        "special_rooms": sum(music.values()) + sum(art.values()) + 2 + classes // 8,
        "dirt_ground": False,
        **_tracks(latest["sports_area"] - indoor),
        "provincial_equipment_list": incomplete >= 0.1 * back,
        "migrant_majority": migrants * 2 > everyone,
        "staff": teachers + round(pupils.get("senior", 0) / 11.5) + max(round(teachers * rng.uniform(0.05, 0.1)), 1),
        "public_funds_budget": budget,
        "training_budget": _hundreds(float(budget) * for_training),
    }


def _hundredths(amount: int) -> Decimal:
    return Decimal(amount).scaleb(-2)


def _hundreds(amount: float) -> Decimal:
    """Round up to the hundred, as money is filed in 万元 with two decimals."""
    return Decimal(-int(-amount // 100) * 100)


def _gym(rng: Random, school: School, pupils: int, sports_area: int) -> int:
    likely = {"urban": 0.7, "town": 0.35, "rural": 0.05}[school.location]
    wanted = round(rng.uniform(360, 1100) * 100)
    return min(wanted, sports_area // 4) if rng.random() < likely and pupils > 500 else 0


def _special_rooms(chance: float, subject: str, classes: int) -> Row:
    """Rooms by size: one for every twelve classes; some small schools have only a smaller room of each kind."""
    names = {
        "music": ("music_rooms_96", "music_rooms_73_96", "music_rooms_61_73", "music_rooms_54_61"),
        "art": ("art_rooms_90", "art_rooms_67_90", "art_rooms_61_67", "art_rooms_54_61"),
    }[subject]
    rooms = [-(-classes // 12), 0, 0, 0]
    if classes <= 6 and chance < 0.28:
        rooms = [0, 0, 1, 0] if chance < 0.16 else [0, 0, 0, 1]
    elif chance > 0.97 and subject == "art":
        rooms = [rooms[0] - 1, 1, 0, 0]
    elif chance > 0.85:
        rooms[1] = 1
    return dict(zip(names, rooms, strict=True))


def _tracks(ground: int) -> Row:
    for at_least, ring, straight in ((1_100_000, 300, 100), (500_000, 200, 100), (260_000, 150, 60), (90_000, 0, 60)):
        if ground >= at_least:
            return {"ring_track": Decimal(ring), "straight_track": Decimal(straight)}
    return {"ring_track": Decimal(0), "straight_track": Decimal(30)}


def _funds(school: School, year: int, pupils: dict[str, int], boarders: int) -> int:
    quota = QUOTAS[year]
    if school.kind == KIND_SPECIAL:
        return quota["special"] * sum(pupils.values())
    if list(pupils) == ["primary"] and school.location == "rural":
        return quota["primary"] * max(pupils["primary"], FUNDED_AT_LEAST)
    return sum(quota[stage] * number for stage, number in pupils.items()) + BOARDER_SUPPLEMENT * boarders
