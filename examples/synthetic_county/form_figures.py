"""What forms print beside the figures that the tables hold: girls, courses, ages, kinds of rooms.

All of it adds up to the figures of the tables, as the columns and rows of a form do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from synthetic_county.enrolment import split
from synthetic_county.row import Row
from synthetic_county.sample_schools import SampleSchool
from synthetic_county.seeds import random_for

SEED = 7
BANDS = {
    "classes_25": "25人及以下",
    "classes_30": "26-30人",
    "classes_35": "31-35人",
    "classes_40": "36-40人",
    "classes_45": "41-45人",
    "classes_50": "46-50人",
    "classes_55": "51-55人",
    "classes_60": "56-60人",
    "classes_65": "61-65人",
    "classes_over_65": "66人及以上",
}
GRADES = {"primary": range(1, 7), "junior": range(7, 10)}
DEGREES = ("teachers_doctor", "teachers_master", "teachers_bachelor", "teachers_associate")
SPECIAL_COURSES = ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts")
# Weights of the other courses, by stage; a course that a stage does not teach has none.
COURSES = {
    "primary": {"morals": 6, "chinese": 34, "maths": 30, "foreign": 9, "science": 7, "it": 4, "labour": 2, "other": 3},
    "junior": {
        "morals": 8, "chinese": 19, "maths": 18, "foreign": 18, "history": 7, "geography": 6, "physics": 8,
        "chemistry": 5, "biology": 5, "it": 3, "labour": 1, "other": 2,
    },
}  # fmt: skip
AGES = ("24岁及以下", "25-29岁", "30-34岁", "35-39岁", "40-44岁", "45-49岁", "50-54岁", "55-59岁", "60岁及以上")
_AGE_WEIGHTS = {
    "senior": (0, 0, 0, 1, 4, 6, 5, 3, 0),
    "mid": (0, 0, 3, 6, 7, 5, 2, 1, 0),
    "other": (5, 8, 4, 1, 1, 0, 0, 0, 0),
}


def part(number: int, share: float) -> int:
    """Some of a number of persons."""
    return round(number * share)


def women(number: int) -> int:
    return part(number, 0.62)


def newcomers(stage: str, row: Row) -> int:
    """招生数: the pupils of the first grade."""
    return int(row[f"grade_{GRADES[stage][0]}"] or 0)


def leavers(stage: str, row: Row) -> int:
    """毕业生数 of the summer before; what the table holds for juniors, about a grade for primary pupils."""
    return int(row["graduates"]) if stage == "junior" else part(int(row["grade_6"] or 0), 0.97)


def classes_by_band(classes: Sequence[Row]) -> dict[str, int]:
    """班额: how many of the classes fall into each band."""
    counts = dict.fromkeys(BANDS, 0)
    for one in classes:
        upper = next((f"classes_{upper}" for upper in range(25, 70, 5) if one["pupils"] <= upper), "classes_over_65")
        counts[upper] += 1
    return counts


def titles(row: Row) -> dict[str, int]:
    """专业技术职务: the senior titles in two, the teachers below the middle title in three."""
    senior, middle = int(row["teachers_senior_title"]), int(row["teachers_mid_title"])
    highest = senior // 9
    assistant, junior, none = split(int(row["teachers"]) - senior - middle, [0.7, 0.12, 0.18])
    return {
        "正高级": highest, "副高级": senior - highest, "中级": middle, "助理级": assistant, "员级": junior,
        "未定职级": none,
    }  # fmt: skip


def ages(title: str, number: int) -> list[int]:
    """Teachers of one title by age."""
    sort = "senior" if title in ("正高级", "副高级") else "mid" if title == "中级" else "other"
    return split(number, [float(weight) for weight in _AGE_WEIGHTS[sort]])


def teachers_by_degree(school: SampleSchool, stage: str) -> dict[str, Mapping[str, int]]:
    """Degree → course → teachers; over all degrees a course has the teachers of the table."""
    row = school.stages[stage]
    below = int(row["teachers_below_secondary"])
    degrees = {name: int(row[name]) for name in DEGREES}
    degrees |= {"secondary": int(row["teachers_secondary"]) - below, "below_secondary": below}
    courses = {name.removeprefix("teachers_"): int(row[name]) for name in SPECIAL_COURSES}
    weights = COURSES[stage]
    rest = int(row["teachers"]) - sum(courses.values())
    courses |= dict(zip(weights, split(rest, [float(weight) for weight in weights.values()]), strict=True))
    persons = [course for course, number in courses.items() for _ in range(number)]
    random_for(SEED, "courses", school.code, stage).shuffle(persons)
    found: dict[str, Mapping[str, int]] = {}
    for degree, number in degrees.items():
        mine, persons = persons[:number], persons[number:]
        found[degree] = {course: mine.count(course) for course in courses}
    return found


def staff_by_stage(school: SampleSchool) -> dict[str, dict[str, int]]:
    """教职工: by stage the teachers, and what is left of the school's staff shared out among three sorts."""
    teachers = {stage: int(row["teachers"]) for stage, row in school.compulsory.items()}
    if "senior" in school.stages:
        teachers["senior"] = round(int(school.stages["senior"]["pupils"]) / 11.5)
    others = split(int(school.year["staff"]) - sum(teachers.values()), [float(number) for number in teachers.values()])
    found = {}
    for (stage, number), rest in zip(teachers.items(), others, strict=True):
        office, assistants, workers = split(rest, [0.5, 0.3, 0.2])
        found[stage] = {"teachers": number, "office": office, "assistants": assistants, "workers": workers}
    return found


def rooms(school: SampleSchool, *, old: bool) -> dict[str, Decimal]:
    """校舍 by kind, in ㎡; those for teaching add up to the table's teaching area, all to its building area."""
    year = school.year
    indoor, library, classrooms = (
        year[name] for name in ("indoor_sports_area", "library_area", "ordinary_classrooms_area")
    )
    rest = year["teaching_area"] - indoor - library - classrooms
    if rest < 0:
        raise ValueError(f"{school.name}: more classrooms than teaching rooms")
    found = {"教学及辅助用房": year["teaching_area"], "教室": classrooms, "图书": library, "体育": indoor}
    if old:
        found |= _shares(rest, {"实验室": 5, "微机室": 4, "语音室": 1})
    else:
        found |= _shares(rest, {"理化生实验室": 3, "其他专用教室": 4, "心理辅导室": 1, "其他公共教学用房": 2})
    other = year["building_area"] - year["teaching_area"]
    boarders = 4.0 if school.master["boarding"] else 0.0
    office, living, rest = _shares(other, {"行政": 3, "生活": 4 + boarders, "其他": 1.5}).values()
    found |= {"行政办公用房": office, "生活用房": living, "其他用房": rest}
    found |= _shares(office, {"教师办公室": 3, "其他行政": 1})
    dormitory = 4.0 if boarders else 0.0
    found |= _shares(
        living, {"教工值班宿舍": 1, "教师周转宿舍": 1, "学生宿舍": dormitory, "食堂": 2, "厕所": 1, "其他生活": 0.5}
    )
    return found


def _shares(area: Decimal, weights: Mapping[str, float]) -> dict[str, Decimal]:
    parts = split(int(area * 100), list(weights.values()))
    return {name: Decimal(amount).scaleb(-2) for name, amount in zip(weights, parts, strict=True)}
