"""A report as a workbook: numbers stay numbers, every row is there and counted, nothing filed becomes a formula."""

from __future__ import annotations

from fractions import Fraction

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sample_report import indicators, report_of, sample_form, sample_report, table_of_figures

from junheng.base.outcome import Outcome
from junheng.reporting import excel_table
from junheng.reporting.excel import write_excel
from junheng.reporting.redact import Mask, redact
from junheng.reporting.report.blocks import Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Note, Quote, say, words_of


def book_of(tmp_path, *blocks) -> Workbook:
    write_excel(report_of(*blocks), tmp_path / "report.xlsx")
    return load_workbook(tmp_path / "report.xlsx")


def small(*cells, key="small", caption="小表", **how) -> Table:
    columns = max(len(cells), 1)
    rows = (heads(*("栏目" for _ in range(columns))), tuple(cells))
    return Table(key, (caption,), (1,) * columns, rows, **how)


def lines_of(sheet) -> list[str]:
    return [str(cell.value) for (cell,) in sheet.iter_rows(max_col=1) if cell.value is not None]


def test_a_cover_the_words_and_a_sheet_for_every_table(tmp_path) -> None:
    report = sample_report(schools=12)
    rows = write_excel(report, tmp_path / "report.xlsx")
    book = load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["封面", "正文", "校际差异系数", "各校资源配置情况", "各校资源配置情况 2"]
    assert rows == 3 + 12 + 3
    cover = lines_of(book["封面"])
    assert cover[0] == words_of(report.title)
    assert any(report.checksum in line for line in cover)
    listed = {row[0]: row[2] for row in book["封面"].iter_rows(values_only=True)}
    assert listed["各校资源配置情况"] == 12
    assert listed["合计"] == rows


def test_the_words_keep_their_order_and_numbers_of_headings(tmp_path) -> None:
    write_excel(sample_report(schools=1), tmp_path / "report.xlsx")
    words = lines_of(load_workbook(tmp_path / "report.xlsx")["正文"])
    for line in ("一、资源配置", "（一）校际差异系数", "（二）办学条件", "1.校舍", "（1）专用教室", "三、政府保障"):
        assert line in words
    assert words.index("一、资源配置") < words.index("表：校际差异系数（见工作表“校际差异系数”）")
    assert "附件整改台账" in words


def test_a_form_of_tables_alone_has_no_sheet_of_words(tmp_path) -> None:
    write_excel(sample_form(), tmp_path / "form.xlsx")
    assert "正文" not in load_workbook(tmp_path / "form.xlsx").sheetnames


def test_figures_are_numbers_that_show_as_many_decimals_as_are_printed(tmp_path) -> None:
    exact = Fraction(463, 1000)
    cells = (
        Figure("cv", exact, digits=3, fixed=True),
        Figure("count", 86412, "人"),
        Figure("share", Fraction(25, 2), "%", 2),
        Figure("third", Fraction(1, 3), digits=2),
        Figure("open", None),
        Figure("endless", float("inf")),
    )
    sheet = book_of(tmp_path, small(*(cell(figure) for figure in cells)))["小表"]
    found = [(own.value, own.number_format) for own in sheet[3]]
    assert found == [
        (0.463, "0.000"), (86412, "0"), (12.5, "0.0"), (float(Fraction(1, 3)), "0.00"), ("未填报", "General"),
        ("没有配备", "General"),
    ]  # fmt: skip


def test_figures_among_words_are_words_with_their_units(tmp_path) -> None:
    total = cell(Figure("sum", 311, "人"), "（另有", Figure("blank", 1, "所"), "未填报）")
    assert book_of(tmp_path, small(total))["小表"]["A3"].value == "311人（另有1所未填报）"


@pytest.mark.parametrize("text", ["=1+1", "+86", "-无", "@某校", '=HYPERLINK("http://example.org")'])
def test_what_looks_like_a_formula_stays_text(tmp_path, text: str) -> None:
    own = book_of(tmp_path, Heading((Quote(text),)), Paragraph((Quote(text),)), small(cell(Quote(text))))["小表"]["A3"]
    assert (own.value, own.data_type) == (text, "s")
    assert own.quotePrefix


def test_outcomes_are_shaded_and_heads_and_totals_are_bold(tmp_path) -> None:
    sheet = book_of(tmp_path, indicators())["校际差异系数"]
    by_text = {own.value: own for row in sheet.iter_rows() for own in row if own.value}
    assert by_text["未达标"].fill.start_color.rgb == "FFF8D7D3"
    assert by_text["类别"].font.bold
    assert by_text["平均"].font.bold
    assert not by_text["每百名学生拥有高于规定学历教师数"].font.bold


def test_spans_are_merged_and_the_cells_after_them_stand_in_their_columns(tmp_path) -> None:
    sheet = book_of(tmp_path, indicators())["校际差异系数"]
    merged = {str(span) for span in sheet.merged_cells.ranges}
    assert {"A3:A4", "B3:B4", "C3:D3", "E3:F3", "A5:A7", "A8:B8"} <= merged
    assert [own.value for own in sheet[4]][2:] == ["数值", "结论", "数值", "结论"]
    assert [own.value for own in sheet[6]][1:3] == ["每百名学生拥有县级以上骨干教师数", 0.352]


def test_the_head_stays_in_sight_and_on_every_printed_page_of_a4(tmp_path) -> None:
    sheet = book_of(tmp_path, indicators())["校际差异系数"]
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes, one page wide
    assert sheet.page_setup.orientation != "landscape"
    wide = book_of(tmp_path, table_of_figures(3))["各校资源配置情况"]
    assert wide.page_setup.orientation == "landscape"


def test_every_row_is_there_and_the_last_line_says_how_many(tmp_path) -> None:
    sheet = book_of(tmp_path, table_of_figures(3000, 4))["各校资源配置情况"]
    names = [own.value for own in sheet["A"]]
    assert sum(str(name).startswith(("第", "云岭市")) for name in names) == 3000
    assert str(names[-1]).startswith("共 3000 行　校验 ")


def test_the_hash_on_the_last_line_changes_with_any_cell(tmp_path) -> None:
    def last(*values: int) -> str:
        figures = (cell(Figure(f"f{at}", value)) for at, value in enumerate(values))
        return lines_of(book_of(tmp_path, small(*figures))["小表"])[-1]

    assert last(1, 2) == last(1, 2) != last(1, 3)


def test_footnotes_stand_below_their_table_and_leave_the_number_a_number(tmp_path) -> None:
    note = Note(say("上限为{limit}。", limit=Figure("limit", Fraction(1, 2), digits=2, fixed=True)))
    own = small(cell(Figure("cv", Fraction(1, 4), digits=2), note), cell("甲", note), note=("未填报的不计入。",))
    sheet = book_of(tmp_path, own)["小表"]
    assert (sheet["A3"].value, sheet["A3"].number_format) == (0.25, '0.00"〔注1〕"')
    assert sheet["B3"].value == "甲〔注2〕"
    assert lines_of(sheet)[-4:-1] == ["未填报的不计入。", "注1：上限为0.50。", "注2：上限为0.50。"]


def test_sheets_have_names_that_excel_takes_and_none_twice(tmp_path) -> None:
    long = "表Ⅱ-Ⅱ　学校办学基本标准达标情况（小学）以及其他许多需要说明的事项[附件/一览]*?:"
    captions = [long, long, "封面", "'引号'", "：", "[]", "History", "𠮷" * 31]
    tables = [small(cell("甲"), key=f"t{at}", caption=caption) for at, caption in enumerate(captions)]
    names = book_of(tmp_path, *tables).sheetnames
    assert len({name.casefold() for name in names}) == len(captions) + 1
    assert all(len(name.encode("utf-16-le")) <= 62 and not set("[]:*?/\\") & set(name) for name in names)
    assert "t5" in names


def test_a_table_longer_than_a_sheet_goes_on_on_the_next_and_never_through_a_span(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(excel_table, "MOST_ROWS", 4)
    pairs = [(cell(Quote(f"{at}"), rows=2), cell("上")) if at % 2 == 0 else (cell("下"),) for at in range(10)]
    table = Table("long", ("长表",), (1, 1), (heads("甲", "乙"), *pairs))
    book = book_of(tmp_path, table)
    assert book.sheetnames == ["封面", "长表", "长表 续1", "长表 续2"]
    body = [row[1] for name in book.sheetnames[1:] for row in book[name].iter_rows(min_row=3, values_only=True)]
    assert [text for text in body if text] == ["上", "下"] * 5
    assert lines_of(book["长表"])[-1] == "（续下一张工作表）"
    assert lines_of(book["长表 续2"])[-1].startswith("共 10 行")


def test_long_text_makes_its_row_high_enough_to_be_read(tmp_path) -> None:
    sheet = book_of(tmp_path, small(cell(Quote("很长的说明" * 60)), cell("短")))["小表"]
    lines = 60 * 10 / sheet.column_dimensions["A"].width
    assert sheet.row_dimensions[3].height >= 16 * lines


def test_what_a_cell_cannot_hold_is_cut_and_the_rest_is_written(tmp_path) -> None:
    sheet = book_of(tmp_path, small(cell(Quote("长" * 40_000)), cell("后")))["小表"]
    assert len(sheet["A3"].value) == 32_767
    assert sheet["B3"].value == "后"


def test_a_redacted_report_shows_no_figure_and_no_name(tmp_path) -> None:
    report = redact(sample_report(schools=2), Mask())
    write_excel(report, tmp_path / "masked.xlsx")
    book = load_workbook(tmp_path / "masked.xlsx")
    texts = [own.value for name in book.sheetnames[2:] for row in book[name].iter_rows() for own in row if own.value]
    assert not any(isinstance(text, int | float) for text in texts)
    assert not any("云岭市" in text for text in texts)


def test_the_same_report_gives_the_same_file(tmp_path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_excel(sample_report(schools=3), tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_place_that_cannot_be_written_to_is_an_error_of_the_system(tmp_path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        write_excel(sample_form(), tmp_path / "nowhere" / "form.xlsx")


def test_an_outcome_without_words_is_shaded_all_the_same(tmp_path) -> None:
    sheet = book_of(tmp_path, small(cell("", outcome=Outcome.UNKNOWN)))["小表"]
    assert sheet["A3"].value is None
    assert sheet["A3"].fill.start_color.rgb == "FFE5E7EB"
