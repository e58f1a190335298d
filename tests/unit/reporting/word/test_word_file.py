"""A Word file is one that Word opens: parts related, elements in their order, everything said once and readable."""

from __future__ import annotations

import docx
import pypdfium2
import pytest
from sample_report import OFFICE, PROVENANCE, count, report_of, sample_form, sample_report, table_of_figures
from word_files import W, out_of_order, paragraphs, parts, root, through_office, words

from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table
from junheng.reporting.report.runs import Note, Quote, words_of
from junheng.reporting.word.write import write_word


@pytest.fixture(scope="module")
def letter(tmp_path_factory):
    path = tmp_path_factory.mktemp("word") / "letter.docx"
    write_word(sample_report(30), path)
    return path


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    path = tmp_path_factory.mktemp("word") / "form.docx"
    write_word(sample_form(), path)
    return path


def said(blocks: tuple[Block, ...]) -> list[str]:
    """Every line of a report that stands in a paragraph of its own."""
    lines = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                lines.append(words_of(block.text))
            case Table() | Chart():
                lines.append(words_of(block.caption))
    return lines


@pytest.mark.parametrize("which", ["letter", "form"])
def test_elements_stand_in_the_order_of_the_schema(which, request):
    path = request.getfixturevalue(which)
    for name in parts(path):
        if name.startswith("word/") and name.endswith(".xml"):
            assert not list(out_of_order(root(path, name))), name


@pytest.mark.parametrize("which", ["letter", "form"])
def test_no_id_is_given_twice(which, request):
    path = request.getfixturevalue(which)
    for kind in ("bookmarkStart", "footnote"):
        for name in ("word/document.xml", "word/footnotes.xml"):
            ids = [node.get(f"{W}id") for node in root(path, name).iter(f"{W}{kind}")]
            assert len(ids) == len(set(ids))
    controls = [node.get(f"{W}val") for node in root(path).iterfind(f".//{W}sdtPr/{W}id")]
    assert len(controls) == len(set(controls))
    assert len(controls) > 20


def test_every_style_that_is_used_is_defined(letter, form):
    for path in (letter, form):
        defined = {style.get(f"{W}styleId") for style in root(path, "word/styles.xml").iter(f"{W}style")}
        for name in ("word/document.xml", "word/footnotes.xml", "word/footer_odd.xml", "word/numbering.xml"):
            tags = {f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"}
            used = {node.get(f"{W}val") for node in root(path, name).iter(*tags)}
            assert used <= defined


def test_all_that_the_report_says_is_read_back_by_another_program(letter):
    opened = docx.Document(str(letter))
    lines = [paragraph.text for paragraph in opened.paragraphs]
    # python-docx leaves out what stands in content controls: so words of ours, with the figures put back.
    full = [words(paragraph._p) for paragraph in opened.paragraphs]
    for line in said(sample_report(30).blocks):
        assert line in full
    assert len(opened.tables) == 3
    assert [cell.text for cell in opened.tables[1].rows[0].cells][:3] == ["学校", "教师", "骨干"]
    assert OFFICE.text in lines
    assert opened.core_properties.author == "Junheng"
    assert opened.core_properties.title == "青禾县县域义务教育优质均衡发展自查自评报告"
    assert opened.core_properties.language == "zh-CN"


def test_footnotes_stand_where_the_line_has_them(letter):
    references = [node.get(f"{W}id") for node in root(letter).iter(f"{W}footnoteReference")]
    notes = {note.get(f"{W}id"): words(note).strip() for note in root(letter, "word/footnotes.xml")}
    assert references == ["1", "2"]
    assert notes["1"] == "数据为2026学年初报表；学校数128所含教学点。"
    assert notes["2"] == "小学的上限为0.50。"


def test_a_footnote_in_a_footnote_follows_in_brackets(tmp_path):
    text = ("正文", Note(("注", Note(("再注",)), "完")))
    write_word(report_of(Paragraph(text)), tmp_path / "a.docx")
    notes = root(tmp_path / "a.docx", "word/footnotes.xml")
    assert words(notes[-1]).strip() == "注（再注）完"


def test_the_small_print_says_what_the_report_was_made_from(letter):
    small = "".join(text for style, text in paragraphs(letter) if style == "SmallPrint")
    assert PROVENANCE.snapshot in small
    assert PROVENANCE.standard_label in small
    assert "其中3条规则没有见到原文" in small
    assert "2026年11月21日" in small
    assert sample_report(30).checksum in small


def test_words_that_no_xml_can_hold_do_not_stop_the_report(tmp_path):
    figure = count("a", 3, "人", about="a\x07" * 80)
    write_word(report_of(Paragraph((Quote("甲\x00乙\x1f\n丙\ufffe"), figure))), tmp_path / "a.docx")
    body = root(tmp_path / "a.docx").find(f"{W}body")
    assert words(body[1]) == "甲乙丙3人"
    assert len(list(body[1].iter(f"{W}br"))) == 1
    assert len(next(body.iter(f"{W}alias")).get(f"{W}val")) == 64


def test_two_files_of_one_report_have_the_same_parts(tmp_path):
    for name in ("a.docx", "b.docx"):
        write_word(sample_report(5), tmp_path / name)
    first, second = parts(tmp_path / "a.docx"), parts(tmp_path / "b.docx")
    assert list(first) == list(second)
    assert {name for name in first if first[name] != second[name]} <= {"docProps/core.xml"}  # says when


def test_a_picture_says_what_it_shows(letter):
    picture = next(root(letter).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"))
    assert picture.get("descr") == "乙乡镇最多，丙乡镇最少。"
    assert any(name.startswith("word/media/") for name in parts(letter))


@pytest.mark.slow
def test_libreoffice_opens_the_letter_and_says_all_of_it(letter, tmp_path):
    pdf = pypdfium2.PdfDocument(through_office(letter, "pdf", tmp_path))
    pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in pdf]
    text = "".join(pages)
    for line in said(sample_report(30).blocks):
        assert "".join(line.split())[:20] in text  # a longer one may go on below footnotes of its page
    # Upright pages, lying ones for the wide tables, then upright again; the number of the page on each.
    lying = [page.get_width() > page.get_height() for page in pdf]
    assert lying == sorted(lying[: lying.index(True) + 1]) + lying[lying.index(True) + 1 :]
    assert lying[0] is lying[-1] is False
    assert all(f"—{number}—" in page for number, page in enumerate(pages, start=1))
    assert "一、资源配置" in text
    assert "（二）办学条件" in text
    assert "1.校舍" in text
    assert "（1）专用教室" in text
    assert len(pages[-1]) > 20
    for lines in pages:
        assert "学校教师骨干" in lines or "第30小学" not in lines  # heads on the last page of the table too


@pytest.mark.slow
def test_libreoffice_gives_each_table_of_a_form_a_page(form, tmp_path):
    pdf = pypdfium2.PdfDocument(through_office(form, "pdf", tmp_path))
    assert len(pdf) == 3
    assert ["各校资源配置情况" in page.get_textpage().get_text_bounded() for page in pdf] == [True] * 3


@pytest.mark.slow
def test_a_page_has_twenty_two_lines_of_twenty_eight_characters(tmp_path):
    write_word(report_of(Paragraph((Quote("县" * 28 * 60),))), tmp_path / "a.docx")
    pdf = pypdfium2.PdfDocument(through_office(tmp_path / "a.docx", "pdf", tmp_path))
    lines = [line for line in pdf[1].get_textpage().get_text_bounded().splitlines() if "县" in line]
    assert len(lines) == 22
    assert {len(line.strip()) for line in lines} == {28}


def test_a_table_of_thousands_of_cells_is_written_cell_by_cell(tmp_path):
    write_word(report_of(table_of_figures(200)), tmp_path / "a.docx")
    assert len(list(root(tmp_path / "a.docx").iter(f"{W}tc"))) == 202 * 12
