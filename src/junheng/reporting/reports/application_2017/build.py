"""优质均衡: a cover and the tables that show each part of the standard.

No printed form of 2017 was read; what is asked was, and the cover says that the columns are our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block
from junheng.reporting.reports.application_2012.balance import each_coefficient
from junheng.reporting.reports.application_2012.basics import basics_table
from junheng.reporting.reports.application_2012.cover import cover_table
from junheng.reporting.reports.application_2012.page import Chapter, own_pages
from junheng.reporting.reports.application_2012.survey import survey_table
from junheng.reporting.reports.application_2017.items import items_table
from junheng.reporting.reports.application_2017.schools import attainment, each_school


def cover(facts: Facts) -> Iterator[Block]:
    """Who applies, by which standard, on which data, and what the county finds of itself."""
    yield cover_table(
        facts,
        [],
        "各表所列的项目取自《县域义务教育优质均衡发展督导评估办法》；统一的表样没有见到，栏目的排列是本软件的理解，"
        "报送前请与下发的表样核对。没有填报的写“未填报”，不以零代替。",
    )


def basics(facts: Facts) -> Iterator[Block]:
    """The county at a glance."""
    yield basics_table(facts, "表一　县（市、区）基本情况")


def eligibility(facts: Facts) -> Iterator[Block]:
    """What a county must be before it may apply."""
    yield items_table(facts, "eligibility", "表二　申报条件")


def coefficients(facts: Facts) -> Iterator[Block]:
    """Every coefficient of both stages beside its limit."""
    yield each_coefficient(facts, "表五　校际差异系数")


def government(facts: Facts) -> Iterator[Block]:
    """The items of government guarantee."""
    yield items_table(facts, "government", "表六　政府保障程度")


def quality(facts: Facts) -> Iterator[Block]:
    """The items of education quality."""
    yield items_table(facts, "quality", "表七　教育质量")


def survey(facts: Facts) -> Iterator[Block]:
    """The survey behind 社会认可度."""
    yield survey_table(facts, "表八　社会认可度")


def vetoes(facts: Facts) -> Iterator[Block]:
    """What rules a county out."""
    yield items_table(facts, "vetoes", "表九　底线（一票否决）事项")


_TABLES: dict[str, Chapter] = {
    "basics": basics,
    "eligibility": eligibility,
    "attainment": attainment,
    "each_school": each_school,
    "coefficients": coefficients,
    "government": government,
    "quality": quality,
    "survey": survey,
    "vetoes": vetoes,
}
CHAPTERS: dict[str, Chapter] = {"cover": cover} | {name: own_pages(chapter) for name, chapter in _TABLES.items()}
