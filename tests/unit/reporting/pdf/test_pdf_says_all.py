"""What a report says is in its PDF: every figure, in order, and every word as it was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pdf_pages import about, all_words, close_up, faces, outline, pages
from sample_report import chart, count, letter, report_of, sample_form, sample_report, table_of_figures

from junheng.reporting.pdf import write_pdf
from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Name, Note, Quote, Text

HOSTILE = "#import \"x\" ] [ $x$ \\ * _a_ `r` <l> @ref // c /* d */ {a} = - + ~ -- ... #panic() 's' https://a.b/c ; %"
RARE = "李镕基 王堃 赵喆 孙垚 䶮 㐂 𠮷"


def printed(blocks: Iterable[Block]) -> Iterator[str]:
    """Every figure as it must stand in the text, in reading order; those of footnotes stand elsewhere."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from _figures(block.text)
            case Table():
                yield from _figures(block.caption)
                for row in block.rows:
                    for item in row:
                        shown = (run for run in item.text if isinstance(run, Figure))
                        yield from (figure.number if item.bare else figure.text for figure in shown)
                yield from _figures(block.note)
            case Chart():
                yield from _figures(block.caption)


def _figures(text: Text) -> Iterator[str]:
    return (run.text for run in text if isinstance(run, Figure))


def in_order(wanted: Iterable[str], words: str) -> list[str]:
    """Those that are not found after the one before."""
    lost, at = [], 0
    for item in wanted:
        found = words.find(close_up(item), at)
        if found < 0:
            lost.append(item)
        else:
            at = found + len(close_up(item))
    return lost


@pytest.mark.parametrize("report", [sample_report(40), sample_form()], ids=["letter", "form"])
def test_every_figure_is_printed_in_its_order(report, tmp_path: Path) -> None:
    write_pdf(report, tmp_path / "报告.pdf")
    assert in_order(printed(report.blocks), all_words(tmp_path / "报告.pdf")) == []


def test_what_looks_like_a_command_is_printed_as_it_is(tmp_path: Path) -> None:
    hostile = (Quote(HOSTILE), Note((Quote(HOSTILE),)))
    table = Table(
        "t", hostile, (1, 1), (heads(HOSTILE, "b"), (cell(Quote(HOSTILE)), cell(*hostile))), note=hostile, unit=HOSTILE
    )
    blocks = (
        Heading(hostile),
        *(Paragraph(hostile, kind) for kind in ("body", "address", "note", "centre", "signature")),
    )
    report = report_of(*blocks, table, Chart("c", hostile, chart().spec, says=HOSTILE))
    write_pdf(report, tmp_path / "a.pdf")
    said = 2 * len(blocks) + 9  # once and in a footnote each; the table: caption, head, unit, two cells, note
    assert all_words(tmp_path / "a.pdf").count(close_up(HOSTILE)) >= said
    assert outline(tmp_path / "a.pdf")[0][1] == "一、" + close_up(HOSTILE)


def test_rare_characters_of_names_are_printed_from_embedded_faces(tmp_path: Path) -> None:
    report = report_of(Heading((Name(RARE, "person"),)), Paragraph((Name(RARE, "person"),)))
    made = write_pdf(report, tmp_path / "a.pdf")
    assert made.missing == ""
    assert made.archival  # a box in the place of a character would break PDF/A
    assert all_words(tmp_path / "a.pdf").count(close_up(RARE)) == 2
    assert all(faces(tmp_path / "a.pdf").values())


def test_a_character_that_no_face_has_is_said(tmp_path: Path) -> None:
    made = write_pdf(report_of(Paragraph((Name("王\ue123\u0378", "person"),))), tmp_path / "a.pdf")
    assert made.missing == "\u0378\ue123"
    assert not made.archival
    assert [notice.code for notice in made.notices()] == ["JH-R031"]


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    made = write_pdf(report_of(Paragraph((Quote("甲\x00乙\x1b丙\n丁"),))), tmp_path / "a.pdf")
    assert "甲乙丙丁" in all_words(tmp_path / "a.pdf")
    assert made.missing == ""


def test_a_long_code_is_broken_before_the_margin_and_copied_whole(tmp_path: Path) -> None:
    code = "0123456789abcdef" * 8
    write_pdf(report_of(Paragraph((Quote(code),))), tmp_path / "a.pdf")
    assert code in all_words(tmp_path / "a.pdf")
    assert max(len(line) for line in pages(tmp_path / "a.pdf")[0].splitlines()) < 70


def test_the_words_of_a_chart_are_words(tmp_path: Path) -> None:
    write_pdf(report_of(chart()), tmp_path / "a.pdf")
    assert set("甲乙丙") <= set(all_words(tmp_path / "a.pdf"))


def test_the_file_says_what_it_is_and_who_signs_it(tmp_path: Path) -> None:
    write_pdf(sample_report(3), tmp_path / "a.pdf")
    said = about(tmp_path / "a.pdf")
    assert said["Title"] == "青禾县县域义务教育优质均衡发展自查自评报告"
    assert said["Author"] == "青禾县人民政府教育督导委员会办公室"


def test_it_ends_with_what_it_was_made_from(tmp_path: Path) -> None:
    report = sample_report(3)
    write_pdf(report, tmp_path / "a.pdf")
    last = close_up(pages(tmp_path / "a.pdf")[-1])
    assert report.provenance.snapshot in last
    assert report.checksum in last


def test_nothing_of_a_cell_taller_than_a_page_is_lost(tmp_path: Path) -> None:
    words = "".join(chr(0x4E00 + at) for at in range(5000))
    table = Table("t", (), (1, 3), (heads("学校", "情况"), (cell("甲校"), cell(Quote(words)))))
    made = write_pdf(report_of(table), tmp_path / "a.pdf")
    assert made.pages > 2
    assert in_order(words, all_words(tmp_path / "a.pdf")) == []


def test_nothing_of_rows_under_one_label_is_lost_over_pages(tmp_path: Path) -> None:
    rows = [(cell(count(f"r{at}", 1000 + at)),) for at in range(90)]
    rows[0] = (cell("类", label=True, rows=90), *rows[0])
    write_pdf(report_of(Table("t", (), (1, 3), (heads("类别", "数"), *rows))), tmp_path / "a.pdf")
    assert in_order((str(1000 + at) for at in range(90)), all_words(tmp_path / "a.pdf")) == []


@pytest.mark.slow
def test_five_thousand_schools_are_printed_to_the_last(tmp_path: Path) -> None:
    report = report_of(table_of_figures(5000))
    made = write_pdf(report, tmp_path / "a.pdf")
    assert made.archival
    assert in_order(printed(report.blocks), all_words(tmp_path / "a.pdf")) == []


def test_the_sample_is_complete() -> None:
    """The tests above speak of every kind of block."""
    assert {type(block).__name__ for block in letter(1)} == {
        "Heading", "Paragraph", "Table", "Chart", "Contents", "PageBreak"
    }  # fmt: skip
