"""Words of another level: a county head in a school's group, 全县 in the report of a school."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.reporting.lint.document import Document, Line
from junheng.reporting.lint.finding import Finding, Severity, around

ID, LABEL = "level", "层级不对"

_LEADS = r"[^。；！？]{0,8}(?:任|为|担任|出任)[^。；！？]{0,4}组长"
_OFFICIAL = r"(?:副?[省市县区州旗乡镇]长|[县区市乡镇]委书记)"
_HEAD = r"(?<!副)(?:校长|园长)"
_SCHOOLS_GROUP = re.compile(
    rf"(?:我校|本校|学校)(?!建设)[^。；！？县市]{{0,16}}(?:成立|组建)[^。；！？]{{0,24}}{_OFFICIAL}{_LEADS}"
)
_COUNTYS_GROUP = re.compile(
    rf"(?:县政府|县人民政府|区政府|区人民政府|我县|全县)(?!各)[^。；！？校]{{0,16}}(?:成立|组建)[^。；！？]{{0,24}}{_HEAD}{_LEADS}"
)
_OUR_SCHOOL = re.compile(r"(?<![“‘])我校|(?<![“‘])本校(?![区内外])")
_OUR_COUNTY = re.compile(r"我[县市区](?!政府|人民政府|教育|里)")
_TITLE_OF_SCHOOL = re.compile(
    r"(?:小学|中学|初中|学校|教学点|幼儿园|校区)(?:$|[（(]|(?:19|20)\d\d|关于|自查|自评|迎检?|创建|推进|落实|年度|工作)"
)
_SEVERAL_SCHOOLS = re.compile(r"各|所有|全[县市区]|中小学|学校(?:布局|建设|管理|标准化)|(?:对|与|及)[^对与及]{0,6}学校")
_TITLE_OF_COUNTY = re.compile(r"[县市区旗](?:域|人民政府|教育|义务|关于|优质|基本|落实|推进|自|20)")


def find(document: Document) -> Iterator[Finding]:
    """Groups led from the wrong level; 我县 in a school's document, 我校 in a county's."""
    school, county = _level(document)
    for line in document.lines:
        for pattern, why, next_step in (
            (_SCHOOLS_GROUP, "学校的工作小组写成由县、乡领导任组长。", "核对组长是谁，多半应是校长。"),
            (_COUNTYS_GROUP, "县里的工作小组写成由校长任组长。", "核对组长是谁，多半应是县领导。"),
        ):
            if match := pattern.search(line.own):
                yield _finding(line, match, why, next_step, "须改")
        if school and (match := _OUR_COUNTY.search(line.own)):
            yield _finding(line, match, "这是一所学校的材料，口气却是县里的。", "改成学校自己的说法。", "请核对")
        # 本校数值 at the head of a column is each school's own.
        if county and line.kind == "body" and (match := _OUR_SCHOOL.search(line.own)):
            yield _finding(line, match, "这是县里的材料，口气却是学校的。", "改成“学校”或写出校名。", "请核对")


def _level(document: Document) -> tuple[bool, bool]:
    """Whether the document is a school's, whether it is a county's; neither where its title does not tell."""
    if document.school is not None:
        return document.school, not document.school
    title = document.title
    school = bool(_TITLE_OF_SCHOOL.search(title)) and not _SEVERAL_SCHOOLS.search(title)
    return school, not school and bool(_TITLE_OF_COUNTY.search(title))


def _finding(line: Line, match: re.Match[str], why: str, next_step: str, severity: Severity) -> Finding:
    return Finding(ID, LABEL, line.place, around(line.text, *match.span()), why, next_step, severity)
