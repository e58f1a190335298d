"""How the pages of a PDF look: size, lines, heads, numbers, what is kept together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from pdf_pages import A4, all_words, close_up, lines, opened, outline, pages, sizes
from sample_report import chart, indicators, report_of, sample_form, sample_report, table_of_figures

from junheng.reporting.pdf import heading_pages, write_pdf
from junheng.reporting.pdf.errors import PdfNotWrittenError
from junheng.reporting.report.blocks import Cell, Contents, Heading, PageBreak, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Name, Note, Quote

FILLING = Paragraph(("正文一行接着一行，" * 8,))


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "报告.pdf"
    write_pdf(sample_report(60), path)
    return path


def test_pages_are_a4_and_wide_tables_lie(letter: Path) -> None:
    found = [(round(width), round(height)) for width, height in sizes(letter)]
    upright = (round(A4[0]), round(A4[1]))
    assert set(found) == {upright, upright[::-1]}
    assert found[0] == found[-1] == upright


def test_wide_tables_that_follow_each_other_share_lying_pages(tmp_path: Path) -> None:
    write_pdf(report_of(*(table_of_figures(3, key=f"t{at}") for at in range(2))), tmp_path / "a.pdf")
    assert close_up(pages(tmp_path / "a.pdf")[0]).count("各校资源配置情况") == 2
    assert sizes(tmp_path / "a.pdf")[0][0] > sizes(tmp_path / "a.pdf")[0][1]


def test_a_full_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    write_pdf(report_of(Paragraph(("均" * 28 * 60,))), tmp_path / "a.pdf")
    full = [line for line in lines(pages(tmp_path / "a.pdf")[1]) if set(line) == {"均"}]
    assert [len(line) for line in full] == [28] * 22


def test_the_number_of_a_page_stands_on_its_outer_side(letter: Path) -> None:
    places = []
    with opened(letter) as document:
        for number in (1, 2):
            page = document[number - 1].get_textpage()
            said = f"— {number} —"
            assert close_up(said) in close_up(page.get_text_range())
            at = page.get_text_range().replace("\r\n", "\n").rindex("—")
            places.append(page.get_charbox(page.count_chars() - 1)[0] if at else 0)
    assert places[0] > A4[0] / 2 > places[1]


def test_the_head_of_a_long_table_stands_on_each_of_its_pages(tmp_path: Path) -> None:
    write_pdf(report_of(table_of_figures(120)), tmp_path / "a.pdf")
    found = [close_up(page) for page in pages(tmp_path / "a.pdf")]
    of_table = [page for page in found if "小学" in page]
    assert len(of_table) > 3
    assert all("学校教师骨干教室" in page for page in of_table)


def test_bookmarks_are_the_headings_with_their_numbers(letter: Path) -> None:
    assert [(level, words) for level, words, _ in outline(letter)] == [
        (1, "一、资源配置"),
        (2, "（一）校际差异系数"),
        (2, "（二）办学条件"),
        (3, "1.校舍"),
        (4, "（1）专用教室"),
        (1, "二、各校情况"),
        (1, "三、政府保障"),
        (1, "附件整改台账"),
    ]


def test_pages_of_headings_are_those_of_the_file(tmp_path: Path) -> None:
    report = sample_report(60)
    made = write_pdf(report, tmp_path / "a.pdf")
    assert list(made.heading_pages.values()) == [page for _, _, page in outline(tmp_path / "a.pdf")]
    assert heading_pages(report) == made.heading_pages
    assert made.pages == len(sizes(tmp_path / "a.pdf"))


def test_the_contents_name_the_page_of_each_heading(tmp_path: Path) -> None:
    report = report_of(
        Contents(depth=1),
        Heading(("甲",), new_page=True),
        Heading(("不列",), 2),
        Heading(("乙", Note(("脚注",))), new_page=True),
    )
    write_pdf(report, tmp_path / "a.pdf")
    first = [line.replace(".", "") for line in lines(pages(tmp_path / "a.pdf")[0])]
    assert "一、甲2" in first
    assert "二、乙3" in first
    assert not any("不列" in line or "脚注" in line for line in first)


def test_numbers_begin_anew_below_each_heading_numbered_or_not(tmp_path: Path) -> None:
    made = [
        (1, True),
        (2, True),
        (2, True),
        (1, True),
        (2, True),
        (1, False),
        (2, True),
        (3, True),
        (4, True),
        (4, True),
    ]
    report = report_of(*(Heading(("题",), level, numbered) for level, numbered in made))
    write_pdf(report, tmp_path / "a.pdf")
    assert [words for _, words, _ in outline(tmp_path / "a.pdf")] == [
        "一、题", "（一）题", "（二）题", "二、题", "（一）题", "题", "（一）题", "1.题", "（1）题", "（2）题"
    ]  # fmt: skip


@pytest.mark.parametrize("before", range(6, 13))
def test_a_heading_is_on_the_page_of_what_follows_and_a_caption_on_that_of_its_table(
    before: int, tmp_path: Path
) -> None:
    report = report_of(*[FILLING] * before, Heading(("最后一题",)), indicators(), chart())
    write_pdf(report, tmp_path / "a.pdf")
    found = [close_up(page) for page in pages(tmp_path / "a.pdf")]
    with_heading = next(page for page in found if "最后一题" in page)
    assert "校际差异系数" in with_heading
    assert "资源配置" in with_heading  # a row of the table
    with_chart = next(page for page in found if "各乡镇达标学校数" in page)
    assert "甲" in with_chart


@pytest.mark.parametrize("before", range(4, 14))
def test_the_note_of_a_table_is_on_the_page_of_its_last_row(before: int, tmp_path: Path) -> None:
    rows = [(cell(Quote(f"第{at}校。")), cell("说明" * 30)) for at in range(9)]
    table = Table("t", (), (1, 2), (heads("学校", "说明"), *rows), note=("表下的注。",))
    write_pdf(report_of(*[FILLING] * before, table), tmp_path / "a.pdf")
    noted = next(page for page in map(close_up, pages(tmp_path / "a.pdf")) if "表下的注。" in page)
    assert "第8校。" in noted


@pytest.mark.parametrize("rows", [(), ((cell("甲"), cell("很长的说明。" * 900)),)], ids=["no rows", "a tall row"])
def test_a_note_that_no_row_can_hold_stands_below(rows: tuple[tuple[Cell, ...], ...], tmp_path: Path) -> None:
    table = Table("t", (), (1, 2), (heads("学校", "说明"), *rows), note=("表下的注。",))
    write_pdf(report_of(table), tmp_path / "a.pdf")
    assert all_words(tmp_path / "a.pdf").count("很长的说明。") == 900 * len(rows)
    assert "表下的注。" in all_words(tmp_path / "a.pdf")


def test_a_row_is_not_broken_over_pages(tmp_path: Path) -> None:
    rows = [(cell(Quote(f"第{at}校")), cell(Quote(f"始{at}" + "很长的说明" * 20 + f"终{at}。"))) for at in range(60)]
    write_pdf(report_of(Table("t", (), (1, 2), (heads("学校", "说明"), *rows))), tmp_path / "a.pdf")
    for page in map(close_up, pages(tmp_path / "a.pdf")):
        assert [at for at in range(60) if (f"始{at}很" in page) != (f"明终{at}。" in page)] == []


@pytest.mark.parametrize("before", range(8, 13))
def test_a_signature_does_not_stand_alone(before: int, tmp_path: Path) -> None:
    signature = (
        Paragraph((Name("某县教育局", "office"),), "signature"),
        Paragraph((Quote("2026年1月1日"),), "signature"),
    )
    write_pdf(report_of(*[FILLING] * before, Paragraph(("妥否，请批示。",)), *signature), tmp_path / "a.pdf")
    signed = next(page for page in map(close_up, pages(tmp_path / "a.pdf")) if "某县教育局" in page)
    assert "妥否，请批示。" in signed
    assert "2026年1月1日" in signed


def test_a_form_has_no_numbers_of_chapters_and_its_captions_on_every_page(tmp_path: Path) -> None:
    write_pdf(sample_form(), tmp_path / "a.pdf")
    assert [words for _, words, _ in outline(tmp_path / "a.pdf")] == ["附表"]
    report = replace(sample_form(), blocks=(table_of_figures(90, 5, landscape=False),))
    write_pdf(report, tmp_path / "b.pdf")
    of_table = [page for page in map(close_up, pages(tmp_path / "b.pdf")) if "小学" in page]
    assert len(of_table) > 2
    assert all("各校资源配置情况" in page for page in of_table)


def test_breaks_beside_lying_pages_leave_no_empty_one(tmp_path: Path) -> None:
    report = report_of(
        Paragraph(("前",)), PageBreak(), table_of_figures(3), PageBreak(), Heading(("后",), new_page=True)
    )
    assert write_pdf(report, tmp_path / "a.pdf").pages == 3


def test_blocks_that_say_nothing_are_drawn(tmp_path: Path) -> None:
    kinds: tuple[Literal["body", "address", "note", "centre", "signature"], ...]
    kinds = ("body", "address", "note", "centre", "signature")
    table = Table("t", (), (1, 1), ((cell(), cell("甲")),), head=0)
    report = report_of(Heading(()), *(Paragraph((), kind) for kind in kinds), table)
    assert write_pdf(replace(report, title=()), tmp_path / "a.pdf").pages == 1


def test_an_empty_report_is_a_page(tmp_path: Path) -> None:
    assert write_pdf(report_of(), tmp_path / "a.pdf").pages == 1
    assert "样例" in all_words(tmp_path / "a.pdf")


def test_a_place_that_takes_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(PdfNotWrittenError, match=r"JH-R033.*没有"):
        write_pdf(report_of(), tmp_path / "没有" / "a.pdf")


@pytest.mark.slow
def test_five_hundred_schools_have_a_page_each(tmp_path: Path) -> None:
    schools = [
        block
        for at in range(500)
        for block in (
            Heading((Name(f"第{at}小学", "school"),), numbered=False, new_page=True),
            table_of_figures(6, 6, f"s{at}", landscape=False),
        )
    ]
    made = write_pdf(report_of(*schools), tmp_path / "a.pdf")
    assert list(made.heading_pages.values()) == list(range(2, 502))
