"""The forms of one school in the generation filed since 2021 (教基)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from synthetic_county.form_figures import AGES, ages, part, rooms, teachers_by_degree, titles, women
from synthetic_county.form_lines import STAGES, basics, class_sizes, pupils, staff
from synthetic_county.form_sheet import Form, Line, Path, Value
from synthetic_county.row import Row
from synthetic_county.sample_schools import SampleSchool

PREFIX = "教基"
# Course of the figures → head; 艺术 is the subtotal of the two below it.
COURSES: dict[str, Path] = {
    "morals": ("道德与法治",),
    "chinese": ("语文",),
    "maths": ("数学",),
    "foreign": ("外语（英语、日语、俄语）",),
    "history": ("历史",),
    "geography": ("地理",),
    "science": ("科学",),
    "physics": ("物理",),
    "chemistry": ("化学",),
    "biology": ("生物学",),
    "it": ("信息科技",),
    "pe": ("体育与健康",),
    "arts": ("艺术", "计"),
    "music": ("艺术", "音乐"),
    "fine_arts": ("艺术", "美术"),
    "labour": ("劳动",),
    "practice": ("综合实践活动",),
    "other": ("其他",),
    "none": ("本学年不授课",),
}
DEGREES = {
    "teachers_doctor": "博士研究生",
    "teachers_master": "硕士研究生",
    "teachers_bachelor": "本科",
    "teachers_associate": "专科",
    "secondary": "高中阶段",
    "below_secondary": "高中阶段以下",
}


def forms(school: SampleSchool) -> Iterator[Form]:
    """The forms of a school, in the order of their numbers."""
    yield _list("1001", "学校（机构）基本情况", basics(school))
    backbone = {
        f"县级以上骨干教师({word})": school.stages[stage]["backbone_teachers"]
        if stage in school.compulsory
        else (3 if stage in school.stages else None)
        for stage, word in STAGES.items()
    }
    yield _list("1102", "学校（机构）基本情况（续）", [("教学用计算机网络", "是"), *backbone.items()])
    for stage in school.compulsory:
        yield class_sizes(school, stage, PREFIX + {"primary": "2106", "junior": "2107"}[stage])
    for stage in school.compulsory:
        yield pupils(school, stage, PREFIX + {"primary": "3112", "junior": "3115"}[stage], migrants=True)
    yield staff(school, f"{PREFIX}4149", "中小学教职工数")
    yield _titles(school)
    yield _courses(school)
    yield _buildings(school)
    yield _conditions(school.year)


def _list(number: str, title: str, pairs: list[tuple[str, Value]]) -> Form:
    return Form(PREFIX + number, title, "", [("内容",)], [Line(label, [value]) for label, value in pairs])


def _titles(school: SampleSchool) -> Form:
    lines = []
    for stage, row in school.compulsory.items():
        counts = {title: ages(title, number) for title, number in titles(row).items()}
        together = [sum(column) for column in zip(*counts.values(), strict=True)]
        lines += [
            Line(STAGES[stage], [sum(together), *together]),
            Line("其中：女", [sum(map(women, together)), *map(women, together)], 1),
        ]
        lines += [Line(title, [sum(numbers), *numbers], 1) for title, numbers in counts.items()]
    heads: list[Path] = [("合计",), *((age,) for age in AGES)]
    return Form(f"{PREFIX}4153", "专任教师分年龄情况", "人", heads, lines)


def _courses(school: SampleSchool) -> Form:
    lines = []
    for stage in school.compulsory:
        by_degree = {degree: _with_arts(counts) for degree, counts in teachers_by_degree(school, stage).items()}
        every = {course: sum(counts[course] for counts in by_degree.values()) for course in COURSES}
        among = {degree: _some(counts, 0.62) for degree, counts in by_degree.items()}  # women, by course
        of_course = {course: sum(counts[course] for counts in among.values()) for course in COURSES}
        lines += [
            Line(STAGES[stage], [None] * (2 + len(COURSES))),
            Line("计", _line(every, _together(of_course)), 1),
            Line("#女", _line(of_course, None), 2),
            Line("#少数民族", _line(_some(every, 0.05), None), 2),
            *(Line(word, _line(by_degree[degree], _together(among[degree])), 1) for degree, word in DEGREES.items()),
        ]
    heads: list[Path] = [("合计",), ("#女",), *COURSES.values()]
    return Form(f"{PREFIX}4155", "义务教育阶段专任教师分课程、分学历情况", "人", heads, lines)


def _with_arts(counts: Mapping[str, int]) -> dict[str, int]:
    """Courses nobody teaches are zero; 艺术 is music and fine arts together."""
    if counts["arts"]:
        raise ValueError("this generation has no teachers of 艺术 beside music and fine arts")
    return dict.fromkeys(COURSES, 0) | counts | {"arts": counts["music"] + counts["fine_arts"]}


def _some(counts: Mapping[str, int], share: float) -> dict[str, int]:
    some = {course: part(number, share) for course, number in counts.items()}
    return some | {"arts": some["music"] + some["fine_arts"]}


def _together(counts: Mapping[str, int]) -> int:
    """All teachers; 艺术 is no further course."""
    return sum(number for course, number in counts.items() if course != "arts")


def _line(counts: Mapping[str, int], among: int | None) -> list[Value]:
    return [_together(counts), among, *(counts[course] for course in COURSES)]


def _buildings(school: SampleSchool) -> Form:
    area = rooms(school, old=False)
    special = area["理化生实验室"] + area["其他专用教室"]
    common = area["图书"] + area["体育"] + area["心理辅导室"] + area["其他公共教学用房"]
    lines = [
        Line("总计", [school.year["building_area"]]),
        Line("其中：危房", [0], 1),
        Line("当年新增校舍", [0], 1),
        Line("一、教学及辅助用房", [area["教学及辅助用房"]]),
        Line("教室", [area["教室"]], 1),
        Line("专用教室", [special], 1),
        Line("理化生实验室", [area["理化生实验室"]], 2),
        Line("其他", [area["其他专用教室"]], 2),
        Line("公共教学用房", [common], 1),
        Line("图书阅览室", [area["图书"]], 2),
        Line("室内体育用房", [area["体育"]], 2),
        Line("心理辅导室", [area["心理辅导室"]], 2),
        Line("其他", [area["其他公共教学用房"]], 2),
        Line("二、行政办公用房", [area["行政办公用房"]]),
        Line("教师办公室", [area["教师办公室"]], 1),
        Line("其他", [area["其他行政"]], 1),
        Line("三、生活用房", [area["生活用房"]]),
        *(Line(word, [area[word]], 1) for word in ("教工值班宿舍", "教师周转宿舍", "学生宿舍", "食堂", "厕所")),
        Line("其他", [area["其他生活"]], 1),
        Line("四、其他用房", [area["其他用房"]]),
    ]
    return Form(f"{PREFIX}5170", "中小学校舍情况", "平方米", [("校舍建筑面积", "合计")], lines)


def _conditions(year: Row) -> Form:
    value = year["equipment_value"] / 10_000
    lines = [
        Line("占地面积（平方米）", [year["land_area"]]),
        Line("其中：绿化用地面积", [round(year["land_area"] / 5, 2)], 1),
        Line("其中：运动场地面积", [year["sports_ground_area"]], 1),
        Line("图书（册）", [year["books"]]),
        Line("数字终端数（台）", [year["computers"] + part(year["computers"], 0.15)]),
        Line("其中：教学用计算机（台）", [year["computers"]], 1),
        Line("网络多媒体教室（间）", [year["multimedia_classrooms"]]),
        Line("固定资产总值（万元）", [round(value * 6 + 900, 2)]),
        Line("其中：教学仪器设备资产值（万元）", [value], 1),
    ]
    return Form(f"{PREFIX}5176", "中小学占地面积及其他办学条件", "", [("数量",)], lines)
