"""The forms of one school in the generation filed until 2020 (基础基)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from synthetic_county.form_figures import part, rooms, teachers_by_degree, titles, women
from synthetic_county.form_lines import STAGES, basics, class_sizes, pupils, staff
from synthetic_county.form_sheet import Form, Line, Path, Value
from synthetic_county.row import Row
from synthetic_county.sample_schools import SampleSchool

PREFIX = "基础基"
# Course of the figures → head; 艺术 is a course of its own, beside music and fine arts.
PRIMARY_COURSES = {
    "morals": "品德与生活（社会）",
    "chinese": "语文",
    "maths": "数学",
    "foreign": "外语",
    "science": "科学",
    "pe": "体育",
    "music": "音乐",
    "fine_arts": "美术",
    "arts": "艺术",
    "it": "信息技术",
    "other": "其他",
    "none": "当年不授课",
}
JUNIOR_COURSES = PRIMARY_COURSES | {
    "morals": "思想品德",
    "history": "历史",
    "geography": "地理",
    "physics": "物理",
    "chemistry": "化学",
    "biology": "生物",
}
DEGREES = {
    "master": "研究生毕业",
    "teachers_bachelor": "本科毕业",
    "teachers_associate": "专科毕业",
    "secondary": "高中阶段毕业",
    "below_secondary": "高中阶段以下毕业",
}
TITLES = {
    "正高级": "正高级",
    "副高级": "中学高级",
    "中级": "中级",
    "助理级": "助理级",
    "员级": "员级",
    "未定职级": "未定职级",
}


def forms(school: SampleSchool) -> Iterator[Form]:
    """The forms of a school, in the order of their numbers."""
    yield _list("111", "学校（机构）基本情况", [(label, [value]) for label, value in basics(school)])
    backbone: list[tuple[str, list[Value]]] = [
        (f"县级以上骨干教师({STAGES[stage]})", [row["backbone_teachers"]]) for stage, row in school.compulsory.items()
    ]
    yield _list("112", "学校（机构）基本情况（续）", [("校园网", ["是"]), *backbone])
    for stage in school.compulsory:
        yield class_sizes(school, stage, PREFIX + {"primary": "212", "junior": "213"}[stage])
    for stage in school.compulsory:
        yield pupils(school, stage, PREFIX + {"primary": "312", "junior": "313"}[stage], migrants=False)
    yield staff(school, f"{PREFIX}412", "教职工数")
    yield _titles(school)
    for stage in school.compulsory:
        yield _courses(school, stage)
    yield _buildings(school)
    year = school.year
    yield _list("522", "占地面积及其他办学条件", _conditions(year))
    value = year["equipment_value"] / 10_000
    money = [("固定资产总值（万元）", [round(value * 6 + 900, 2)]), ("其中：教学仪器设备资产值（万元）", [value])]
    yield _list("531", "固定资产", money)


def _list(number: str, title: str, pairs: list[tuple[str, list[Value]]]) -> Form:
    return Form(PREFIX + number, title, "", [("内容",)], [Line(label, values) for label, values in pairs])


def _titles(school: SampleSchool) -> Form:
    heads: list[Path] = [("合计",), *((word,) for word in TITLES.values())]
    lines = []
    for stage, row in school.compulsory.items():
        counts = titles(row)
        lines.append(Line(STAGES[stage], [sum(counts.values()), *(counts[title] for title in TITLES)]))
        among = [women(counts[title]) for title in TITLES]
        lines.append(Line("其中：女", [sum(among), *among], 1))
    return Form(f"{PREFIX}422", "专任教师按专业技术职务分", "人", heads, lines)


def _courses(school: SampleSchool, stage: str) -> Form:
    courses = PRIMARY_COURSES if stage == "primary" else JUNIOR_COURSES
    by_degree = {degree: dict.fromkeys(courses, 0) | counts for degree, counts in _degrees(school, stage).items()}
    every = {course: sum(counts[course] for counts in by_degree.values()) for course in courses}
    among = {degree: {course: women(n) for course, n in counts.items()} for degree, counts in by_degree.items()}
    of_course = {course: sum(counts[course] for counts in among.values()) for course in courses}
    lines = [
        Line("总计", _line(courses, every, sum(of_course.values()))),
        Line("其中：女", _line(courses, of_course, None), 1),
        *(
            Line(word, _line(courses, by_degree[degree], sum(among[degree].values())), 1)
            for degree, word in DEGREES.items()
        ),
    ]
    heads: list[Path] = [("合计",), ("其中：女",), *((word,) for word in courses.values())]
    number = {"primary": "423", "junior": "424"}[stage]
    return Form(PREFIX + number, f"{STAGES[stage]}专任教师分课程、分学历情况", "人", heads, lines)


def _degrees(school: SampleSchool, stage: str) -> dict[str, dict[str, int]]:
    """One row for all with a postgraduate degree, and labour under the other courses, as this generation has it."""
    found = {}
    for degree, counts in teachers_by_degree(school, stage).items():
        counted = {course: number for course, number in counts.items() if course != "labour"}
        found[degree] = counted | {"other": counts["other"] + counts.get("labour", 0)}
    doctors, masters = found.pop("teachers_doctor"), found.pop("teachers_master")
    return {"master": {course: number + doctors[course] for course, number in masters.items()}, **found}


def _line(courses: Mapping[str, str], counts: Mapping[str, int], among: int | None) -> list[Value]:
    return [sum(counts.values()), among, *(counts[course] for course in courses)]


def _buildings(school: SampleSchool) -> Form:
    area = rooms(school, old=True)
    lines = [
        Line("总计", [school.year["building_area"]]),
        Line("其中：危房", [0], 1),
        Line("当年新增校舍", [0], 1),
        Line("一、教学及辅助用房", [area["教学及辅助用房"]]),
        Line("教室", [area["教室"]], 1),
        Line("实验室", [area["实验室"]], 1),
        Line("图书室", [area["图书"]], 1),
        Line("微机室", [area["微机室"]], 1),
        Line("语音室", [area["语音室"]], 1),
        Line("体育馆", [area["体育"]], 1),
        Line("二、行政办公用房", [area["行政办公用房"]]),
        Line("其中：教师办公室", [area["教师办公室"]], 1),
        Line("三、生活用房", [area["生活用房"]]),
        Line("教工宿舍", [area["教工值班宿舍"] + area["教师周转宿舍"]], 1),
        Line("学生宿舍", [area["学生宿舍"]], 1),
        Line("食堂", [area["食堂"]], 1),
        Line("厕所", [area["厕所"]], 1),
        Line("四、其他用房", [area["其他用房"]]),
    ]
    return Form(f"{PREFIX}512", "校舍情况", "平方米", [("校舍建筑面积", "合计")], lines)


def _conditions(year: Row) -> list[tuple[str, list[Value]]]:
    return [
        ("占地面积（平方米）", [year["land_area"]]),
        ("其中：绿化用地面积（平方米）", [round(year["land_area"] / 5, 2)]),
        ("其中：运动场地面积（平方米）", [year["sports_ground_area"]]),
        ("图书（册）", [year["books"]]),
        ("计算机数（台）", [year["computers"] + part(year["computers"], 0.15)]),
        ("其中：教学用计算机（台）", [year["computers"]]),
        ("网络多媒体教室（间）", [year["multimedia_classrooms"]]),
    ]
