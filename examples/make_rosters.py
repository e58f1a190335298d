"""Make the rosters of the example county: ``python examples/make_rosters.py [--seed N] [-o FILE]``.

The staff and the classes of ``county.xlsx`` in its latest year: as many full-time teachers of each degree, title and
subject as each school filed. A few things are planted that the manual tells of: see ``_planted``. Numbers and years are
made up; there are no names.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from junheng.intake.read import read_file
from junheng.intake.template import write_workbook
from junheng.tables.catalogue import load_tables, roster_tables

SEED = 2025
HERE = Path(__file__).parent
YEAR = 2025
_DEGREES = ("doctor", "master", "bachelor", "associate", "secondary")
_SPECIALISTS = {
    "teachers_pe": "pe", "teachers_music": "music", "teachers_fine_arts": "fine_arts", "teachers_arts": "arts",
}  # fmt: skip
_SUBJECTS = {
    "primary": ("chinese", "chinese", "mathematics", "mathematics", "english", "morality", "science", "information"),
    "junior": (
        "chinese",
        "mathematics",
        "english",
        "morality",
        "physics",
        "chemistry",
        "biology",
        "history",
        "geography",
    ),
}
_OTHERS = ("administrator", "assistant", "worker")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("-o", "--output", type=Path, default=HERE / "teachers.xlsx")
    chosen = arguments.parse_args()
    tables = roster_tables()
    frames = {name: pl.DataFrame(rows, schema=tables[name].schema) for name, rows in make_rows(chosen.seed).items()}
    columns = {name: table.columns for name, table in tables.tables.items()}
    write_workbook(
        chosen.output,
        tables,
        columns=columns,
        frames=frames,
        title="示例县花名册（合成数据，不对应任何真实的人和学校）",
    )


def make_rows(seed: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of the tables school, teacher and class."""
    rng = Random(seed)
    county = read_file(HERE / "county.xlsx", load_tables()).dataset
    latest = pl.col("school_year") == YEAR
    stages = county["stage_year"].filter(latest, pl.col("stage").is_in(["primary", "junior"]))
    stages = stages.sort("school_code", "stage")
    staff = dict(county["school_year"].filter(latest).select("school_code", "staff").iter_rows())
    listed = county["school"].filter(pl.col("school_code").is_in(stages["school_code"].to_list())).sort("school_code")
    rows: dict[str, list[dict[str, Any]]] = {
        "school": listed.select("school_code", "school_name", "county_code", "town").to_dicts(),
        "teacher": [],
        "class": [],
    }
    taught: dict[str, int] = {}
    for stage in stages.to_dicts():
        rows["teacher"] += [*_teachers(rng, stage), *_visiting(rng, stage)]
        taught[stage["school_code"]] = taught.get(stage["school_code"], 0) + (stage["teachers"] or 0)
    for code, count in taught.items():
        rows["teacher"] += _other_staff(rng, code, (staff[code] or count) - count)
    rows["class"] = county["class"].filter(latest).to_dicts()
    _planted(rows["teacher"])
    return rows


def _teachers(rng: Random, stage: dict[str, Any]) -> Iterator[dict[str, Any]]:
    count = stage["teachers"] or 0
    titles = ["senior"] * (stage["teachers_senior_title"] or 0) + ["middle"] * (stage["teachers_mid_title"] or 0)
    subjects = [subject for column, subject in _SPECIALISTS.items() for _ in range(stage[column] or 0)]
    columns = {
        "degree": [degree for degree in _DEGREES for _ in range(stage[f"teachers_{degree}"] or 0)],
        "title": titles + [rng.choice(("junior", "junior", "none")) for _ in range(count - len(titles))],
        "subject": subjects + rng.choices(_SUBJECTS[stage["stage"]], k=count - len(subjects)),
        "backbone_level": _some(rng, count, stage["backbone_teachers"], ("county", "county", "city", "province"), "no"),
        "certificate": _some(rng, count, stage["certified_teachers"], (True,), False),
        "training_hours": [
            rng.randint(360, 480) if done else rng.randint(120, 359)
            for done in _some(rng, count, stage["teachers_360_hours"], (True,), False)
        ],
    }
    for column in columns.values():
        rng.shuffle(column)
    for number in range(count):
        birth = rng.randint(YEAR - 59, YEAR - 23)
        since = birth + rng.randint(22, 24)
        yield _person(stage["school_code"], "P" if stage["stage"] == "primary" else "J", number) | {
            "sex": rng.choice(("female", "female", "male")),
            "birth_year": birth,
            "teaching_since": min(since, YEAR),
            "at_school_since": rng.randint(min(since, YEAR), YEAR),
            "post": "fulltime",
            "stage": stage["stage"],
            **{name: values[number] for name, values in columns.items()},
        }


def _some(rng: Random, count: int, wanted: int | None, values: tuple[Any, ...], other: Any) -> list[Any]:  # noqa: ANN401 - codes, flags (2026-11)
    """``wanted`` of ``count`` have one of ``values``; where the school did not file how many, the roster knows."""
    if wanted is None:
        wanted = round(count * 0.9) if values == (True,) else count // 8
    return [rng.choice(values) for _ in range(wanted)] + [other] * (count - wanted)


def _other_staff(rng: Random, code: str, count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield _person(code, "G", number) | {
            "sex": rng.choice(("female", "male")),
            "birth_year": rng.randint(YEAR - 59, YEAR - 23),
            "post": _OTHERS[number % len(_OTHERS)],
        }


def _visiting(rng: Random, stage: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for number in range(stage["visiting_pe_arts_teachers"] or 0):
        yield _person(stage["school_code"], "V", number) | {
            "attendance": rng.choice(("rotated", "visiting", "part_time")),
            "post": "fulltime",
            "stage": stage["stage"],
            "subject": rng.choice(("pe", "music", "fine_arts")),
            "birth_year": rng.randint(YEAR - 50, YEAR - 25),
            "degree": "bachelor",
            "title": "junior",
            "backbone_level": "no",
            "certificate": True,
            "training_hours": 360,
        }


def _planted(teachers: list[dict[str, Any]]) -> None:
    """What does not agree with ``county.xlsx``: in three primary schools, and of one person whom two schools list."""
    first: dict[str, dict[str, Any]] = {}
    for person in teachers:
        if person.get("stage") == "primary" and person["degree"] == "associate":
            first.setdefault(person["school_code"], person)
    studied, blank, moved, *_ = first.values()
    studied["degree"] = "bachelor"  # has graduated since; the school filed the former degree
    blank["degree"] = None
    new_school = list(first)[3]
    teachers.append(moved | {"school_code": new_school, "at_school_since": YEAR})
    moved["at_school_since"] = YEAR - 6


def _person(code: str, kind: str, number: int) -> dict[str, Any]:
    return {
        "school_year": YEAR,
        "staff_no": f"{code[-5:]}{kind}{number + 1:03d}",
        "school_code": code,
        "attendance": "own",
        "on_post": True,
    }


if __name__ == "__main__":
    main()
