"""督导评估基础数据统计表: 表一 schools, 表二 pupils and classes, 表三 teachers, 表五 conditions.

Provinces number their tables so; what stands in the one between 表三 and 表五 was not seen, and it is not made up.
Each has a transitional sheet (过渡整理表) of every school by town and a summary of the towns, at whose foot the sums of
towns and of schools are held against the county's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block
from junheng.reporting.reports.application_2012.page import Chapter, own_pages
from junheng.reporting.reports.base_tables.sheets import Sheet, summary, transitional

SHEETS = (
    Sheet(
        "schools",
        "表一　学校基本情况",
        by_stage=False,
        words=("school_kind", "location", "operator", "boarding"),
        columns=("land_area", "building_area", "green_area", "staff"),
    ),
    Sheet(
        "pupils",
        "表二　学生和班级情况",
        by_stage=True,
        columns=(
            "pupils", "boarders", "migrant_pupils", "left_behind_pupils", "out_of_zone_pupils", "classes",
            "classes_60", "classes_65", "classes_over_65",
        ),
    ),
    Sheet(
        "teachers",
        "表三　专任教师情况",
        by_stage=True,
        columns=(
            "teachers", "teachers_doctor", "teachers_master", "teachers_bachelor", "teachers_associate",
            "teachers_mid_title", "teachers_senior_title", "backbone_teachers", "teachers_pe", "teachers_music",
            "teachers_fine_arts",
        ),
    ),
    Sheet(
        "conditions",
        "表五　办学条件情况",
        by_stage=False,
        columns=(
            "teaching_area", "indoor_sports_area", "sports_ground_area", "equipment_value", "multimedia_classrooms",
            "computers", "books", "special_rooms", "music_rooms", "art_rooms",
        ),
    ),
)  # fmt: skip


def _chapter(sheet: Sheet, facts: Facts) -> Iterator[Block]:
    yield transitional(facts.now.towns, sheet)
    yield summary(facts.now.towns, sheet)


CHAPTERS: dict[str, Chapter] = {sheet.name: own_pages(partial(_chapter, sheet)) for sheet in SHEETS}
