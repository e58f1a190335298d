"""Forms with scrambled cells: no exception but ours, and no figure that nobody wrote."""

import random

import openpyxl
import pytest
from form_books import EXPORT_MERGED, GRADES, export, school, write

from junheng.base.errors import JunhengError
from junheng.intake.read import read_file

STRANGE = (
    None, "", " ", "-", "无", "合计", "总计", "#DIV/0!", "１２", "1,2,3", "12万", -1, 0, 1.5, 1e300, True, "1" * 3000,
    "小学", "初中", "其中：女", "在校生数", "艺术", "一年级", "甲", "乙", 1, 2, "注：", "万元", "NaN", "🙂", "a\nb",
    "表号：教基3112", "表号：教基4155", "表号：基础基312", "2022学年初", "教基", "：", ">", "单位：万册",
    "学校（机构）标识码：", "学校（机构）标识码：2134000009",
)  # fmt: skip
TABLES = ("school", "school_year", "stage_year")


def read(path, tables):
    try:
        return read_file(path, tables)
    except JunhengError:
        return None


def values(reading):
    """Every filed value by table, key and column, with its cell."""
    found = {}
    for name in TABLES:
        frame = reading.dataset[name]
        for at, row in enumerate(frame.iter_rows(named=True)):
            key = tuple(row[column] for column in reading.dataset.tables[name].key)
            for column, value in row.items():
                if value is not None:
                    found[name, key, column] = value, reading.dataset.cell(name, at, column)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["forms", "export"])
def test_scrambled_forms(tmp_path, tables, layout):
    chance = random.Random(20250904)
    sheets = school() if layout == "forms" else {"2023学年初小学": export()}
    merged = () if layout == "forms" else EXPORT_MERGED
    sound = tmp_path / "2023学年初.xlsx"
    right = values(read_file(write(sound, sheets, merged), tables))
    assert len(right) > len(GRADES)
    for number in range(120):
        book = openpyxl.load_workbook(sound)
        touched = set()
        for _ in range(chance.choice((1, 1, 2, 5))):
            sheet = chance.choice(book.worksheets)
            row, column = chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column)
            cell = sheet.cell(row, column)
            if isinstance(cell, openpyxl.cell.cell.MergedCell):
                continue
            cell.value = chance.choice(STRANGE)
            touched.add(f"{sheet.title}!{cell.coordinate}")
        path = tmp_path / f"2023学年初-{number}.xlsx"
        book.save(path)
        reading = read(path, tables)
        if reading is None or reading.blocked:
            continue
        other = {
            place: (value, cell)
            for place, (value, cell) in values(reading).items()
            if cell not in touched and right.get(place, (None, ""))[0] != value
        }
        assert other == {}, touched
