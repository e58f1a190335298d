"""The export of a county: one row per school below merged heads, one file for each stage.

A school of several stages stands in several files, with the figures of the whole school in each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from xlsxwriter.workbook import Workbook

from synthetic_county.form_figures import BANDS, titles
from synthetic_county.form_lines import BANDS_HEAD, KINDS, OPERATORS, PLACES, STAGES, yes
from synthetic_county.form_sheet import Path, Styles, Value, write_heads, write_value
from synthetic_county.plan import KIND_POINT
from synthetic_county.row import Row
from synthetic_county.sample_schools import SampleSchool

Read = Callable[[SampleSchool, Row], Value]


def files(schools: Sequence[SampleSchool]) -> Iterator[tuple[str, str, list[SampleSchool]]]:
    """The files of an export: name, stage, schools. Teaching points have one of their own."""
    points = [school for school in schools if school.kind == KIND_POINT]
    rest = [school for school in schools if school.kind != KIND_POINT]
    for stage, word in STAGES.items():
        yield word, stage, [school for school in rest if stage in school.stages]
    yield "教学点", "primary", points


def columns(stage: str, county: str, *, old: bool) -> dict[Path, Read]:
    """The heads of a file in their order, and what stands below each."""
    word = STAGES[stage]
    of_teachers = "专任教师"
    basics, conditions = ("基础基112", "占地面积及其他办学条件") if old else ("教基1102", "占地面积及其他办学条件")
    of_school: dict[Path, Read] = {
        ("统计三级",): lambda school, row: county,
        ("学校（机构）标识码",): lambda school, row: school.code,
        ("学校（机构）名称",): lambda school, row: school.name,
        ("办学类型",): lambda school, row: KINDS[school.kind],
        ("举办者",): lambda school, row: OPERATORS[school.master["operator"]],
        ("城乡类型",): lambda school, row: PLACES[school.master["location"]].split()[0],
        ("是否计校数",): lambda school, row: yes(school.master["counted"]),
        ("在校生数", "合计"): _of("pupils"),
    }
    of_stage: dict[Path, Read] = {
        ("班数", "合计"): _of("classes"),
        **{("班数", f"#{BANDS_HEAD}", band): _of(name) for name, band in BANDS.items()},
        (of_teachers, "合计"): _of("teachers"),
        **{(of_teachers, "#按学历分", degree): read for degree, read in (_OLD_DEGREES if old else _DEGREES).items()},
        **{(of_teachers, "#按授课课程分", *path): read for path, read in (_OLD_COURSES if old else _COURSES).items()},
        **{(of_teachers, "#按专业技术职务分", title): _title(title) for title in _TITLES},
        (basics, f"县级以上骨干教师({word})"): _of("backbone_teachers"),
    }
    sports = "体育馆" if old else "室内体育用房"
    of_buildings: dict[Path, Read] = {
        ("校舍建筑面积", "合计"): _all("building_area"),
        ("教学及辅助用房", "计"): _all("teaching_area"),
        ("教学及辅助用房", sports): _all("indoor_sports_area"),
        (conditions, "占地面积(平方米)", "计"): _all("land_area"),
        (conditions, "占地面积(平方米)", "其中", "运动场地面积"): _all("sports_ground_area"),
        (conditions, "图书(册)"): _all("books"),
        (conditions, "计算机数(台)" if old else "数字终端(台)", "其中：教学用计算机"): _all("computers"),
        (conditions, "网络多媒体教室"): _all("multimedia_classrooms"),
        (conditions, "教学仪器设备资产值(万元)"): lambda school, row: school.year["equipment_value"] / 10_000,
    }
    # Of the senior stage only the pupils matter here.
    return of_school | ({} if stage == "senior" else of_stage) | of_buildings


def _of(column: str) -> Read:
    """A figure of the stage."""
    return lambda school, row: row[column]


def _all(column: str) -> Read:
    """A figure of the whole school."""
    return lambda school, row: school.year[column]


def _title(title: str) -> Read:
    return lambda school, row: titles(row)[title]


def _some(*columns: str, less: str = "") -> Read:
    return lambda school, row: sum(row[name] for name in columns) - (row[less] if less else 0)


_TITLES = ("正高级", "副高级", "中级", "助理级", "员级", "未定职级")
_SECONDARY = _some("teachers_secondary", less="teachers_below_secondary")
_DEGREES: Mapping[str, Read] = {
    "博士研究生": _of("teachers_doctor"),
    "硕士研究生": _of("teachers_master"),
    "本科": _of("teachers_bachelor"),
    "专科": _of("teachers_associate"),
    "高中阶段": _SECONDARY,
    "高中阶段以下": _of("teachers_below_secondary"),
}
_OLD_DEGREES: Mapping[str, Read] = {
    "研究生毕业": _some("teachers_doctor", "teachers_master"),
    "本科毕业": _of("teachers_bachelor"),
    "专科毕业": _of("teachers_associate"),
    "高中阶段毕业": _SECONDARY,
    "高中阶段以下毕业": _of("teachers_below_secondary"),
}
_COURSES: Mapping[Path, Read] = {
    ("体育与健康",): _of("teachers_pe"),
    ("艺术", "计"): _some("teachers_music", "teachers_fine_arts"),
    ("艺术", "音乐"): _of("teachers_music"),
    ("艺术", "美术"): _of("teachers_fine_arts"),
}
_OLD_COURSES: Mapping[Path, Read] = {
    ("体育",): _of("teachers_pe"),
    ("音乐",): _of("teachers_music"),
    ("美术",): _of("teachers_fine_arts"),
    ("艺术",): _of("teachers_arts"),
}


def write_export(
    name: str, title: str, heads: Mapping[Path, Read], stage: str, schools: Sequence[SampleSchool], book: Workbook
) -> None:
    """Write the sheet of one file: the rows of its schools, and a last row with their totals."""
    sheet, styles = book.add_worksheet(name), Styles(book)
    sheet.merge_range(0, 0, 0, len(heads) - 1, title, styles.title)
    top = write_heads(sheet, styles, 1, list(heads))
    rows = [[read(school, school.stages[stage]) for read in heads.values()] for school in schools]
    for number, values in enumerate([*rows, _totals(rows)], start=top):
        for column, value in enumerate(values):
            write_value(sheet, styles, number, column, value)
    sheet.set_column(0, len(heads) - 1, 10)
    sheet.set_column(0, 3, 22)
    sheet.freeze_panes(top, 3)


def _totals(rows: Sequence[Sequence[Value]]) -> list[Value]:
    """The printed totals of the figures; the words of the first columns have none."""
    found: list[Value] = []
    for values in zip(*rows, strict=True):
        numbers = [value for value in values if isinstance(value, int | Decimal)]
        found.append(sum(numbers) if numbers else None)
    return ["合计", *found[1:]]
