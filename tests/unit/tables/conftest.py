"""Small tables to check."""

import pytest

from junheng.tables.catalogue import load_tables


@pytest.fixture(scope="session")
def tables():
    return load_tables()


@pytest.fixture
def findings(tables):
    """Findings of one check over tables given as rows; what a row does not say is blank."""
    import polars as pl

    from junheng.tables.check import check_dataset
    from junheng.tables.dataset import Dataset, Origin

    def find(code, rejected=None, **rows):
        frames = {
            name: pl.DataFrame(
                [dict.fromkeys(table.columns) | DEFAULTS.get(name, {}) | row for row in rows.get(name, [])],
                schema=table.schema,
            )
            for name, table in tables.tables.items()
        }
        origins = {
            name: Origin(
                "县.xlsx", tables[name].label.zh, dict.fromkeys(frame.columns, "C"), tuple(range(3, 3 + frame.height))
            )
            for name, frame in frames.items()
            if frame.height
        }
        found = check_dataset(Dataset(tables, frames, origins), rejected=rejected)
        return [finding for finding in found if finding.check == code]

    return find


DEFAULTS = {
    "school": {"school_code": "01", "school_name": "一小", "county_code": "34", "school_kind": "211"},
    "school_year": {"school_code": "01", "school_year": 2025},
    "stage_year": {"school_code": "01", "school_year": 2025, "stage": "primary"},
    "class": {"school_code": "01", "school_year": 2025, "stage": "primary", "grade": 1, "class_name": "1"},
    "county_year": {"county_code": "34", "school_year": 2025},
    "finance_year": {"county_code": "34", "fiscal_year": 2025},
}
