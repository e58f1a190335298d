"""Workbooks to read: the sound filing of the examples, and small ones written cell by cell."""

import sys
from pathlib import Path

import openpyxl
import pytest

from junheng.intake.read import read_file
from junheng.tables.catalogue import load_tables

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "examples")]


@pytest.fixture(scope="session")
def tables():
    return load_tables()


@pytest.fixture(scope="session")
def sound(tmp_path_factory):
    """The sound filing of four schools, as bytes."""
    from make_broken import sound_workbook

    return sound_workbook()


@pytest.fixture
def read_rows(tmp_path, tables):
    """Write the rows of one or more sheets and read them."""

    def read(merge=(), path="填报.xlsx", **sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
            for area in merge:
                sheet.merge_cells(area)
        file = tmp_path / path
        book.save(file)
        return read_file(file, tables)

    return read
