"""The schools whose yearly forms the samples are: the example county cut down to one year and ten schools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from junheng.tables.catalogue import load_tables
from synthetic_county.enrolment import LATEST
from synthetic_county.row import Row

# One of every sort that forms treat in their own way: a campus that is not counted, a private school, a nine-year
# school, a complete secondary school, a teaching point, classes attached to a primary school.
NAMES = (
    "第四小学",
    "第四小学南校区",
    "启明小学（民办）",
    "东湖学校",
    "第二中学",
    "青石镇中心小学",
    "青石镇东桥教学点",
    "青石镇初级中学",
    "桃源乡中心小学",
    "桃源乡中心小学附设初中班",
)
Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True)
class SampleSchool:
    """The rows of one school: its entry in the list, its year, its stages, and its classes by stage."""

    master: Row
    year: Row
    stages: Mapping[str, Row]
    classes: Mapping[str, list[Row]]

    @property
    def code(self) -> str:
        return str(self.master["school_code"])

    @property
    def name(self) -> str:
        return str(self.master["school_name"])

    @property
    def kind(self) -> str:
        return str(self.master["school_kind"])

    @property
    def compulsory(self) -> dict[str, Row]:
        return {stage: row for stage, row in self.stages.items() if stage != "senior"}


def cut_down(county: Frames, school_year: int, *, integrated_arts: bool) -> Frames:
    """The frames of the sample schools in the latest year, dated ``school_year``.

    Args:
        integrated_arts: whether the form counts 艺术 as a course beside music and fine arts. Where it does not,
            teachers of integrated arts are counted under fine arts.
    """
    back = LATEST - school_year
    schools = county["school"].filter(pl.col("school_name").is_in([f"示例县{name}" for name in NAMES]))
    codes = schools["school_code"].to_list()
    frames: Frames = {}
    for name, frame in county.items():
        cut = frame.filter(pl.col("school_code").is_in(codes)) if "school_code" in frame.columns else frame
        if "school_year" in frame.columns:
            cut = cut.filter(pl.col("school_year") == LATEST).with_columns(pl.col("school_year") - back)
        if "fiscal_year" in frame.columns:
            cut = cut.with_columns(pl.col("fiscal_year") - back)
        if "judged_on" in frame.columns:
            cut = cut.with_columns(pl.col("judged_on").dt.offset_by(f"-{back}y"))
        frames[name] = cut
    frames["school"] = frames["school"].with_columns(pl.col("built_year") - back)
    if back:
        recognised = pl.lit(date(school_year - 5, 12, 30)).alias("basic_balance_recognised_on")
        frames["county"] = frames["county"].with_columns(recognised)
    if not integrated_arts:
        frames["stage_year"] = frames["stage_year"].with_columns(
            (pl.col("teachers_fine_arts") + pl.col("teachers_arts")).alias("teachers_fine_arts"),
            (pl.col("teachers_arts") * 0).alias("teachers_arts"),
        )
    tables = load_tables()
    return {name: frame.cast(dict(tables[name].schema)) for name, frame in frames.items()}


def schools_of(frames: Frames) -> list[SampleSchool]:
    """The sample schools, in the order of their codes."""
    stages: dict[str, dict[str, Row]] = {}
    for row in frames["stage_year"].iter_rows(named=True):
        stages.setdefault(row["school_code"], {})[row["stage"]] = row
    classes: dict[str, dict[str, list[Row]]] = {}
    for row in frames["class"].iter_rows(named=True):
        classes.setdefault(row["school_code"], {}).setdefault(row["stage"], []).append(row)
    years = {row["school_code"]: row for row in frames["school_year"].iter_rows(named=True)}
    in_order = {
        code: {stage: stages[code][stage] for stage in ("primary", "junior", "senior") if stage in stages[code]}
        for code in stages
    }
    return [
        SampleSchool(row, years[code], in_order[code], classes.get(code, {}))
        for row in frames["school"].iter_rows(named=True)
        for code in [row["school_code"]]
    ]
