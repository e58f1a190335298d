"""A report is a folder: a new one, or a province's variant of one of ours, is found and made without any list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import junheng
from junheng import workflow
from junheng.base.errors import JunhengError
from junheng.reporting.facts.facts import Writer
from junheng.reporting.library import list_reports, load_report
from junheng.reporting.report.blocks import Contents, Heading, Paragraph
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import words_of
from junheng.reporting.texts import TextsFileError, read_texts
from junheng.verdict.judgement import Judgement

COUNTY = Path(__file__).parents[3] / "examples/county.xlsx"
HEAD = """
title: "{county}{year}年自评简报"
label: {zh: 自评简报, en: Short self-assessment}
about: {zh: 只有两章。, en: Two chapters.}
audience: {zh: 县教育局, en: the county office}
"""


@pytest.fixture(scope="module")
def judgement() -> Judgement:
    return junheng.judge(COUNTY, on="2025-12-31")


def folder(place: Path, yaml: str, build: str | None = None) -> Path:
    (place / "report.yaml").write_text(HEAD + yaml, encoding="utf-8")
    if build is not None:
        (place / "build.py").write_text(build, encoding="utf-8")
    return place


def headings(report: Report) -> list[str]:
    return [words_of(block.text) for block in report.blocks if isinstance(block, Heading)]


def paragraphs(report: Report) -> list[str]:
    return [words_of(block.text) for block in report.blocks if isinstance(block, Paragraph)]


def test_every_folder_of_ours_is_listed_with_a_title_in_both_languages() -> None:
    makers = list_reports()
    ours = {file.parent.name for file in Path(junheng.__file__).parent.glob("reporting/reports/*/report.yaml")}
    assert {maker.id for maker in makers} == ours
    assert all(maker.label.zh and maker.label.en for maker in makers)


def test_a_variant_takes_chapters_of_ours_in_its_own_order_and_adds_its_own_words(
    tmp_path: Path, judgement: Judgement
) -> None:
    variant = folder(
        tmp_path,
        """
extends: self_assessment
chapters:
  - {heading: 说明, text: "按我省2025年的要求编写。"}
  - {chapter: basics, heading: 学校概况}
""",
    )
    report = workflow.report_on(judgement, variant)
    assert words_of(report.title) == "示例县（合成数据）2025年自评简报"
    assert headings(report) == ["说明", "学校概况"]
    assert paragraphs(report)[0] == "按我省2025年的要求编写。"


def test_a_new_report_is_a_folder_with_its_own_code(tmp_path: Path, judgement: Judgement) -> None:
    code = """
from junheng.reporting.report.blocks import Paragraph
from junheng.reporting.report.runs import say


def size(facts):
    yield Paragraph(say("全县学校{count}。", count=facts.now.filed.schools()))


def nothing(facts):
    return ()


CHAPTERS = {"size": size, "nothing": nothing}
"""
    made = folder(
        tmp_path, "chapters: [{chapter: size, heading: 规模}, {chapter: nothing, heading: 空}]\ncontents: true\n", code
    )
    report = workflow.report_on(judgement, made)
    assert headings(report) == ["规模"]
    assert isinstance(report.blocks[0], Contents)
    filed = judgement.dataset["school_year"].filter(pl.col("school_year") == 2025)["school_code"].to_list()
    counted = pl.col("counted").fill_null(True) & pl.col("school_code").is_in(filed)
    assert paragraphs(report) == [f"全县学校{judgement.dataset['school'].filter(counted).height}所。"]


def test_a_chapter_of_another_report_can_stand_in_it(tmp_path: Path, judgement: Judgement) -> None:
    made = folder(tmp_path, "chapters: [{chapter: self_assessment.basics, heading: 概况}]")
    assert headings(workflow.report_on(judgement, made)) == ["概况"]


@pytest.mark.parametrize(
    ("yaml", "build", "code", "says"),
    [
        ("chapters: [{chapter: nowhere}]", "CHAPTERS = {}", "JH-R011", "nowhere"),
        ("chapters: [{chapter: a", None, "JH-R011", "YAML"),
        ("chapters: []\nsize: 3", None, "JH-R011", "size"),
        ("chapters: [{chapter: a}]", "raise RuntimeError('坏了')", "JH-R011", "坏了"),
        ("chapters: [{chapter: a}]", "A = 1", "JH-R011", "CHAPTERS"),
        ("chapters: [{chapter: a}]", "CHAPTERS = {'a': lambda facts: ()}", "JH-R014", "没有任何内容"),
        ("standards: [CN/jiben_2012]\nchapters: [{chapter: self_assessment.basics}]", None, "JH-R013", "jiben_2012"),
        ("needs: {earlier: 9}\nchapters: [{chapter: self_assessment.basics}]", None, "JH-R012", "9"),
        ("needs: {plan: zoning}\nchapters: [{chapter: self_assessment.basics}]", None, "JH-R012", "划片"),
        ("scope: school\nchapters: [{chapter: self_assessment.basics}]", None, "JH-R012", "--school"),
    ],
)
def test_a_report_that_cannot_be_made_says_what_is_wrong(
    tmp_path: Path, judgement: Judgement, yaml: str, build: str | None, code: str, says: str
) -> None:
    made = folder(tmp_path, yaml, build)
    with pytest.raises(JunhengError, match=code) as refused:
        workflow.report_on(judgement, made)
    assert says in str(refused.value)


def test_an_unknown_report_is_refused_with_those_there_are() -> None:
    with pytest.raises(JunhengError, match="self_assessment"):
        load_report("nothing_of_the_kind")


def test_a_county_that_the_data_do_not_have_is_refused_with_those_they_have(judgement: Judgement) -> None:
    with pytest.raises(JunhengError, match="示例县"):
        workflow.report_on(judgement, "self_assessment", county="000000")


def test_a_school_is_found_by_its_name_and_refused_where_there_is_none(judgement: Judgement) -> None:
    with pytest.raises(JunhengError, match="JH-R015"):
        workflow.report_on(judgement, "self_assessment", school="没有这所学校")


def test_the_writer_signs_addresses_and_adds_to_a_chapter(judgement: Judgement) -> None:
    writer = Writer(
        "示例县人民政府", "市政府教育督导室", "示政〔2025〕8号", date(2025, 12, 1), {"basics": "第一段。\n\n第二段。"}
    )
    report = workflow.report_on(judgement, "self_assessment", writer=writer)
    said = paragraphs(report)
    assert said[0] == "市政府教育督导室："
    assert said.index("示例县人民政府") + 1 == said.index("2025年12月1日")
    assert said.index("第一段。") + 1 == said.index("第二段。")
    assert words_of(report.subtitle) == "示政〔2025〕8号"


def test_the_writers_words_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "自己的话.yaml"
    file.write_text("落款: 某县\n成文日期: 2025-12-01\n各章: {basics: 我县多山。}\n", encoding="utf-8")
    assert read_texts(file) == Writer("某县", written_on=date(2025, 12, 1), texts={"basics": "我县多山。"})


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"a: [", "YAML"), (b"\xff\xfe\x00", "UTF-8"), ("落宽: 某县".encode(), "落宽"), (b"- 1", "全文")],
)
def test_a_file_of_words_that_does_not_read_says_where(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "自己的话.yaml"
    file.write_bytes(content)
    with pytest.raises(TextsFileError, match=says):
        read_texts(file)


def test_two_reports_on_the_same_data_have_the_same_checksum_and_other_data_another(judgement: Judgement) -> None:
    first, again = (workflow.report_on(judgement, "self_assessment") for _ in range(2))
    assert first.checksum == again.checksum
    assert first.checksum != workflow.report_on(judgement, "self_assessment", writer=Writer("某县")).checksum


def test_earlier_years_of_the_same_data_are_judged_by_the_rules_of_their_time(judgement: Judgement) -> None:
    earlier = workflow.earlier_years(judgement)
    assert [old.year for old in earlier] == [2024, 2023]
    assert [old.day.year for old in earlier] == [2024, 2023]
