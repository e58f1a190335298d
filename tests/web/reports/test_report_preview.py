"""The preview: numbers of headings, footnotes in order, tables with spans, long ones cut and said to be."""

from __future__ import annotations

import pytest

from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import Chart, Contents, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Note, Quote
from junheng.reporting.report.serial import to_json
from junheng.web.reports.models import Report
from junheng.web.reports.preview import BLOCKS_SHOWN, ROWS_SHOWN, preview_of
from web.report_documents import made_report, model_of


@pytest.fixture
def page_of(cast, evaluation, as_user):
    """The page of a report that says these blocks."""
    report = made_report(cast.county, cast.officer, evaluation)

    def shown(*blocks, page="1"):
        model = model_of(*blocks)
        Report.objects.filter(pk=report.pk).update(content=to_json(model), checksum=model.checksum)
        return as_user(cast.officer).get(f"/reports/{report.code}/", {"page": page}).content.decode()

    return shown


def test_a_table_keeps_its_spans_shades_and_totals_and_figures_say_where_they_are_from(page_of):
    pupils = Figure("pupils/990101", 500, "人", about="在校生数", origin="学段情况表")
    table = Table(
        "sizes",
        ("规模",),
        (1, 2, 1),
        (
            heads("学段", "学校", "在校生（人）"),
            (cell("小学", rows=2, label=True), cell(Quote("东镇<一小>")), cell(pupils)),
            (cell("县直小学"), cell("未达标", outcome=Outcome.UNMET)),
            (cell("合计", columns=2), cell(pupils)),
        ),
        unit="人",
        total=1,
    )
    page = page_of(table)
    assert '<td class="centre is-label" rowspan="2">小学</td>' in page
    assert "东镇&lt;一小&gt;" in page
    assert '<td class="shade-unmet">未达标</td>' in page
    assert '<tr class="is-total"><td class="" colspan="2">合计</td>' in page
    assert 'title="在校生数\n来自：学段情况表\n编号：pupils/990101">500</span>' in page  # the head has the unit
    assert "单位：人" in page


def test_headings_are_numbered_and_footnotes_stand_in_reading_order(page_of):
    noted = [Paragraph(("甲", Note(("注一",)))), Paragraph(("乙", Note(("注二",))))]
    page = page_of(
        Contents(), Heading(("基本情况",)), Heading(("学校",), level=2), *noted, Heading(("附件",), numbered=False)
    )
    assert ">一、基本情况</h2>" in page
    assert ">（一）学校</h3>" in page
    assert ">附件</h2>" in page
    assert '<li id="note2" value="2">注二' in page


def test_a_chart_is_drawn_by_the_page(page_of):
    assert '{"mark": "bar"}' in page_of(Chart("cv", ("各指标差异系数",), {"mark": "bar"}, "说明"))


def test_a_long_table_is_cut_and_says_so_and_its_footnotes_count_on():
    rows = [(cell("小学", rows=ROWS_SHOWN + 50), cell("甲", Note(("一",))))]
    rows += [(cell("乙", Note(("二",))),) for _ in range(ROWS_SHOWN + 49)]
    table = Table("all", ("各校",), (1, 1), (heads("学段", "学校"), *rows), note=("注", Note(("末",))))
    shown = preview_of(model_of(table))
    drawn = shown.page[0].table
    assert (len(drawn.body), drawn.left_out, drawn.body[0][0].rows) == (ROWS_SHOWN, 50, ROWS_SHOWN)
    assert shown.left_out == 50
    assert shown.notes[-1][0] == ROWS_SHOWN + 51, "as in the files"


def test_a_long_report_comes_in_pages_with_contents_that_lead_to_each():
    chapters = [Heading((word,)) for word in "甲乙丙"]
    blocks = [block for chapter in chapters for block in (chapter, *[Paragraph(("段落",))] * BLOCKS_SHOWN)]
    shown = preview_of(model_of(*blocks), "2")
    assert shown.page.paginator.num_pages == 3
    assert [entry.address for entry in shown.contents][:2] == ["?page=1#h0", f"#h{BLOCKS_SHOWN + 1}"]
    assert preview_of(model_of(*blocks), "nonsense").page.number == 1
