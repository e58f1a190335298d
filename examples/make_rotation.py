"""Make the rotation inputs of the example county: ``python examples/make_rotation.py [--seed N] [-o FILE]``.

The schools are those of ``county.xlsx`` that are not private. The roster has, for its latest year, the teachers that
each school filed: as many of each degree and title, as many backbone, PE, music and fine arts teachers. Names, places
and homes are made up.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from decimal import Decimal
from math import cos, pi, sin
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from junheng.intake.read import read_file
from junheng.planning.rotation.workbook import write_inputs
from junheng.tables.catalogue import load_tables, planning_tables

SEED = 2025
HERE = Path(__file__).parent
YEAR = 2025
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国志文海燕春雪晓东婷宇欣晨"
# Subjects beside PE and the arts, with what part of the other teachers has each.
_SUBJECTS = {
    "primary": {
        "chinese": 34, "mathematics": 28, "english": 11, "morality": 6, "science": 8, "information": 4, "labour": 4,
    },
    "junior": {
        "chinese": 18, "mathematics": 18, "english": 17, "morality": 8, "physics": 9, "chemistry": 6, "biology": 6,
        "history": 7, "geography": 5, "information": 3, "psychology": 1,
    },
}  # fmt: skip
_DEGREES = ("doctor", "master", "bachelor", "associate", "secondary")
_SPECIALISTS = {
    "teachers_pe": "pe",
    "teachers_music": "music",
    "teachers_fine_arts": "fine_arts",
    "teachers_arts": "arts",
}
_TOWNS_KM = 22  # from the county town to the others, about


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("-o", "--output", type=Path, default=HERE / "rotation.xlsx")
    chosen = arguments.parse_args()
    tables = planning_tables("rotation")
    frames = {
        name: pl.DataFrame(rows, schema=tables[name].schema) for name, rows in make_rows(Random(chosen.seed)).items()
    }
    write_inputs(chosen.output, frames=frames, title="示例县教师交流轮岗（合成数据，不对应任何真实的人和学校）")


def make_rows(rng: Random) -> dict[str, list[dict[str, Any]]]:
    """The rows of the tables school, teacher and post."""
    county = read_file(HERE / "county.xlsx", load_tables()).dataset
    filed = county["stage_year"].filter(pl.col("school_year") == YEAR, pl.col("stage").is_in(["primary", "junior"]))
    stages = filed.filter(pl.col("teachers") > 0).sort("school_code", "stage").to_dicts()
    taught = {row["school_code"] for row in stages}
    public = pl.col("school_code").is_in(taught) & (pl.col("operator") != "private")
    schools = [*_schools(rng, county["school"].filter(public).sort("school_code").to_dicts())]
    towns = {row["school_code"]: row["town"] for row in schools}
    rows: dict[str, list[dict[str, Any]]] = {"school": schools, "teacher": [], "post": []}
    for stage in stages:
        if stage["school_code"] not in towns:
            continue
        teachers = [*_teachers(rng, stage, towns)]
        rows["teacher"] += teachers
        rows["post"] += _posts(stage, teachers)
    _decided(rng, rows["teacher"], schools)
    return rows


def _schools(rng: Random, listed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The towns lie around the county town, their schools within some kilometres of them."""
    towns = sorted({row["town"] for row in listed})
    centres = {}
    for number, town in enumerate(towns):
        reach, angle = _TOWNS_KM * rng.uniform(0.6, 1.2), 2 * pi * number / len(towns)
        if town.endswith("街道"):
            reach = 2.0
        centres[town] = (reach * cos(angle), reach * sin(angle))
    for row in listed:
        centre, spread = centres[row["town"]], 1.5 if row["location"] == "urban" else 4.0
        east, north = (centre[axis] + rng.gauss(0, spread) for axis in range(2))
        far = row["school_kind"] == "218" or (row["location"] == "rural" and rng.random() < 0.12)
        yield {
            "school_code": row["school_code"],
            "school_name": row["school_name"],
            "town": row["town"],
            "longitude": Decimal(f"{113.2 + east / 96:.5f}"),
            "latitude": Decimal(f"{30.4 + north / 111:.5f}"),
            "hardship": far,
        }


def _teachers(rng: Random, stage: dict[str, Any], towns: dict[str, str]) -> Iterator[dict[str, Any]]:
    count, code = stage["teachers"], stage["school_code"]
    degrees = [degree for degree in _DEGREES for _ in range(stage[f"teachers_{degree}"] or 0)]
    titles = ["senior"] * (stage["teachers_senior_title"] or 0) + ["middle"] * (stage["teachers_mid_title"] or 0)
    titles += [rng.choice(("junior", "junior", "none")) for _ in range(count - len(titles))]
    backbone = [number < (stage["backbone_teachers"] or 0) for number in range(count)]
    subjects = [subject for column, subject in _SPECIALISTS.items() for _ in range(stage[column] or 0)]
    shares = _SUBJECTS[stage["stage"]]
    subjects += rng.choices([*shares], [*shares.values()], k=count - len(subjects))
    for column in (degrees, titles, backbone, subjects):
        rng.shuffle(column)
    for number in range(count):
        years = rng.randint(0, 18)
        yield {
            "teacher_code": f"{code[-5:]}{'P' if stage['stage'] == 'primary' else 'J'}{number + 1:03d}",
            "teacher_name": rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2)))),
            "school_code": code,
            "stage": stage["stage"],
            "subject": subjects[number],
            "degree": degrees[number],
            "title": titles[number],
            "backbone": backbone[number],
            "years": Decimal(years),
            "hardship_done": rng.random() < 0.08,
            "home_town": towns[code] if rng.random() < 0.6 else rng.choice([*towns.values()]),
            "stays_because": rng.choice(("孕期", "两年内退休", "重病休养"))
            if years >= 6 and rng.random() < 0.04
            else None,
        }


def _posts(stage: dict[str, Any], teachers: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A school with enough teachers is to have one in every main subject."""
    if len(teachers) < 12:
        return
    main = ("pe", "music", "fine_arts", *_SUBJECTS[stage["stage"]])
    for subject in main[:-1]:
        yield {"school_code": stage["school_code"], "stage": stage["stage"], "subject": subject, "posts": 1}


def _decided(rng: Random, teachers: list[dict[str, Any]], schools: list[dict[str, Any]]) -> None:
    """Two heads of subject that the county has already decided to send to the next school of their town and stage."""
    town = {row["school_code"]: row["town"] for row in schools}
    free = [row for row in teachers if row["backbone"] and row["years"] >= 6 and not row["stays_because"]]
    hard = {row["school_code"] for row in schools if row["hardship"]}
    for teacher in rng.sample(free, 2):
        near = [
            row["school_code"]
            for row in teachers
            if row["stage"] == teacher["stage"]
            and row["school_code"] not in hard | {teacher["school_code"]}
            and town[row["school_code"]] == town[teacher["school_code"]]
        ]
        teacher["must_go_to"] = min(near)


if __name__ == "__main__":
    main()
