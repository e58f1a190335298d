"""Which blocks share upright pages, and which lying ones."""

from __future__ import annotations

from junheng.reporting.report.blocks import Heading, PageBreak, Paragraph, Table, cell
from junheng.reporting.report.sections import sections

WIDE = Table("wide", (), (1,), ((cell("甲"),),), landscape=True)
UPRIGHT = Table("upright", (), (1,), ((cell("甲"),),))
HEADING, TEXT, NOTE = Heading(("题",)), Paragraph(("正文。",)), Paragraph(("小字。",), "note")


def test_a_report_without_wide_tables_is_one_section() -> None:
    assert sections([HEADING, TEXT, UPRIGHT, PageBreak(), TEXT]) == [
        (False, [HEADING, TEXT, UPRIGHT, PageBreak(), TEXT])
    ]


def test_wide_tables_in_a_row_share_pages_with_the_headings_above_and_the_small_print_below() -> None:
    assert sections([TEXT, HEADING, WIDE, HEADING, WIDE, NOTE, TEXT]) == [
        (False, [TEXT]),
        (True, [HEADING, WIDE, HEADING, WIDE, NOTE]),
        (False, [TEXT]),
    ]


def test_a_line_that_leads_from_a_heading_to_the_table_goes_with_it() -> None:
    assert sections([HEADING, TEXT, WIDE]) == [(True, [HEADING, TEXT, WIDE])]


def test_longer_text_stays_upright() -> None:
    long = Paragraph(("正文。" * 100,))
    assert sections([HEADING, long, WIDE]) == [(False, [HEADING, long]), (True, [WIDE])]
    assert sections([HEADING, TEXT, TEXT, WIDE]) == [(False, [HEADING, TEXT, TEXT]), (True, [WIDE])]


def test_breaks_at_the_ends_of_sections_are_left_out() -> None:
    assert sections([TEXT, PageBreak(), WIDE, PageBreak(), TEXT]) == [(False, [TEXT]), (True, [WIDE]), (False, [TEXT])]
    assert sections([PageBreak()]) == []


def test_a_heading_that_ends_a_page_stays_there() -> None:
    assert sections([HEADING, PageBreak(), WIDE]) == [(False, [HEADING]), (True, [WIDE])]


def test_a_line_between_the_title_and_a_wide_table_leaves_no_page_to_itself() -> None:
    assert sections([NOTE, WIDE]) == [(True, [NOTE, WIDE])]
    assert sections([TEXT, TEXT, WIDE])[0] == (False, [TEXT, TEXT])


def test_a_heading_that_wants_a_new_page_does_not_leave_the_first_of_its_section_empty() -> None:
    annex = Heading(("附件",), new_page=True)
    assert sections([TEXT, annex, WIDE]) == [(False, [TEXT]), (True, [Heading(("附件",)), WIDE])]
    assert sections([annex, TEXT]) == [(False, [annex, TEXT])]
