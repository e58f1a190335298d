"""Make the sample statistics forms: ``python examples/make_forms.py [-o examples/forms]``.

Ten schools of the example county as they file the year's statistics, in both generations of the forms and both layouts:
a workbook per school with a sheet per form (for some of them), and the county's export with a row per school. Beside
the forms of each folder lies the filled 补充表, so that the folder can be judged. The forms are written from what is
known of their layout, without the program that reads them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from steady import ON_DISK, steady
from synthetic_county import jiaoji, jichuji
from synthetic_county.dataset import make_frames
from synthetic_county.findings import judged_items
from synthetic_county.flat_export import columns, files, write_export
from synthetic_county.form_figures import BANDS
from synthetic_county.form_sheet import Caption, Form, Styles, write_form
from synthetic_county.plan import COUNTY_NAME
from synthetic_county.sample_schools import Frames, SampleSchool, cut_down, schools_of
from xlsxwriter.workbook import Workbook

from junheng.intake.asked import template_columns
from junheng.intake.supplement import Supplement, what_is_open
from junheng.intake.template import write_workbook
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset

HERE = Path(__file__).parent
SEED = 2024
STANDARD = "CN/youzhi_2017"
SUPPLEMENT = "补充表.xlsx"
# Schools whose forms are also given school by school: one of each shape.
IN_GRIDS = ("东湖学校", "第二中学", "青石镇东桥教学点", "桃源乡中心小学", "桃源乡中心小学附设初中班")


# What the forms tell, by layout: what the tables hold once they have been read. 补充表 asks for the rest.
_OF_STAGE = (
    "pupils", "classes", *BANDS, "teachers", "teachers_doctor", "teachers_master", "teachers_bachelor",
    "teachers_associate", "teachers_secondary", "teachers_below_secondary", "teachers_mid_title",
    "teachers_senior_title", "backbone_teachers", "teachers_pe", "teachers_music", "teachers_fine_arts",
    "teachers_arts",
)  # fmt: skip
_OF_SCHOOL = (
    "teaching_area", "indoor_sports_area", "building_area", "land_area", "sports_ground_area", "books", "computers",
    "multimedia_classrooms", "equipment_value",
)  # fmt: skip
_BASICS = ("school_name", "school_kind", "location", "operator", "counted")
_ONLY_IN_GRIDS = {
    "school": ("county_code", "boarding", "campus_of"),
    "school_year": ("staff",),
    "stage_year": (*(f"grade_{grade}" for grade in range(1, 10)), "boarders"),
}


@dataclass(frozen=True)
class Generation:
    """A generation of the forms: when the samples are of, and what it has."""

    name: str
    school_year: int
    integrated_arts: bool
    forms: Callable[[SampleSchool], Iterator[Form]]
    sheet_name: Callable[[Form], str]

    @property
    def is_old(self) -> bool:
        return self.forms is jichuji.forms

    def told(self, layout: str) -> dict[str, set[str]]:
        """By table, the columns that the forms tell."""
        told = {"school": set(_BASICS), "school_year": set(_OF_SCHOOL), "stage_year": set(_OF_STAGE)}
        if layout == "grid":
            for table, columns in _ONLY_IN_GRIDS.items():
                told[table] |= set(columns)
            if not self.is_old:
                told["stage_year"].add("migrant_pupils")
        return told


GENERATIONS = (
    Generation("jiaoji", 2025, False, jiaoji.forms, lambda form: form.number),
    Generation("jichuji", 2019, True, jichuji.forms, lambda form: f"{form.number} {form.title}"[:31]),
)


@cache
def _county() -> Frames:
    return make_frames(SEED)


def frames_of(generation: Generation, layout: str) -> Frames:
    """The tables that the forms of one folder, with its 补充表, are to be read as."""
    frames = cut_down(_county(), generation.school_year, integrated_arts=generation.integrated_arts)
    if layout == "flat":
        return frames
    names = [f"示例县{name}" for name in IN_GRIDS]
    schools = frames["school"].filter(frames["school"]["school_name"].is_in(names))
    return {
        name: frame.join(schools.select("school_code"), on="school_code", how="semi", maintain_order="left")
        if "school_code" in frame.columns
        else frame
        for name, frame in frames.items()
    }


def told_frames(generation: Generation, layout: str) -> Frames:
    """The part of the tables that the forms tell: other columns are blank, and so is the senior stage in grids."""
    frames = frames_of(generation, layout)
    told = generation.told(layout)
    found = {name: frame.clear() for name, frame in frames.items()}
    for name, own in told.items():
        frame = frames[name]
        if name == "stage_year":
            senior = pl.col("stage") == "senior"
            frame = frame.filter(~senior) if layout == "grid" else frame
            frame = frame.with_columns(pl.when(~senior | (pl.lit(c) == "pupils")).then(c).alias(c) for c in own)
        kept = own | set(load_tables()[name].key)
        found[name] = frame.with_columns(
            pl.lit(None, dtype).alias(column) for column, dtype in frame.schema.items() if column not in kept
        )
    return found


def supplement_book(generation: Generation, layout: str) -> bytes:
    """The filled 补充表 of a folder: what the standard asks for and the forms do not tell."""
    tables = load_tables()
    frames = frames_of(generation, layout)
    told = Dataset(tables, told_frames(generation, layout))
    wanted = load_standard(STANDARD)
    names = (COUNTY_NAME,) if layout == "flat" else ()  # an export names the county, and has no code of it
    found = what_is_open(told, template_columns(wanted, tables), names)
    filled = {name: _with_values(frame, frames[name], found, name) for name, frame in found.frames.items()}
    with TemporaryDirectory() as folder:
        path = Path(folder) / SUPPLEMENT
        write_workbook(
            path, tables, columns=found.columns, frames=filled, judged_items=judged_items(), known=found.known,
            title="补充表（合成数据，不对应任何真实的县和学校）",
        )  # fmt: skip
        return steady(path.read_bytes())


def _with_values(asked: pl.DataFrame, full: pl.DataFrame, found: Supplement, name: str) -> pl.DataFrame:
    """The rows that a county files in the supplement: the values of the cells that are open."""
    key = list(load_tables()[name].key)
    if "school_code" not in key:
        return full.select(*key, *found.columns.get(name, ()))
    rows = asked.select(key).join(full, on=key, how="left", maintain_order="left")
    known = found.known.get(name)
    closed = [] if known is None else [pl.when(~known[c]).then(pl.col(c)).alias(c) for c in known.columns]
    return rows.select(asked.columns).with_columns(closed)


def grid_books(generation: Generation, schools: Collection[SampleSchool]) -> Iterator[tuple[str, bytes]]:
    """A workbook per school, a sheet per form. Captions are written in the ways that are met."""
    for number, school in enumerate(schools):
        span = f"{generation.school_year}/{generation.school_year + 1}学年初"
        year = span if number % 2 else f"{generation.school_year}学年初"
        caption = Caption(school.name, school.code, year, in_rows=number % 2 == 0, colon="：" if number < 3 else ":")

        yield f"{school.name}.xlsx", _book(partial(_write_school, generation, school, caption))


def _write_school(generation: Generation, school: SampleSchool, caption: Caption, book: Workbook) -> None:
    styles = Styles(book)
    for form in generation.forms(school):
        write_form(book.add_worksheet(generation.sheet_name(form)), styles, form, caption)


def flat_books(generation: Generation, schools: Collection[SampleSchool]) -> Iterator[tuple[str, bytes]]:
    """A workbook per stage, a row per school."""
    for name, stage, of_stage in files(list(schools)):
        heads = columns(stage, COUNTY_NAME, old=generation.is_old)
        title = f"{COUNTY_NAME}{generation.school_year}学年初{name}基本情况一览表"

        yield f"{name}.xlsx", _book(partial(write_export, name, title, heads, stage, of_stage))


def _book(write: Callable[[Workbook], None]) -> bytes:
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": ON_DISK})
        write(book)
    return buffer.getvalue()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("-o", "--output", type=Path, default=HERE / "forms")
    output: Path = arguments.parse_args().output
    for generation in GENERATIONS:
        for layout, books in (("grid", grid_books), ("flat", flat_books)):
            folder = output / f"{generation.name}_{layout}"
            folder.mkdir(parents=True, exist_ok=True)
            frames = frames_of(generation, layout)
            for name, content in books(generation, schools_of(frames)):
                (folder / name).write_bytes(content)
            (folder / SUPPLEMENT).write_bytes(supplement_book(generation, layout))


if __name__ == "__main__":
    main()
