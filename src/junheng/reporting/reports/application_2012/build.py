"""全国义务教育发展基本均衡县申报表: a cover and the seven tables.

The names of the tables, the fields of 表Ⅴ and 表Ⅵ and the rules of filling in were read; the printed form was not. How
the columns stand is our reading, and the cover says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block
from junheng.reporting.report.runs import Quote, Run
from junheng.reporting.reports.application_2012.balance import balance
from junheng.reporting.reports.application_2012.basics import basics
from junheng.reporting.reports.application_2012.cover import cover_table
from junheng.reporting.reports.application_2012.funds import funds
from junheng.reporting.reports.application_2012.measures import measures
from junheng.reporting.reports.application_2012.page import Chapter, own_pages
from junheng.reporting.reports.application_2012.schools import each_school, schools_summary
from junheng.reporting.reports.application_2012.survey import survey
from junheng.reporting.reports.application_2012.work import government, vetoes


def cover(facts: Facts) -> Iterator[Block]:
    """Who applies, by which standard, on which data, and what the county finds of itself."""
    gate = facts.now.judgement.gate
    by: Run = Quote(gate.standard.label.zh) if gate else "未选定本省办学基本标准"
    yield cover_table(
        facts,
        [("学校达标依据", by)],
        "各表名称、经费和满意度的栏目、填报规则取自公开的填报说明；原表的版式没有见到，栏目的排列是本软件的理解，"
        "报送前请与下发的表样核对。没有填报的写“未填报”，不以零代替。",
    )


_TABLES: dict[str, Chapter] = {
    "basics": basics,
    "schools_summary": schools_summary,
    "each_school": each_school,
    "balance": balance,
    "government": government,
    "vetoes": vetoes,
    "funds": funds,
    "survey": survey,
    "measures": measures,
}
CHAPTERS: dict[str, Chapter] = {"cover": cover} | {name: own_pages(chapter) for name, chapter in _TABLES.items()}
