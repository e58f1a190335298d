"""Which figures a recomputation takes, and when it is sure of them."""

from __future__ import annotations

from collections.abc import Sequence

from junheng.claims.lookup import quantities, same_scope, value_of
from junheng.claims.report import Report, read_report
from junheng.documents.document import plain_document

NONE: frozenset[str] = frozenset()
PRIMARY = frozenset({"stage:primary"})


def looked_up(
    text: str, concepts: Sequence[str], facets: frozenset[str] = NONE, rest: str = ""
) -> list[tuple[list[str], bool]]:
    """What is found from the last figure of a text: printed figures, and whether they are surely meant."""
    report: Report = read_report(plain_document(text))
    found = quantities(report, report.mentions[-1], concepts, facets, rest)
    return [([report.text(one.figure.start, one.figure.end) for one in each.mentions], each.firm) for each in found]


def test_the_only_figure_is_sure():
    assert looked_up("现有学生720人。生均图书25册。", ["pupils"]) == [(["720人"], True)]


def test_the_first_concept_that_is_stated_is_taken():
    text = "教职工60人,专任教师52人。师生比1:15。"
    assert looked_up(text, ["full_time_teachers", "staff"])[0][0] == ["52人"]
    assert looked_up(text, ["senior_titles", "staff"])[0][0] == ["60人"]
    assert looked_up(text, ["books"]) == []


def test_a_part_is_not_the_whole():
    text = "小学在校生8000人,初中在校生4000人。生均图书25册。"
    assert looked_up(text, ["pupils"], PRIMARY) == [(["8000人"], True)]


def test_a_whole_that_is_printed_nowhere_is_the_sum_of_its_parts():
    text = "小学在校生8000人,初中在校生4000人。生均图书25册。"
    assert looked_up(text, ["pupils"]) == [(["8000人", "4000人"], True)]


def test_the_nearest_comes_first():
    text = "学生720人。学生735人,生均图书25册。"
    assert [printed for printed, _ in looked_up(text, ["pupils"])] == [["735人"], ["720人"]]


def test_words_that_narrow_a_figure_make_it_another():
    text = "应交流教师60人。教师700人。交流比例8%。"
    assert [printed for printed, _ in looked_up(text, ["teachers"], rest="应交流")] == [["60人"]]
    assert [printed for printed, _ in looked_up(text, ["teachers"])] == [["700人"]]


def test_nothing_is_taken_from_another_year_school_chapter_or_plan():
    for text in (
        "2022年学生720人。2023年生均图书25册。",
        "全县学校48所。桃溪小学学生720人。柳林中学学生900人,生均图书25册。",
        "青禾县教育工作报告\n学生720人。\n青禾县学校建设汇报\n生均图书25册。",
        "预计学生达到720人。生均图书25册。",
        "现有学生xx人。生均图书25册。",
    ):
        assert ["720人"] not in [printed for printed, _ in looked_up(text, ["pupils"])]


def test_values_are_in_the_base_unit():
    report = read_report(plain_document("校园占地2.5公顷。学生xx人。"))
    area, pupils = report.mentions
    value = value_of(area)
    assert value is not None
    assert (value.low, value.value, value.high) == (24_500, 25_000, 25_500)
    assert value_of(pupils) is None


def test_a_county_and_a_school_are_two_scopes():
    county, school, unsaid = read_report(plain_document("全县学生900人。我校学生720人。学生30人。")).mentions
    assert not same_scope(county, school)
    assert same_scope(county, unsaid)


def test_of_very_many_figures_a_bounded_number_is_looked_at():
    report = read_report(plain_document("\n".join(f"学生{number}人。" for number in range(1000, 1600))))
    for place in (0, 300, 599):
        near = report.of_concept(report.mentions[place], "pupils")
        assert len(near) <= 120
        assert report.mentions[place] in near
