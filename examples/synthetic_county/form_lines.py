"""The forms that both generations have, up to their numbers and a few words: class sizes, pupils, staff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synthetic_county.form_figures import (
    BANDS,
    GRADES,
    classes_by_band,
    leavers,
    newcomers,
    part,
    staff_by_stage,
)
from synthetic_county.form_sheet import Form, Line, Path, Value
from synthetic_county.row import Row
from synthetic_county.sample_schools import SampleSchool

STAGES = {"primary": "小学", "junior": "初中", "senior": "高中"}
GRADE_WORDS = {
    "primary": ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级"),
    "junior": ("一年级", "二年级", "三年级"),
}
# 城乡分类 as the basics print it; the code list of the tables knows the codes and the words.
PLACES = {"urban": "111 主城区", "town": "121 镇中心区", "rural": "220 村庄"}
OPERATORS = {"county": "县级教育部门", "private": "民办"}
KINDS = {
    "211": "小学", "218": "小学教学点", "311": "初级中学", "312": "九年一贯制学校", "319": "附设普通初中班",
    "341": "完全中学",
}  # fmt: skip
BANDS_HEAD = "按班额分"


def yes(flag: object) -> str:
    return "是" if flag else "否"


def basics(school: SampleSchool) -> list[tuple[str, str]]:
    """学校（机构）基本情况: labels and what stands beside them."""
    master = school.master
    pairs = [
        ("学校（机构）标识码", school.code),
        ("学校（机构）名称", school.name),
        ("学校（机构）所在地行政区划代码", f"{master['county_code']}001001"),
        ("学校（机构）所在地城乡类型", PLACES[master["location"]]),
        ("学校（机构）举办者", OPERATORS[master["operator"]]),
        ("办学类型", f"{school.kind} {KINDS[school.kind]}"),
        ("是否寄宿制学校", yes(master["boarding"])),
        ("是否计校数", yes(master["counted"])),
    ]
    if master["campus_of"]:
        pairs.append(("所属主校标识码", master["campus_of"]))
    return [*pairs, ("建校年份", str(master["opened_on"].year)), ("学校网址", "")]


def class_sizes(school: SampleSchool, stage: str, number: str) -> Form:
    """班额: all classes and each grade by size of class."""
    heads: list[Path] = [("班数", "合计"), *(("班数", BANDS_HEAD, band) for band in BANDS.values())]
    every = school.classes[stage]
    groups: list[tuple[str, Sequence[Row]]] = [("总计", every)]
    for word, grade in zip(GRADE_WORDS[stage], GRADES[stage], strict=True):
        groups.append((word, [one for one in every if one["grade"] == grade]))
    lines = []
    for word, classes in groups:
        bands = classes_by_band(classes)
        lines.append(Line(word, [len(classes), *(bands[name] for name in BANDS)], level=word != "总计"))
    return Form(number, f"{STAGES[stage]}班额情况", "个", heads, lines)


def pupils(school: SampleSchool, stage: str, number: str, *, migrants: bool) -> Form:
    """学生数: leavers, newcomers, pupils by grade, boarders; 随迁子女 where the generation asks for them."""
    row = school.stages[stage]
    words = GRADE_WORDS[stage]
    heads: list[Path] = [("毕业生数",), ("招生数", "合计")]
    if stage == "primary":
        heads.append(("招生数", "其中：受过学前教育"))
    heads += [("在校生数", "合计"), *(("在校生数", word) for word in words), ("预计毕业生数",), ("寄宿生",)]
    if migrants:
        heads.append(("随迁子女",))
    grades = [int(row[f"grade_{grade}"] or 0) for grade in GRADES[stage]]
    starters = [newcomers(stage, row)] * (2 if stage == "primary" else 1)
    every = [leavers(stage, row), *starters, int(row["pupils"]), *grades, grades[-1], int(row["boarders"])]
    if migrants:
        every.append(int(row["migrant_pupils"]))
    at = 1 + len(starters)

    def some(share: float) -> list[Value]:
        """Part of each number; of the pupils it is the sum of its grades."""
        parts = [part(value, share) for value in every]
        parts[at] = sum(parts[at + 1 : at + 1 + len(grades)])
        return list(parts)

    lines = [Line("总计", every), Line("其中：女", some(0.47), 1), Line("少数民族", some(0.04), 1)]
    return Form(number, f"{STAGES[stage]}学生数", "人", heads, lines, ("注：在校生数为学年初数。",))


def staff(school: SampleSchool, number: str, title: str) -> Form:
    """教职工数 by stage and sort."""
    sorts = {"teachers": "专任教师", "office": "行政人员", "assistants": "教辅人员", "workers": "工勤人员"}
    heads: list[Path] = [("教职工数", "合计"), *(("教职工数", word) for word in sorts.values())]
    by_stage = staff_by_stage(school)

    def line(word: str, counts: Mapping[str, int] | None, level: int) -> Line:
        numbers = [counts[sort] for sort in sorts] if counts else []
        return Line(word, [sum(numbers), *numbers] if counts else [None] * (1 + len(sorts)), level)

    together = {sort: sum(counts[sort] for counts in by_stage.values()) for sort in sorts}
    lines = [line("总计", together, 0)]
    lines += [line(word, by_stage.get(stage), 1) for stage, word in STAGES.items()]
    return Form(number, title, "人", heads, lines)
