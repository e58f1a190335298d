"""Tables keep their heads, rows and spans, and their words fit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sample_report import count, indicators, report_of, table_of_figures
from word_files import W, root, words

from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import Table, cell, heads
from junheng.reporting.report.runs import Name
from junheng.reporting.word.shades import shade
from junheng.reporting.word.write import write_word


def written(tmp_path, table: Table):
    write_word(report_of(table), tmp_path / "a.docx")
    return root(tmp_path / "a.docx").find(f".//{W}tbl")


def grid(table) -> list[list[str]]:
    """Words of each place: spans to the right and below say the same again."""
    rows: list[list[str]] = []
    for row in table.findall(f"{W}tr"):
        line: list[str] = []
        for each in row.findall(f"{W}tc"):
            span = each.find(f"{W}tcPr/{W}gridSpan")
            merged = each.find(f"{W}tcPr/{W}vMerge")
            goes_on = merged is not None and merged.get(f"{W}val") == "continue"
            said = rows[-1][len(line)] if goes_on else words(each)
            line += [said] * (1 if span is None else int(span.get(f"{W}val")))
        rows.append(line)
    return rows


def test_cells_that_span_rows_and_columns_cover_their_places(tmp_path):
    assert grid(written(tmp_path, indicators())) == [
        ["类别", "指标", "小学", "小学", "初中", "初中"],
        ["类别", "指标", "数值", "结论", "数值", "结论"],
        ["资源配置", "每百名学生拥有高于规定学历教师数", "0.312", "达标", "0.284", "未达标"],
        ["资源配置", "每百名学生拥有县级以上骨干教师数", "0.352", "余项容许", "0.361", "无法判定"],
        ["资源配置", "生均教学及辅助用房面积", "0.392", "未达标", "0.438", "达标"],
        ["平均", "平均", "0.463", "达标", "未填报", "无法判定"],
    ]


def test_a_cell_may_span_rows_and_columns_at_once(tmp_path):
    rows = (
        (cell("甲", rows=2, columns=2), cell("乙")),
        (cell("丙", rows=2),),
        (cell("丁"), cell("戊")),
    )
    table = Table("a", ("表",), (1, 1, 1), rows, head=0)
    assert grid(written(tmp_path, table)) == [["甲", "甲", "乙"], ["甲", "甲", "丙"], ["丁", "戊", "丙"]]


def test_widths_of_cells_are_those_of_the_columns_they_cover(tmp_path):
    table = written(tmp_path, indicators())
    columns = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
    assert sum(columns) == int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w")) == 8844
    assert columns[1] > 2.5 * columns[0]
    for row in table.iter(f"{W}tr"):
        assert sum(int(each.get(f"{W}w")) for each in row.iter(f"{W}tcW")) == 8844
    assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"


def test_heads_repeat_and_rows_are_not_torn(tmp_path):
    rows = written(tmp_path, table_of_figures(40)).findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 41
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_caption_heads_totals_and_note_stay_with_the_table(tmp_path):
    table = written(tmp_path, table_of_figures(40))
    kept = [row.find(f".//{W}keepNext") is not None for row in table.findall(f"{W}tr")]
    assert kept == [True, *[False] * 39, True, True]  # head; last row with totals; totals with note
    caption = table.getprevious().getprevious()
    assert words(caption) == "各校资源配置情况"
    assert caption.find(f"{W}pPr/{W}keepNext") is not None


def test_the_unit_stands_above_and_the_note_below(tmp_path):
    table = written(tmp_path, indicators())
    assert words(table.getprevious()) == "单位：无量纲"
    assert words(table.getnext()) == "差异系数按《办法》第六条计算。"
    assert table.getnext().find(f".//{W}footnoteReference") is not None


def test_tables_without_caption_do_not_grow_into_one(tmp_path):
    bare = Table("a", (), (1,), ((cell("甲"),),), head=0)
    write_word(report_of(bare, bare), tmp_path / "a.docx")
    first, second = root(tmp_path / "a.docx").iter(f"{W}tbl")
    assert first.getnext() is second.getprevious()


def test_figures_stand_to_the_right_labels_in_the_middle_words_to_the_left(tmp_path):
    row = (cell("合计", label=True), cell("词"), cell(count("a", 1)), cell(count("b", 2), align="left"))
    table = written(tmp_path, Table("a", ("表",), (1, 1, 1, 1), (row,), head=0))
    found = [each.find(f".//{W}jc") for each in table.iter(f"{W}tc")]
    assert [None if each is None else each.get(f"{W}val") for each in found] == ["center", None, "right", "left"]


def test_what_fails_is_shaded_most_even_in_grey(tmp_path):
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = {outcome: grey(shade(outcome)) for outcome in Outcome}
    assert min(greys, key=greys.__getitem__) is Outcome.UNMET
    assert min(greys.values()) > 180  # black words on it stay easy to read
    assert all(greys[Outcome.UNMET] < greys[other] - 25 for other in Outcome if other is not Outcome.UNMET)
    shaded = [each.get(f"{W}fill") for each in written(tmp_path, indicators()).iter(f"{W}shd")]
    assert shaded[1] == shade(Outcome.UNMET)


@pytest.mark.parametrize(
    ("columns", "style"), [(4, "TableText"), (5, "TableTextSmall"), (8, "TableTextFine"), (16, "TableTextLeast")]
)
def test_words_grow_smaller_where_columns_are_many(tmp_path, columns, style):
    table = written(tmp_path, table_of_figures(2, columns, landscape=False))
    assert {each.get(f"{W}val") for each in table.iter(f"{W}pStyle")} == {style}


def test_words_grow_smaller_where_a_number_is_long(tmp_path):
    row = tuple(cell(count(f"a{at}", 10**16)) for at in range(4))
    table = written(tmp_path, Table("a", ("表",), (1, 1, 1, 1), (heads(*"甲乙丙丁"), row)))
    assert {each.get(f"{W}val") for each in table.iter(f"{W}pStyle")} == {"TableTextSmall"}


def test_columns_too_narrow_for_their_numbers_take_from_those_with_room(tmp_path):
    row = (cell(Name("某校", "school")), cell(count("a", 123456789012345678)))
    table = written(tmp_path, Table("a", ("表",), (20, 1), (heads("学校", "金额"), row)))
    name, amount = (int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol"))
    assert name + amount == 8844
    assert amount / 20 > 18 * 4.5  # points: half the size of the letters for each figure


def test_a_table_tells_its_caption_to_who_cannot_see_it(tmp_path):
    assert written(tmp_path, indicators()).find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == "校际差异系数"


def test_tables_of_a_form_share_a_page_and_do_not_grow_into_one(tmp_path):
    tables = (table_of_figures(2, 4, "a", landscape=False), table_of_figures(2, 4, "b", landscape=False))
    write_word(replace(report_of(*tables), form=True), tmp_path / "a.docx")
    body = root(tmp_path / "a.docx").find(f"{W}body")
    first, second = body.findall(f"{W}tbl")
    assert first.getnext() is second.getprevious()
    assert body.find(f".//{W}pageBreakBefore") is None


def test_a_row_taller_than_a_page_may_be_broken_and_others_not(tmp_path):
    rows = ((cell("甲"), cell("说明" * 900)), (cell("乙"), cell("短")))
    kept = [each.find(f"{W}trPr/{W}cantSplit") is not None for each in
            written(tmp_path, Table("a", ("表",), (1, 3), rows, head=0)).iter(f"{W}tr")]  # fmt: skip
    assert kept == [False, True]
