"""Forms written from their layout read back as the county they were written from, or say what is wrong with them."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from make_forms import (
    GENERATIONS,
    STANDARD,
    SUPPLEMENT,
    flat_books,
    frames_of,
    grid_books,
    supplement_book,
    told_frames,
)
from synthetic_county.sample_schools import schools_of

from junheng import workflow
from junheng.intake.asked import template_columns
from junheng.intake.read import read_file
from junheng.intake.template import CODES, GUIDE
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset
from junheng.tables.finding import Severity, blocking

EXAMPLES = Path(__file__).parents[2] / "examples/forms"
NAMES = [f"{generation.name}_{layout}" for generation in GENERATIONS for layout in ("grid", "flat")]
BOOKS = {"grid": grid_books, "flat": flat_books}
TABLES = ("school", "school_year", "stage_year")


def parts_of(name):
    wanted, layout = name.split("_")
    return next(generation for generation in GENERATIONS if generation.name == wanted), layout


@pytest.fixture(scope="session")
def made():
    """Folder → file → bytes, as the generator makes them."""
    found = {}
    for name in NAMES:
        generation, layout = parts_of(name)
        books = dict(BOOKS[layout](generation, schools_of(frames_of(generation, layout))))
        found[name] = {**books, SUPPLEMENT: supplement_book(generation, layout)}
    return found


@pytest.fixture(scope="session")
def frames():
    return {name: frames_of(*parts_of(name)) for name in NAMES}


@pytest.fixture(scope="session")
def readings(made, tmp_path_factory):
    """The folders, each with its filled 补充表, as the standard's tables."""
    tables = workflow.tables_for(load_standard(STANDARD))
    found = {}
    for name, books in made.items():
        folder = tmp_path_factory.mktemp("年报") / name
        folder.mkdir()
        for file, content in books.items():
            (folder / file).write_bytes(content)
        found[name] = read_file(folder, tables)
    return found


@pytest.fixture
def folder(tmp_path):
    """A copy of a committed folder, to be damaged."""

    def copy(name):
        return Path(shutil.copytree(EXAMPLES / name, tmp_path / name))

    return copy


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def same(read, wanted, columns, table):
    """The rows of a table in some of its columns, key first."""
    key = list(load_tables()[table].key)
    shown = [*key, *sorted(set(columns) - set(key))]
    return read.select(shown).sort(key).to_dicts(), wanted.select(shown).sort(key).to_dicts()


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_forms_are_what_their_command_makes(name, made):
    committed = {file.name: file.read_bytes() for file in (EXAMPLES / name).iterdir()}
    assert set(committed) == set(made[name])
    assert all(parts(content) == parts(made[name][file]) for file, content in committed.items())


def test_the_committed_forms_are_small():
    assert sum(file.stat().st_size for file in EXAMPLES.rglob("*.xlsx")) < 700_000


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_in_the_way(name, readings):
    assert [finding for finding in readings[name].findings if finding.severity is not Severity.HINT] == []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", NAMES)
def test_what_the_forms_tell_is_read_exactly(name, table, readings, frames):
    told = parts_of(name)[0].told(parts_of(name)[1])[table]
    read, wanted = same(readings[name].dataset[table], frames[name][table], told, table)
    if parts_of(name)[1] == "grid" and table == "stage_year":  # the senior stage has no form here, only its pupils
        wanted = [row if row["stage"] != "senior" else seniors(row) for row in wanted]
    assert read == wanted


def seniors(row):
    kept = {"school_code", "school_year", "stage", "pupils"}
    return {name: value if name in kept else None for name, value in row.items()}


@pytest.mark.parametrize("name", NAMES)
def test_the_supplement_fills_in_the_rest(name, readings, frames):
    """Everything that the standard asks for is what the county filed, wherever it was filed."""
    asked = template_columns(load_standard(STANDARD), load_tables())
    for table, columns in asked.items():
        read, wanted = same(readings[name].dataset[table], frames[name][table], columns - {"closed_on"}, table)
        if table == "stage_year":  # of the senior stage only the pupils are asked for
            read, wanted = (
                [seniors(row) if row["stage"] == "senior" else row for row in rows] for rows in (read, wanted)
            )
        assert read == wanted, table


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_are_judged_as_the_county_is(name, readings, frames):
    standard = load_standard(STANDARD)
    day = f"{parts_of(name)[0].school_year}-12-31"
    of_forms = workflow.judge(readings[name].dataset, standard=STANDARD, on=day)
    of_county = workflow.judge(Dataset(workflow.tables_for(standard), frames[name]), standard=STANDARD, on=day)
    for part in ("counties", "parts", "rows", "balance", "items"):
        read, wanted = getattr(of_forms, part), getattr(of_county, part)
        shown = [column for column in wanted.columns if column in read.columns and not column.startswith("note")]
        outcomes = [c for c in shown if c == "outcome" or c.endswith(("__outcome", "__value", "cv", "finding"))]
        assert outcomes
        assert read.select(outcomes).equals(wanted.select(outcomes)), part


@pytest.mark.parametrize("name", NAMES)
def test_the_forms_reconcile_with_the_tables(name, made, tmp_path):
    for file, content in made[name].items():
        (tmp_path / file).write_bytes(content)
    found = workflow.reconcile(tmp_path)
    assert found.agrees
    assert {item.status.zh for item in found.items} == {"相符"}
    told = parts_of(name)[0].told(parts_of(name)[1])
    numbers = {
        (table, column)
        for table, columns in told.items()
        for column in columns
        if load_tables()[table].columns[column].type.is_number
    }
    one_for_both = {("stage_year", "teachers_doctor")} if name.startswith("jichuji") else set()
    assert {(item.table, item.column) for item in found.items} == numbers - one_for_both
    assert len(found.schools) == found.stored == (5 if name.endswith("grid") else 10)


def keyed(frame, table):
    """Each row, and the words of its key as a workbook shows them."""
    for row in frame.iter_rows(named=True):
        columns = (table.columns[name] for name in table.key)
        yield row, *(c.codes.zh(row[c.name]) if c.codes else row[c.name] for c in columns)


@pytest.mark.parametrize("name", NAMES)
def test_the_supplement_asks_for_what_the_forms_do_not_tell(name, made, tmp_path):
    """The columns of the workbook are those of the filled one, and no cell that a form told can be filled."""
    for file, content in made[name].items():
        if file != SUPPLEMENT:
            (tmp_path / file).write_bytes(content)
    workflow.supplement(tmp_path, tmp_path / SUPPLEMENT, standard=STANDARD)
    asked = openpyxl.load_workbook(tmp_path / SUPPLEMENT)
    filled = openpyxl.load_workbook(io.BytesIO(made[name][SUPPLEMENT]))
    assert set(asked.sheetnames) - {"教育经费"} == set(filled.sheetnames) - {"教育经费"}
    told, tables = told_frames(*parts_of(name)), load_tables()
    for sheet in ("学校名录", "办学条件", "学段情况"):
        heads = [[cell.value for cell in book[sheet][1]] for book in (asked, filled)]
        assert heads[0] == heads[1]
        keys = [[row[0].value for row in book[sheet].iter_rows(min_row=3)] for book in (asked, filled)]
        assert keys[0] == keys[1]
        table = next(table for table in tables.tables.values() if table.label.zh == sheet)
        columns = {c.header: c for c in table.columns.values()}
        rows = {tuple(map(str, key_row[1:])): key_row[0] for key_row in keyed(told[table.name], table)}
        for cells in asked[sheet].iter_rows(min_row=3):
            by_head = dict(zip(heads[0], cells, strict=True))
            key = tuple(str(by_head[table.columns[name].header].value) for name in table.key)
            row = rows.get(key, {})
            for head, cell in by_head.items():
                column = columns.get(head)
                if column is None or column.name in table.key or row.get(column.name) is not None:
                    assert cell.protection.locked, (sheet, head)


def test_what_one_school_did_not_file_is_asked_of_that_school(folder, tmp_path):
    """A school without its form of buildings is asked for the areas; the others are not."""
    forms = folder("jiaoji_grid")
    (forms / SUPPLEMENT).unlink()
    drop_sheet(forms / "示例县第二中学.xlsx", "教基5170")
    workflow.supplement(forms, tmp_path / "补充表.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "补充表.xlsx")["办学条件"]
    heads = [cell.value for cell in sheet[1]]
    area = heads.index("教学及辅助用房面积（㎡）")
    open_for = [row[0].value for row in sheet.iter_rows(min_row=3) if not row[area].protection.locked]
    assert open_for == ["9901010026"]


def test_a_folder_without_forms_has_nothing_to_supplement(tmp_path):
    from junheng.reporting.errors import NoFormsError

    county = EXAMPLES.parent / "county.xlsx"
    with pytest.raises(NoFormsError):
        workflow.supplement(county, tmp_path / "补充表.xlsx")
    with pytest.raises(NoFormsError):
        workflow.reconcile(county)


# Damaged forms: each says what is wrong with it, and none gives another number.


def edit(file, change):
    book = openpyxl.load_workbook(file)
    change(book)
    book.save(file)


def drop_sheet(file, name):
    edit(file, lambda book: book.remove(book[name]))


def codes(reading, severity=None):
    return {finding.check for finding in reading.findings if severity is None or finding.severity is severity}


def figures_of(reading):
    """What the tables hold, for comparing with a sound reading; blanks are left out."""
    return {
        (table, row["school_code"], row.get("stage"), column): value
        for table in ("school_year", "stage_year")
        for row in reading.dataset[table].iter_rows(named=True)
        for column, value in row.items()
        if value is not None
    }


def read_of(folder):
    return read_file(folder, workflow.tables_for(load_standard(STANDARD)))


def no_other_numbers(reading, sound):
    """Whatever was read is what the sound forms say."""
    right = figures_of(sound)
    return [key for key, value in figures_of(reading).items() if right.get(key) != value]


def head_of(sheet, text):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


GRID_FILE = "示例县东湖学校.xlsx"


def test_a_head_that_was_changed_is_missed_by_name(folder, readings):
    forms = folder("jiaoji_grid")

    def change(book):
        head_of(book["教基4155"], "体育与健康").value = "体健"

    edit(forms / GRID_FILE, change)
    reading = read_of(forms)
    found = [f for f in reading.findings if f.check == "JH-F052"]
    assert any("体育与健康" in finding.message for finding in found)
    assert all(finding.severity is Severity.ERROR for finding in found)
    assert no_other_numbers(reading, readings["jiaoji_grid"]) == []
    rows = reading.dataset["stage_year"].filter(pl.col("school_code") == "9901010016")
    assert rows["teachers_pe"].null_count() == rows.height


def test_a_form_that_is_not_there_is_named_and_leaves_blanks(folder, readings):
    forms = folder("jiaoji_grid")
    drop_sheet(forms / GRID_FILE, "教基5176")
    reading = read_of(forms)
    assert any(f.check == "JH-F060" and "教基5176" in f.message for f in reading.findings)
    assert no_other_numbers(reading, readings["jiaoji_grid"]) == []
    row = reading.dataset["school_year"].filter(pl.col("school_code") == "9901010016").row(0, named=True)
    assert row["books"] is None
    assert row["equipment_value"] is None


@pytest.mark.parametrize("name", ["jiaoji_grid", "jichuji_grid"])
def test_a_column_put_in_between_changes_nothing(name, folder, readings):
    forms = folder(name)

    def change(book):
        for sheet in book:
            if "学生数" in str(sheet["A1"].value):
                for merged in list(sheet.merged_cells.ranges):
                    sheet.unmerge_cells(str(merged))
                sheet.insert_cols(3)

    edit(forms / "示例县桃源乡中心小学.xlsx", change)
    reading = read_of(forms)
    assert blocking(reading.findings) == []
    assert figures_of(reading) == figures_of(readings[name])


def test_stages_in_a_merged_column_of_their_own_read_the_same(folder, readings):
    """教基4155 with 小学 and 初中 beside their rows instead of above them."""
    forms = folder("jiaoji_grid")

    def change(book):
        sheet = book["教基4155"]
        sheet.merged_cells.ranges = set()
        top = head_of(sheet, "小学").row
        sheet.insert_cols(1)
        for stage in ("初中", "小学"):
            at = head_of(sheet, stage).row
            sheet.delete_rows(at)
            sheet.cell(at, 1, stage)
        junior = head_of(sheet, "初中").row
        sheet.merge_cells(start_row=top, end_row=junior - 1, start_column=1, end_column=1)
        sheet.merge_cells(start_row=junior, end_row=sheet.max_row, start_column=1, end_column=1)

    edit(forms / GRID_FILE, change)
    reading = read_of(forms)
    assert blocking(reading.findings) == []
    assert figures_of(reading) == figures_of(readings["jiaoji_grid"])


@pytest.mark.parametrize("name", ["jiaoji_grid", "jichuji_grid"])
def test_two_more_rows_above_the_heads_change_nothing(name, folder, readings):
    forms = folder(name)

    def change(book):
        for sheet in book:
            sheet.merged_cells.ranges = set()
            sheet.insert_rows(2, 2)
            sheet["A2"], sheet["A3"] = "制定机关：示例", "有效期至：示例"

    edit(forms / "示例县第二中学.xlsx", change)
    reading = read_of(forms)
    assert blocking(reading.findings) == []
    assert figures_of(reading) == figures_of(readings[name])


def test_figures_moved_out_of_their_columns_are_not_taken_for_others(folder, readings):
    forms = folder("jiaoji_grid")

    def change(book):
        sheet = book["教基3112"]
        row = next(row for row in sheet.iter_rows() if row[0].value == "总计")
        values = [cell.value for cell in row[2:]]
        for cell, value in zip(sheet[row[0].row][3:], values, strict=False):
            cell.value = value
        sheet.cell(row[0].row, len(row) + 1, values[-1])
        row[2].value = None

    edit(forms / GRID_FILE, change)
    reading = read_of(forms)
    assert codes(reading, Severity.ERROR) & {"JH-F054", "JH-F061", "JH-F120"}
    assert reading.blocked


def test_forms_of_two_years_are_refused(folder, readings):
    forms = folder("jiaoji_grid")

    def change(book):
        for row in book["教基2107"].iter_rows(max_row=8):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("2025", "2024")

    edit(forms / GRID_FILE, change)
    reading = read_of(forms)
    assert "JH-F057" in codes(reading, Severity.ERROR)
    assert no_other_numbers(reading, readings["jiaoji_grid"]) == []


def test_a_form_of_the_other_generation_s_years_is_doubted(folder):
    forms = folder("jiaoji_grid")
    (forms / SUPPLEMENT).unlink()
    for file in forms.iterdir():

        def change(book):
            for sheet in book:
                for row in sheet.iter_rows(max_row=8):
                    for cell in row:
                        if isinstance(cell.value, str):
                            cell.value = cell.value.replace("2025/2026", "2015/2016").replace("2025学年", "2015学年")

        edit(file, change)
    assert "JH-F058" in codes(read_of(forms))


def test_a_school_missing_in_one_stage_s_file_lacks_that_stage(folder, readings):
    """东湖学校 stands in 小学.xlsx alone: its junior stage is missed, and the printed totals say so too."""
    forms = folder("jiaoji_flat")

    def change(book):
        sheet = book.active
        row = next(row[0].row for row in sheet.iter_rows() if any(cell.value == "9901010016" for cell in row))
        for merged in [m for m in sheet.merged_cells.ranges if m.min_row > row]:
            sheet.unmerge_cells(str(merged))
        sheet.delete_rows(row)

    edit(forms / "初中.xlsx", change)
    reading = read_of(forms)
    missed = [f.message for f in reading.findings if f.check == "JH-F160"]
    assert any("示例县东湖学校 2025 学年 初中：“在校生数”没有填" in message for message in missed)
    assert "JH-F028" in codes(reading, Severity.EXPLAIN)
    assert no_other_numbers(reading, readings["jiaoji_flat"]) == []


def test_schools_of_the_supplement_without_forms_are_named_once(folder, readings):
    """The officer must not be told to add the columns of the forms to the supplement."""
    forms = folder("jiaoji_flat")
    (forms / "初中.xlsx").unlink()
    reading = read_of(forms)
    alone = [finding for finding in reading.findings if finding.check == "JH-F072"]
    assert [finding.cell.rpartition("]")[2] for finding in alone] == ["学校名录"]
    assert "JH-F006" not in codes(reading)
    assert no_other_numbers(reading, readings["jiaoji_flat"]) == []


def test_two_figures_for_one_school_are_both_shown(folder, readings):
    """The nine-year school's books differ between 小学.xlsx and 初中.xlsx."""
    forms = folder("jiaoji_flat")

    def change(book):
        sheet = book.active
        books = head_of(sheet, "图书(册)").column
        row = next(row[0].row for row in sheet.iter_rows() if any(cell.value == "9901010016" for cell in row))
        sheet.cell(row, books).value += 1

    edit(forms / "初中.xlsx", change)
    reading = read_of(forms)
    found = [f for f in reading.findings if f.check == "JH-F050"]
    assert found
    assert all(f.severity is Severity.ERROR for f in found)
    assert any("小学.xlsx" in f.cell + f.message and "初中.xlsx" in f.cell + f.message for f in found)


def test_a_form_filed_twice_is_refused(folder, readings):
    forms = folder("jiaoji_grid")
    shutil.copy(forms / GRID_FILE, forms / "东湖学校（又一份）.xlsx")
    reading = read_of(forms)
    assert "JH-F059" in codes(reading, Severity.ERROR)
    assert no_other_numbers(reading, readings["jiaoji_grid"]) == []


def test_a_sum_that_does_not_add_up_is_an_error(folder):
    forms = folder("jichuji_grid")

    def change(book):
        sheet = book["基础基512 校舍情况"]
        head_of(sheet, "教室").offset(0, 2).value += 10

    edit(forms / GRID_FILE, change)
    assert "JH-F061" in codes(read_of(forms), Severity.ERROR)


def test_the_guide_and_the_codes_of_a_supplement_are_no_forms(made):
    book = openpyxl.load_workbook(io.BytesIO(made["jiaoji_grid"][SUPPLEMENT]))
    assert {GUIDE, CODES} <= set(book.sheetnames)
