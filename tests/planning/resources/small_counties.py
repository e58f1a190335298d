"""Counties of two or three schools as filed, small enough to try every plan that a few measures allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor
from random import Random
from typing import Any

import polars as pl
from plan_checker import CV, INDICATORS, MEASURES, WEIGHTS, Row, school_passes, school_values, schools_of, spread

from junheng.planning.resources.measures import Choice, Inputs
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

YEAR, DAY = 2025, date(2025, 12, 31)
TABLES = load_tables()
ADDING = ("hire_teacher", "hire_pe_arts", "train_backbone", "equip_multimedia")
MOVING = ("move_pe_arts", "move_backbone", "move_teacher")


def dataset_of(rows: dict[str, list[dict[str, Any]]]) -> Dataset:
    frames = {
        name: pl.DataFrame(
            [{column: row.get(column) for column in table.schema} for row in rows.get(name, ())], schema=table.schema
        )
        for name, table in TABLES.tables.items()
    }
    return Dataset(TABLES, frames, name="小县")


def county_rows(random: Random, schools: int) -> dict[str, list[dict[str, Any]]]:
    """Schools near their limits: some a little below, some above; the last is a nine-year school now and then."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ("school", "school_year", "stage_year")}
    rows["county"] = [{"county_code": "990000", "county_name": "小县"}]
    for number in range(schools):
        both = number == schools - 1 and random.random() < 0.3
        stages = ("primary", "junior") if both else ("primary",)
        code = f"99000000{number:02}"
        kind = "312" if both else "211"
        rows["school"].append(
            {"school_code": code, "school_name": f"学校{number}", "county_code": "990000", "school_kind": kind,
             "operator": "county", "location": "rural", "counted": True, "town": f"镇{number}", "boarding": False}
        )  # fmt: skip
        own = {stage: random.randint(50, 200) for stage in stages}
        rows["stage_year"] += [_stage(random, code, stage, pupils) for stage, pupils in own.items()]
        rows["school_year"].append(_whole(random, code, own))
    return rows


def _stage(random: Random, code: str, stage: str, pupils: int) -> dict[str, Any]:
    junior = stage == "junior"

    def near(limit: str) -> int:
        return ceil(Fraction(limit) * pupils / 100 * random.randint(72, 118) / 100)

    above, backbone, arts = near("5.3" if junior else "4.2"), near("1"), near("0.9")
    below = random.randint(0, 3)
    teachers = max(above + below, backbone, arts)
    titled = random.choice((teachers // 2, teachers - 1, teachers))
    degrees = {"teachers_associate": below} if junior else {"teachers_secondary": below}
    classes = ceil(pupils / 45)
    return {
        "school_code": code, "school_year": YEAR, "stage": stage, "pupils": pupils, "classes": classes,
        "teachers": teachers, "teachers_bachelor": teachers - below, **degrees, "backbone_teachers": backbone,
        "teachers_pe": arts, "teachers_music": 0, "teachers_fine_arts": 0, "teachers_arts": 0,
        "teachers_mid_title": titled, "teachers_senior_title": 0, "certified_teachers": teachers,
        "teachers_360_hours": teachers,
        **{c: 0 for c in ("teachers_doctor", "teachers_master", "teachers_associate", "teachers_secondary")
           if c not in degrees},
    }  # fmt: skip


def _whole(random: Random, code: str, pupils: dict[str, int]) -> dict[str, Any]:
    """Rooms near their limit; of what is bought in any amount enough, or a little too little: that is the seventh."""
    weighed = sum(WEIGHTS[stage] * number for stage, number in pupils.items())
    each = 1 if len(pupils) == 1 else Fraction(105, 100)
    part = [Fraction(random.randint(100, 130), 100) for _ in range(3)]
    if random.random() < 0.3:
        part[random.randrange(3)] = Fraction(random.randint(86, 99), 100)
    area, ground, value = (ceil(weighed * each * p * limit) for p, limit in zip(part, (6, 10, 2600), strict=True))
    return {
        "school_code": code, "school_year": YEAR, "teaching_area": Decimal(area), "building_area": Decimal(area),
        "sports_ground_area": Decimal(ground), "indoor_sports_area": Decimal(0), "equipment_value": Decimal(value),
        "multimedia_classrooms": ceil(weighed * Fraction("0.024") * random.randint(75, 115) / 100), "staff": 99,
    }  # fmt: skip


def random_case(seed: int) -> tuple[Judgement, Inputs]:
    """A small county, and what it may do: three or four measures, one or two of each in a school."""
    random = Random(seed)
    rows = county_rows(random, random.choice((2, 2, 3)))
    chosen = random.sample(ADDING, random.choice((2, 3, 4))) + random.sample(MOVING, random.choice((0, 1, 1, 2)))
    prices = {name: Fraction(MEASURES[name]["cost"]) + random.randint(0, 9) * 100 for name in chosen}
    choices = {name: Choice(price, most=Fraction(random.choice((1, 2, 2, 3)))) for name, price in prices.items()}
    codes = [row["school_code"] for row in rows["school"]]
    ceilings = {(random.choice(codes), random.choice(chosen)): Fraction(random.choice((0, 1)))}
    inputs = Inputs(choices, ceilings if random.random() < 0.5 else {})
    if random.random() < 0.25:
        inputs = replace(inputs, budgets={2026: Fraction(random.randint(1, 60) * 10_000)})
    return judge(dataset_of(rows), load_standard("CN/youzhi_2017"), DAY), inputs


@dataclass(frozen=True)
class Option:
    """One plan of one school that keeps the school's own rules."""

    cost: Fraction
    moved: tuple[int, ...]
    values: dict[str, dict[str, Fraction]]


def cheapest_of_all(judgement: Judgement, inputs: Inputs) -> Fraction | None:
    """The least cost of all plans, by trying all; None where none keeps every rule."""
    schools = schools_of(judgement.dataset, YEAR)
    moving = [name for name in inputs.choices if name in MOVING]
    rooms = {code: dict(_rooms(code, whole, rows, inputs)) for code, (whole, rows) in schools.items()}
    options = []
    for code, (whole, rows) in schools.items():
        given = {
            place: sum(own.get(place, 0) for other, own in rooms.items() if other != code) for place in rooms[code]
        }
        options.append(list(_options(whole, rows, rooms[code], given, inputs, moving)))
    if not all(options):
        return None
    pupils = [{stage: row["pupils"] for stage, row in rows.items()} for _, rows in schools.values()]
    *others, last = options
    fitting: dict[tuple[int, ...], list[Option]] = {}  # of the last school, by what it has to give or take
    for option in sorted(last, key=lambda option: option.cost):
        fitting.setdefault(option.moved, []).append(option)
    best: Fraction | None = None
    for chosen in product(*others):
        spent = sum((option.cost for option in chosen), Fraction(0))
        moved = tuple(-sum(numbers) for numbers in zip(*(option.moved for option in chosen), strict=True))
        for option in fitting.get(moved, ()):
            cost = spent + option.cost
            if (best is not None and cost >= best) or (inputs.budget is not None and cost > inputs.budget):
                break
            if _alike((*chosen, option), pupils):
                best = cost
                break
    return best


def _alike(chosen: tuple[Option, ...], pupils: list[dict[str, int]]) -> bool:
    for stage, limit in CV.items():
        here = [n for n, option in enumerate(chosen) if stage in option.values]
        for name in INDICATORS:
            square, mean = spread([chosen[n].values[stage][name] for n in here], [pupils[n][stage] for n in here])
            if square > limit**2 * mean**2:
                return False
    return True


Place = tuple[str, str | None]  # a measure, and the stage where it is not for the whole school


def _rooms(code: str, whole: Row, rows: dict[str, Row], inputs: Inputs) -> Iterator[tuple[Place, int]]:
    """How much of each measure a school may add, or give."""
    for name, choice in inputs.choices.items():
        for stage in (None,) if name == "equip_multimedia" else (stage for stage in rows if stage != "senior"):
            most = choice.most or Fraction(0)
            there = _there(name, rows[stage] if stage else whole)
            yield (name, stage), floor(min(most, inputs.ceilings.get((code, name), most), *there))


def _options(
    whole: Row,
    rows: dict[str, Row],
    rooms: dict[Place, int],
    given: dict[Place, int],
    inputs: Inputs,
    moving: list[str],
) -> Iterator[Option]:
    """What one school may do. What moves is positive where it is taken: at most what the others may give."""
    ranges = [
        range(-room, given[place] + 1) if place[0] in moving else range(room + 1) for place, room in rooms.items()
    ]
    for amounts in product(*ranges):
        cost, after, now = Fraction(0), dict(whole), {stage: dict(row) for stage, row in rows.items()}
        for (name, stage), amount in zip(rooms, amounts, strict=True):
            cost += max(amount, 0) * inputs.choices[name].cost
            for column, by in MEASURES[name]["adds"]["all"].items():
                own = after if stage is None else now[stage]
                own[column] = (own[column] or 0) + by * amount
        if not all(_possible(row) for row in now.values()):
            continue
        values = school_values(after, now)
        if all(school_passes(stage, own) for stage, own in values.items()):
            both = [
                sum(n for (m, s), n in zip(rooms, amounts, strict=True) if (m, s) == (name, stage))
                for name in moving
                for stage in ("primary", "junior")
            ]
            yield Option(cost, tuple(both), values)


def _there(name: str, row: Row) -> Iterator[Fraction]:
    """How much of a measure the place has room for, as the data file says."""
    measure = MEASURES[name]
    for key, share in (("of", Fraction(measure.get("share", "1"))), ("within", Fraction(1))):
        if key in measure:
            there = sum((-1 if c[0] == "-" else 1) * row[c.lstrip("-")] for c in measure[key]["all"])
            yield max(Fraction(there), Fraction(0)) * share


def _possible(row: Row) -> bool:
    """Whether what a stage would file fits together: nobody is a backbone teacher, or titled, who is no teacher."""
    arts = sum(row[column] for column in ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts"))
    titled = row["teachers_mid_title"] + row["teachers_senior_title"]
    return (
        max(arts, titled, row["backbone_teachers"], row["certified_teachers"], row["teachers_360_hours"])
        <= row["teachers"]
    )
