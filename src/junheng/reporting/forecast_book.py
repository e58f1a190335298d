"""The workbook of a forecast: what it says first, then pupils, classes, places, teachers, falls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from junheng.base.terms import Stage
from junheng.monitoring.forecast.backtest import Backtest
from junheng.monitoring.forecast.forecast import Forecast
from junheng.reporting.forecast_table import LISTS, Listing, backtest_list, forecast_list
from junheng.reporting.plan_sheets import Cell, Column, Kind, PlanSheets
from junheng.reporting.sheet_style import workbook

_MOST_ROWS = 1_000_000  # a sheet of Excel holds 1,048,576
_KINDS: dict[str, Kind] = {"count": "count", "one": "two", "two": "two", "cv": "cv", "percent": "percent"}


def write_forecast_book(forecast: Forecast, path: str | Path, *, backtest: Backtest | None = None) -> None:
    """Write a forecast, and its back-test where given.

    Raises:
        OSError: the place cannot be written to.
    """
    with workbook(path) as book:
        sheets = PlanSheets(book)
        said = [(label, text) for label, text in _summary(forecast)]
        columns = [Column("项目", 16), Column("内容", 110, "wrapped")]
        sheets.table("概要", f"{forecast.base_year} 学年起 {len(forecast.years)} 年学生数预测", columns, said)
        shown = [forecast_list(forecast, what) for what in LISTS]
        shown += [backtest_list(backtest)] if backtest else []
        for listing in shown:
            if listing.rows.height:
                _sheet(sheets, listing)


def _summary(forecast: Forecast) -> Iterator[tuple[str, str]]:
    last = forecast.years[-1]
    for stage in (Stage.PRIMARY, Stage.JUNIOR):
        now = forecast.history.filter((pl.col("stage") == stage) & (pl.col("school_year") == forecast.base_year))
        then = forecast.counties.filter((pl.col("stage") == stage) & (pl.col("school_year") == last))
        if then.is_empty():
            continue
        text = f"{last} 学年预测 {then['pupils'].sum():,.0f} 人"
        if now["pupils"].null_count() == 0:
            text = f"{forecast.base_year} 学年 {now['pupils'].sum():,.0f} 人，" + text
        if then.height == 1 and then["low_80"].item() is not None:
            text += f"（80% 区间 {then['low_80'].item():,.0f}～{then['high_80'].item():,.0f}）"
        yield stage.zh, text + "。"
    for note in forecast.notes:
        yield "说明", note.zh


def _sheet(sheets: PlanSheets, listing: Listing) -> None:
    columns = [
        Column(field.head, 12 if field.kind != "text" else 18, _KINDS.get(field.kind, "text"))
        for field in listing.fields
    ]
    names = [field.name for field in listing.fields]
    note = "" if listing.rows.height <= _MOST_ROWS else f"只列前 {_MOST_ROWS} 行，全部请用 --format csv"
    rows: Iterator[list[Cell]] = (
        [
            field.words(value) if field.words else value if value is None or field.kind != "text" else str(value)
            for field, value in zip(listing.fields, row, strict=True)
        ]
        for row in listing.rows.head(_MOST_ROWS).select(names).iter_rows()
    )
    sheets.table(listing.title, note, columns, rows, frozen=3)
