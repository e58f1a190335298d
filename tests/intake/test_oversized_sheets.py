"""Sheets made to overwhelm: what is looked at, laid out and told stays bounded."""

import openpyxl
import pytest
from form_books import caption, write

from junheng.intake import limits
from junheng.intake.errors import UnsafeWorkbookError
from junheng.intake.forms import flat_heads as heads_of_exports
from junheng.intake.read import read_file
from junheng.intake.sheet import Sheet
from junheng.tables.finding import Severity


def sheet_of(rows):
    return Sheet("年报.xlsx", "年报", "年报", rows)


def test_a_sheet_of_nothing_but_the_word_for_a_code_is_looked_through_once(monkeypatch):
    looked_at = 0

    def counted(cell):
        nonlocal looked_at
        looked_at += 1
        return typed(cell)

    typed = heads_of_exports.typed
    monkeypatch.setattr(heads_of_exports, "typed", counted)
    rows = [["学校标识码"] * limits.COLUMNS for _ in range(15)]
    assert heads_of_exports.flat_heads(sheet_of(rows)) is None
    assert looked_at < 4 * 15 * limits.FORM_COLUMNS


@pytest.mark.parametrize("column", [0, 5, limits.FORM_COLUMNS - 1])
def test_codes_are_found_with_their_first_row(column):
    blank = [""] * column
    rows = [["一览表"], [*blank, "学校标识码"], [*blank, "1"], [*blank, "2134000001"]]
    assert heads_of_exports.flat_heads(sheet_of(rows)).first_row == 3
    total = [["一览表"], [*blank, "学校标识码"], ["合计"], [*blank, "2134000001"]]
    assert heads_of_exports.flat_heads(sheet_of(total)).first_row == 2


def test_codes_far_to_the_right_are_not_looked_for():
    blank = [""] * limits.FORM_COLUMNS
    assert heads_of_exports.flat_heads(sheet_of([[*blank, "学校标识码"], [*blank, "2134000001"]])) is None


def test_a_form_full_of_strays_is_told_in_few_findings_with_the_rest_counted(tmp_path, tables):
    rows = [["小学学生数"], caption("3112"), ["", "", "在校生数"], ["甲", "乙", 1], ["总计", "01", *[7] * 150]]
    rows += [[f"其中：第{at}项", f"{at:02}", *[7] * 150] for at in range(2, 10)]
    reading = read_file(write(tmp_path / "示例.xlsx", {"教基3112": rows}), tables)
    shifted = [finding for finding in reading.findings if finding.check == "JH-F054"]
    assert len(shifted) == limits.FORM_FINDINGS
    (rest,) = [finding for finding in reading.findings if finding.check == "JH-F070"]
    assert f"另有 {9 * 149 - limits.FORM_FINDINGS} 条" in rest.message
    assert rest.severity is Severity.HINT
    assert reading.blocked


def merged(path, areas, height=30):
    book = openpyxl.Workbook()
    for at in range(1, height + 1):
        book.active.append([at, at])
    for area in areas:
        book.active.merged_cells.add(area)
    book.save(path)
    return path


def test_merged_cells_that_overlap_again_and_again_are_refused(tmp_path, tables):
    areas = [f"A{top}:B{bottom}" for top in range(1, 5) for bottom in range(20, 31)]
    with pytest.raises(UnsafeWorkbookError) as caught:
        read_file(merged(tmp_path / "重叠.xlsx", areas), tables)
    assert "合并单元格互相重叠" in str(caught.value)


def test_merged_cells_that_reach_beyond_the_sheet_are_not(tmp_path, tables):
    path = tmp_path / "年报.xlsx"
    write(path, {"县基本情况": [["县基本情况"], ["县代码", "县名称"], ["340101", "示例县"]]}, ("A1:XFD1", "A4:B9000"))
    assert read_file(path, tables).dataset["county"].height == 1
