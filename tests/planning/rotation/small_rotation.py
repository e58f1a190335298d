"""Counties small enough to try every assignment of every teacher."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any

import polars as pl

from junheng.planning.rotation.check import check_plan
from junheng.tables.catalogue import planning_tables
from junheng.tables.dataset import Dataset

TABLES = planning_tables("rotation")
Rows = dict[str, list[dict[str, Any]]]


def dataset_of(rows: Mapping[str, list[dict[str, Any]]]) -> Dataset:
    frames = {
        name: pl.DataFrame(
            [{column: row.get(column) for column in table.schema} for row in rows.get(name, ())], schema=table.schema
        )
        for name, table in TABLES.tables.items()
    }
    return Dataset(TABLES, frames, name="小县")


def rows_of(dataset: Dataset) -> Rows:
    return {name: frame.to_dicts() for name, frame in dataset.frames.items()}


def school(number: int, **rest: Any) -> dict[str, Any]:
    place = {"longitude": Decimal("113"), "latitude": Decimal("30") + Decimal(number) / 20}
    named = {"school_code": f"S{number}", "school_name": f"学校{number}", "town": f"镇{number}", "hardship": False}
    return named | place | rest


def teacher(code: str, at: int, subject: str = "chinese", **rest: Any) -> dict[str, Any]:
    return {
        "teacher_code": code,
        "teacher_name": f"教师{code}",
        "school_code": f"S{at}",
        "stage": "primary",
        "subject": subject,
        "degree": "bachelor",
        "title": "middle",
        "backbone": False,
        "years": Decimal(8),
        "hardship_done": False,
    } | rest


def setting(name: str, value: int | str | None) -> dict[str, Any]:
    """A rule with a value, or switched off."""
    return {"setting": name, "value": Decimal(value or 0), "used": value is not None}


def random_county(seed: int) -> Dataset:
    """Few schools and few who can move, with a liking for every rule."""
    rng = Random(seed)
    schools = rng.choice((2, 3, 3, 4))
    movers = {2: 6, 3: 5, 4: 4}[schools]
    codes = [f"S{number}" for number in range(schools)]
    rows: Rows = {"school": [], "teacher": [], "post": [], "distance": [], "setting": []}
    for number in range(schools):
        place = {"latitude": Decimal(rng.randint(3000, 3060)) / 100}
        place |= {"latitude": None} if rng.random() < 0.04 else {}
        rows["school"].append(school(number, hardship=rng.random() < 0.3, **place))
    for number in range(movers + rng.randint(0, 4)):
        at = number if number < schools else rng.randrange(schools)  # no school without teachers
        can_move = number < movers
        rows["teacher"].append(
            teacher(
                f"T{number}",
                at,
                rng.choice(("chinese", "chinese", "pe")),
                stage="junior" if rng.random() < 0.2 else "primary",
                degree=rng.choice(("bachelor", "associate")),
                title=rng.choice(("middle", "junior")),
                backbone=rng.random() < 0.4,
                years=Decimal(rng.choice((3, 6, 9))) if rng.random() < 0.8 else None,
                eligible=can_move,
                hardship_done=rng.random() < 0.2,
                home_town=f"镇{rng.randrange(schools)}",
                stays_because="孕期" if rng.random() < 0.06 else None,
                must_go_to=rng.choice(codes) if can_move and rng.random() < 0.05 else None,
            )
        )
    for code, stage, subject in product(codes, ("primary", "junior"), ("chinese", "pe")):
        if rng.random() < 0.3:
            row = {"school_code": code, "stage": stage, "subject": subject, "posts": rng.randint(0, 3)}
            rows["post"].append(row)
    for here, there in product(codes, codes):
        if here < there and rng.random() < 0.2:
            road = Decimal(rng.randint(1, 600)) / 10
            rows["distance"].append({"from_school": here, "to_school": there, "distance": road})
    for name, choices in _CHOICES.items():
        if rng.random() < 0.7:
            rows["setting"].append(setting(name, rng.choice(choices)))
    return dataset_of(rows)


_CHOICES: dict[str, tuple[int | str | None, ...]] = {
    "least_share": (None, 10, 34, 50, "66.6"),
    "backbone_share": (None, 20, 50, "33.4"),
    "longest_distance": (None, 20, 40),
    "most_leaving": (None, 30, 60, 100),
    "headcount_change": (None, 0, 3, 40),
    "hardship_once": (None, 1),
    "hardship_backbone": (None, 0, 1),
    "balance_share": (None, 80, 100),
    "weight_post": (None, 2000),
    "weight_balance": (900, 3000),
    "weight_distance": (0, 10, 300),
    "weight_uneven": (None, 100, 2000),
}


def as_schools(rows: Rows, codes: Sequence[str]) -> Rows:
    """The same county with other school codes."""
    new = {f"S{number}": code for number, code in enumerate(codes)}
    return {
        name: [{key: new.get(str(value), value) for key, value in row.items()} for row in kept]
        for name, kept in rows.items()
    }


def every_assignment(rows: Rows) -> Iterator[dict[str, str]]:
    """Every way to send every teacher somewhere or nowhere; who surely stays is left where they are."""
    codes = [row["school_code"] for row in rows["school"]]
    free = [row for row in rows["teacher"] if row["eligible"] is not False]
    for targets in product(codes, repeat=len(free)):
        yield {
            row["teacher_code"]: target
            for row, target in zip(free, targets, strict=True)
            if target != row["school_code"]
        }


def best_of_all(rows: Rows, **more: Any) -> int | None:
    """The least cost in tenths of a point over every assignment that the check accepts; None where it accepts none."""
    checks = (check_plan(rows, goes, **more) for goes in every_assignment(rows))
    return min((checked.tenths for checked in checks if not checked.faults), default=None)


def most_moves(rows: Rows) -> int:
    """The most that can move when no share is asked for."""
    free = rows | {"setting": [row for row in rows["setting"] if row["setting"] != "least_share"]}
    free["setting"] = [*free["setting"], setting("least_share", None)]
    return max(len(goes) for goes in every_assignment(free) if not check_plan(free, goes).faults)
