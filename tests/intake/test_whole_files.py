"""Files and folders as a whole: CSV, folders of schools, other formats, and what is made to do harm."""

import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from junheng.base.errors import JunhengError
from junheng.intake import limits
from junheng.intake.cells import EmptyFormula, ErrorCell
from junheng.intake.errors import (
    EmptyFolderError,
    FileMissingError,
    LegacyWorkbookError,
    NoTableError,
    NotAWorkbookError,
    TextEncodingError,
    TooLargeError,
    UnknownTypeError,
    UnsafeWorkbookError,
)
from junheng.intake.package import inspect
from junheng.intake.read import read_file

CSV = "学校标识码,学年,图书册数（册）\n3401,2025,4000\n3402,2025,５００\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_the_encodings_people_save(tmp_path, tables, encoding):
    path = tmp_path / "办学条件.csv"
    path.write_bytes(CSV.encode(encoding))
    reading = read_file(path, tables)
    assert reading.dataset["school_year"]["books"].to_list() == [4000, 500]
    assert reading.dataset.cell("school_year", 1, "books") == "办学条件!C3"
    assert reading.files[0].size == path.stat().st_size


def test_csv_known_by_its_heads_and_other_delimiters(tmp_path, tables):
    path = tmp_path / "导出.csv"
    path.write_text(CSV.replace(",", "\t"), encoding="utf-8")
    assert read_file(path, tables).dataset["school_year"].height == 2


def test_csv_that_is_no_text(tmp_path, tables):
    path = tmp_path / "办学条件.csv"
    path.write_bytes(b"\x00\x01" * 100)
    with pytest.raises(TextEncodingError):
        read_file(path, tables)


@pytest.fixture
def school_book(tmp_path):
    def write(name, code, books, sheet="办学条件"):
        book = openpyxl.Workbook()
        book.active.title = sheet
        book.active.append(["学校标识码", "学年", "图书册数（册）"])
        book.active.append([code, 2025, books])
        (tmp_path / "各校").mkdir(exist_ok=True)
        book.save(tmp_path / "各校" / name)

    return write


def test_folder_of_school_workbooks_combines(tmp_path, tables, school_book):
    school_book("乙校.xlsx", "3402", 2)
    school_book("甲校.xlsx", "3401", 1)
    (tmp_path / "各校" / "说明.docx").write_bytes(b"x")
    (tmp_path / "各校" / "~$甲校.xlsx").write_bytes(b"x")
    reading = read_file(tmp_path / "各校", tables)
    assert reading.dataset["school_year"]["books"].to_list() == [1, 2]
    assert reading.dataset.cell("school_year", 0, "books") == "[甲校.xlsx]办学条件!C2"
    assert {file.name for file in reading.files} == {"甲校.xlsx", "乙校.xlsx"}
    assert [f.cell for f in reading.findings if f.check == "JH-F032"] == ["说明.docx"]


def test_two_values_for_one_cell_in_two_files_are_an_error_of_both(tmp_path, tables, school_book):
    school_book("甲校.xlsx", "3401", 1)
    school_book("甲校改.xlsx", "3401", 2)
    (told,) = [f for f in read_file(tmp_path / "各校", tables).findings if f.check == "JH-F050"]
    assert (told.cell, told.value) == ("[甲校改.xlsx]办学条件!C2", "2")
    assert "[甲校.xlsx]办学条件!C2 是 1 册" in told.message


def test_one_damaged_file_of_a_folder_blocks_and_the_others_are_read(tmp_path, tables, school_book):
    school_book("甲校.xlsx", "3401", 1)
    (tmp_path / "各校" / "乙校.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "各校" / "丙校.xls").write_bytes(b"x")
    reading = read_file(tmp_path / "各校", tables)
    told = {f.cell: f.message for f in reading.findings if f.check == "JH-F035"}
    assert reading.blocked
    assert "已损坏" in told["乙校.xlsx"]
    assert "旧版 Excel" in told["丙校.xls"]
    assert reading.dataset["school_year"].height == 1


def test_nothing_there(tmp_path, tables):
    with pytest.raises(FileMissingError):
        read_file(tmp_path / "没有.xlsx", tables)
    with pytest.raises(FileMissingError):
        read_file(Path("a\x00b.xlsx"), tables)
    with pytest.raises(FileMissingError):
        read_file(tmp_path / ("长" * 5000), tables)
    with pytest.raises(EmptyFolderError):
        read_file(tmp_path, tables)


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.pdf", b"%PDF", UnknownTypeError),
        ("a", b"x", UnknownTypeError),
        ("a.xlsx", b"%PDF-1.7", NotAWorkbookError),
        ("a.xlsx", b"<html><table>", LegacyWorkbookError),
        ("a.xls", b"anything", LegacyWorkbookError),
        ("a.ods", b"anything", LegacyWorkbookError),
    ],
)
def test_other_formats(tmp_path, tables, name, content, error):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        read_file(tmp_path / name, tables)


def package(parts):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts:
            file.writestr(name, part)
    return buffer.getvalue()


def with_sheet(sound, xml=None, **more):
    """The sound workbook with its first sheet's cells replaced."""
    with zipfile.ZipFile(BytesIO(sound)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    if xml is not None:
        head = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns='
        space = '"http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        parts["xl/worksheets/sheet1.xml"] = f"{head}{space}<sheetData>{xml}</sheetData></worksheet>".encode()
    return package([*parts.items(), *more.items()])


def refused(tmp_path, tables, content):
    path = tmp_path / "敌.xlsx"
    path.write_bytes(content)
    try:
        return read_file(path, tables)
    except JunhengError as error:
        return error


def test_a_lone_cell_far_away_is_refused_before_it_is_laid_out(tmp_path, tables, sound):
    xml = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert isinstance(refused(tmp_path, tables, with_sheet(sound, xml)), TooLargeError)


def test_formatted_blanks_far_away_do_no_harm(tmp_path, tables, sound):
    xml = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert not isinstance(refused(tmp_path, tables, with_sheet(sound, xml)), JunhengError)


def test_addresses_written_as_entities_are_refused(tmp_path, tables, sound):
    xml = '<row r="1"><c r="&#88;FD1048576"><v>1</v></c></row>'
    assert isinstance(refused(tmp_path, tables, with_sheet(sound, xml)), UnsafeWorkbookError)


@pytest.mark.parametrize(
    "xml",
    [
        '<row r="1"><c r="XAAA3"><v>1</v></c></row>',
        '<row r="1"><c x=">" r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        '<row r="1"><c r="A0"><v>1</v></c></row>',
    ],
)
def test_addresses_that_hide_how_far_away_they_are_are_refused(tmp_path, tables, sound, xml):
    assert isinstance(refused(tmp_path, tables, with_sheet(sound, xml)), UnsafeWorkbookError)


HOSTILE = """
import sys
from pathlib import Path
from junheng.base.errors import JunhengError
from junheng.intake.package import inspect, without_huge_dates
content = Path(sys.argv[1]).read_bytes()
try:
    inspect("敌.xlsx", content)
except JunhengError:
    pass
without_huge_dates(content)
"""


@pytest.mark.parametrize(
    "piece",
    [
        '<c r="A1" t="e">',
        '<c r="A1" t="e"><v>',
        '<c r="A1" t="e"',
        '<c r="A1" t="e"><f>1</f><v ',
        '<c t="e" ',
        "<c ",
        "<row r=",
        '<c r="A1" t="e"></c ',
        ' r="',
        '<a:c r="A1"><v>999999999999</v>',
    ],
)
def test_tags_that_never_close_take_no_longer_than_others(tmp_path, sound, piece):
    path = tmp_path / "敌.xlsx"
    path.write_bytes(
        with_sheet(sound, '<c r="B1" t="e"><v>999999999999</v></c><c ' + piece * (2 * 2**20 // len(piece)))
    )
    # In a process of its own, so that a pattern that takes for ever fails and does not hang.
    subprocess.run([sys.executable, "-c", HOSTILE, str(path)], check=True, timeout=180)


def test_error_cells_are_found_whatever_stands_before_them(sound):
    xml = '<row r="1"><c r="A1" t="e"><c r="B1"/><c r="C1" t="e"><v>#N/A</v></c><c r="D1"><f>A1</f></c></row>'
    odd = next(iter(inspect("县.xlsx", with_sheet(sound, xml)).oddities.values()))
    assert odd.cells == {(0, 2): ErrorCell("#N/A"), (0, 3): EmptyFormula()}


def test_an_identity_number_in_a_cell_of_dates_is_a_finding(tmp_path, tables, capfd):
    book = openpyxl.Workbook()
    book.active.title = "学校名录"
    book.active.append(["学校标识码", "学校名称", "县代码", "办学类型", "城乡分类", "举办者", "是否寄宿制", "建校日期"])
    book.active.append(["3401", "一小", "340299", "小学", "城区", "本县政府", "否", 340299199001011234])
    book.active["H2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "填报.xlsx")
    reading = read_file(tmp_path / "填报.xlsx", tables)
    assert [finding.cell for finding in reading.findings if finding.check == "JH-F023"] == ["学校名录!H2"]
    assert capfd.readouterr().err == ""


def test_paths_that_lead_outside_are_refused(tmp_path, tables, sound):
    content = with_sheet(sound, **{"../../etc/passwd": b"x"})
    assert isinstance(refused(tmp_path, tables, content), UnsafeWorkbookError)


def test_two_parts_of_one_name_are_refused(tmp_path, tables, sound):
    content = with_sheet(sound, **{"XL/workbook.XML": b"<workbook/>"})
    assert isinstance(refused(tmp_path, tables, content), UnsafeWorkbookError)


def test_too_many_parts_are_refused(tmp_path, tables, sound):
    content = with_sheet(sound, **{f"xl/media/{number}.png": b"" for number in range(limits.ENTRIES)})
    assert isinstance(refused(tmp_path, tables, content), TooLargeError)


def test_entity_bombs_are_refused(tmp_path, tables, sound):
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><sst/>'
    content = with_sheet(sound, **{"xl/other.xml": bomb})
    assert isinstance(refused(tmp_path, tables, content), UnsafeWorkbookError)


def test_numbers_that_are_none(tmp_path, tables, sound):
    cells = "".join(
        f'<c r="{letter}2"><v>{text}</v></c>'
        for letter, text in zip("ABCD", ("NaN", "1e999", "-1e999", "x"), strict=True)
    )
    reading = refused(tmp_path, tables, with_sheet(sound, f'<row r="1"/><row r="2">{cells}</row>'))
    assert isinstance(reading, JunhengError) or reading.blocked or reading.findings


def test_a_workbook_without_our_tables(tmp_path, tables):
    book = openpyxl.Workbook()
    book.active.append(["随便"])
    book.save(tmp_path / "别的.xlsx")
    with pytest.raises(NoTableError, match="junheng template"):
        read_file(tmp_path / "别的.xlsx", tables)


def test_macros_stay_asleep_and_are_told(tmp_path, tables, sound):
    path = tmp_path / "宏.xlsm"
    path.write_bytes(with_sheet(sound, **{"xl/vbaProject.bin": b"x"}))
    reading = read_file(path, tables)
    assert [finding.check for finding in reading.findings] == ["JH-F033"]
    assert not reading.blocked


def test_many_rows_read_quickly_and_too_many_are_refused(tmp_path, tables):
    path = tmp_path / "学校名录.csv"
    row = "{},学校{},340299,小学,城区,本县政府,否\n"
    head = "学校标识码,学校名称,县代码,办学类型,城乡分类,举办者,是否寄宿制\n"
    path.write_text(head + "".join(row.format(n, n) for n in range(20_000)), encoding="utf-8")
    assert read_file(path, tables).dataset["school"].height == 20_000
    path.write_text(head + "\n" * (limits.ROWS + 1), encoding="utf-8")
    with pytest.raises(TooLargeError):
        read_file(path, tables)
