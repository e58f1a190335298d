"""The lines of a PDF are put together to the paragraphs that its writer wrote, and ruled tables to cells."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from junheng.documents.document import Kind
from junheng.documents.pdf import read_pdf
from junheng.documents.pdf_page import Rule
from junheng.documents.pdf_tables import grids
from unit.documents.written_files import pdf, table_of, words_of

LONG = (
    "截至2025年9月，全县现有小学42所、初中18所，在校学生23456人，专任教师1820人，师生比为1:12.9，"
    "生均教学及辅助用房面积4.62平方米，比上年增加14,849平方米，增长15.3%。"
)
INDENTED = "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"


@pytest.mark.parametrize("setting", [INDENTED, "#set par(spacing: 2em, justify: true)\n", "#set par(spacing: 2em)\n"])
def test_wrapped_lines_are_one_paragraph(setting):
    paragraphs = [LONG, f"一是{LONG}", "二是经费到位。", LONG]
    read = read_pdf("a.pdf", pdf(setting + "\n\n".join(paragraphs)))
    assert [words.replace(" ", "") for words in words_of(read)] == paragraphs


def test_a_paragraph_goes_on_over_the_page():
    paragraphs = [LONG * 7, LONG * 7]
    read = read_pdf(
        "a.pdf",
        pdf(
            '#set page(height: 15cm, numbering: "— 1 —", header: [青禾县自查报告])\n'
            + INDENTED
            + "\n\n".join(paragraphs)
        ),
    )
    assert [words.replace(" ", "") for words in words_of(read)] == paragraphs
    assert read.pieces[0].place == "第1页"
    assert read.pieces[1].place != "第1页"


def test_larger_type_makes_title_and_headings():
    read = read_pdf(
        "a.pdf", pdf(f"#align(center, text(size: 22pt)[青禾县自查报告])\n\n#text(size: 19pt)[基本情况]\n\n{LONG}")
    )
    assert [(piece.kind, piece.level) for piece in read.pieces] == [(Kind.TITLE, 0), (Kind.HEADING, 2), (Kind.BODY, 0)]


def test_a_ruled_table_is_cells_and_a_wrapped_cell_is_one_line():
    table = """#table(columns: (3cm, 2.5cm, 3cm),
      table.cell(rowspan: 2)[学校], table.cell(colspan: 2)[在校生数],
      [小学], [初中], [青禾县第一中心小学校], [120], [0], [第二小学], [80 \\ 90], [])"""
    read = read_pdf("a.pdf", pdf(f"前文。\n\n{table}\n\n后文。"))
    assert words_of(read)[0] == "前文。"
    assert words_of(read)[-1] == "后文。"
    assert table_of(read) == {
        (1, 0, 0, 2, 1): "学校", (1, 0, 1, 1, 2): "在校生数", (1, 1, 1, 1, 1): "小学", (1, 1, 2, 1, 1): "初中",
        (1, 2, 0, 1, 1): "青禾县第一中心小学校", (1, 2, 1, 1, 1): "120", (1, 2, 2, 1, 1): "0",
        (1, 3, 0, 1, 1): "第二小学", (1, 3, 1, 1, 1): "80\n90",
    }  # fmt: skip
    assert {piece.place for piece in read.pieces} == {"第1页"}


def test_a_table_that_goes_on_overleaf_is_one_with_its_head_once():
    rows = "".join(f"[第{number}小学], [{number}]," for number in range(30))
    read = read_pdf(
        "a.pdf", pdf(f"#set page(height: 15cm)\n#table(columns: (4cm, 3cm), table.header([学校], [人数]), {rows})")
    )
    cells = table_of(read)
    assert list(cells.values())[:4] == ["学校", "人数", "第0小学", "0"]
    assert len(cells) == 62
    assert cells[1, 30, 1, 1, 1] == "29"
    assert read.pieces[-1].place != "第1页"


def test_a_table_that_is_open_at_its_sides_and_drawn_cell_by_cell_is_one():
    level = [Rule(y, x, x + 50) for y in (100, 80, 60) for x in (0, 50)] * 2
    upright = [Rule(50, y, y + 20) for y in (60, 80)]
    (grid,) = grids(level, upright)
    assert len(grid.areas) == 4
    assert grid.area_at(75, 90) == 1
    assert grid.area_at(75, 70) == 3
    assert grid.area_at(120, 70) is None


def test_a_frame_around_text_and_lines_under_it_are_no_table():
    assert grids([Rule(0, 0, 500), Rule(700, 0, 500)], [Rule(0, 0, 700), Rule(500, 0, 700)]) == []
    assert grids([Rule(y, 0, 500) for y in range(0, 700, 20)], []) == []


def test_a_watermark_aslant_is_not_read():
    mark = "#set page(background: rotate(45deg, text(60pt, fill: gray)[内部资料]))\n"
    assert words_of(read_pdf("a.pdf", pdf(mark + LONG))) == [LONG]


def test_a_page_that_lies_on_its_side_is_read_as_it_is_shown():
    document = pypdfium2.PdfDocument(
        pdf("#rotate(-90deg, reflow: true)[#table(columns: 2, [小学], [12], [初中], [8])]")
    )
    document[0].set_rotation(90)
    file = io.BytesIO()
    document.save(file)
    document.close()
    assert list(table_of(read_pdf("a.pdf", file.getvalue())).values()) == ["小学", "12", "初中", "8"]


def test_the_list_of_contents_is_left_out_of_a_pdf():
    read = read_pdf("a.pdf", pdf(f'#set heading(numbering: "1")\n#outline(title: [目录])\n= 概况\n{LONG}'))
    assert [words.replace(" ", "") for words in words_of(read)] == ["1概况", LONG]
