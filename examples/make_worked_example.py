"""Make the published five-school example: ``python examples/make_worked_example.py [-o examples/worked_example.xlsx]``.

The example prints pupils and books of five primary schools, the county's mean 6.33 and the CV 0.52. It prints nothing
else: codes, year, place and operator below are there because every row must have them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import polars as pl

from junheng.intake.template import write_workbook
from junheng.tables.catalogue import load_tables

SOURCE = "公布算例：县域义务教育校际均衡指标计算方法（以生均图书册数为例），https://m.777doc.com/doc-2019910.html"
PUPILS_AND_BOOKS = {
    "小学1": (45, 279),
    "小学2": (37, 137),
    "小学3": (89, 935),
    "小学4": (76, 160),
    "小学5": (55, 402),
}
COUNTY_CODE = "990102"  # no real county can have it
SCHOOL_YEAR = 2012
HERE = Path(__file__).parent

Rows = list[dict[str, object]]


def make_frames() -> dict[str, pl.DataFrame]:
    """Return the frames of the example: the printed numbers and the columns that must not be blank."""
    school: Rows = []
    school_year: Rows = []
    stage_year: Rows = []
    for number, (name, (pupils, books)) in enumerate(PUPILS_AND_BOOKS.items(), start=1):
        code = f"{COUNTY_CODE}{number:04d}"
        school.append(
            {
                "school_code": code,
                "school_name": name,
                "county_code": COUNTY_CODE,
                "school_kind": "211",
                "location": "rural",
                "operator": "county",
                "boarding": False,
            }
        )
        school_year.append({"school_code": code, "school_year": SCHOOL_YEAR, "books": books, "note": SOURCE})
        stage_year.append({"school_code": code, "school_year": SCHOOL_YEAR, "stage": "primary", "pupils": pupils})
    county: Rows = [{"county_code": COUNTY_CODE, "county_name": "公布算例（五所小学）"}]
    rows: dict[str, Rows] = {"county": county, "school": school, "school_year": school_year, "stage_year": stage_year}
    return {name: pl.DataFrame(table, schema=load_tables()[name].schema) for name, table in rows.items()}


def filed_columns(frames: dict[str, pl.DataFrame]) -> dict[str, tuple[str, ...]]:
    """The columns that have something in them; the workbook shows no others."""
    return {
        name: tuple(column for column in frame.columns if frame[column].null_count() < frame.height)
        for name, frame in frames.items()
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("-o", "--output", type=Path, default=HERE / "worked_example.xlsx")
    frames = make_frames()
    write_workbook(
        arguments.parse_args().output, load_tables(), columns=filed_columns(frames), frames=frames, title=SOURCE
    )


if __name__ == "__main__":
    main()
