"""Forecasts of pupils: for a county's data of several years, or from the national store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from junheng.monitoring.forecast.backtest import Backtest, backtest_panel
from junheng.monitoring.forecast.class_limits import class_limits
from junheng.monitoring.forecast.falls import under_todays_resources
from junheng.monitoring.forecast.forecast import Forecast, forecast_panel
from junheng.monitoring.forecast.future import with_closures
from junheng.monitoring.forecast.given import Given, read_given, write_template
from junheng.monitoring.forecast.panel import Panel, panel_of, panel_of_nation
from junheng.monitoring.forecast.settings import Settings
from junheng.standards.library import load_standard
from junheng.store.errors import NationalYearMissingError, NationEmptyError
from junheng.store.national import NationalStore
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.workflow.judging import DEFAULT_STANDARD, load, tables_for


def forecast(
    data: Dataset | NationalStore | str | Path,
    *,
    years: int = 5,
    region: str = "",
    entry: str | Path | None = None,
    standard: str | Path = DEFAULT_STANDARD,
    judged: bool = False,
    pupils_per_teacher: Mapping[str, float] | None = None,
    store: Store | None = None,
) -> Forecast:
    """Forecast pupils by school and grade, with intervals from back-tests, and what follows from them.

    Args:
        data: filings of at least two school years: a dataset, file, folder, snapshot name, or the national store.
        years: how many years ahead.
        region: of a national store, what the codes of the counties begin with; ratios and intervals then come from
            their whole province.
        entry: a workbook of entrants, births, migration, closures and openings; see ``forecast_template``.
        standard: whose class sizes, and with ``judged`` whose limits, hold.
        judged: also judge each future year under today's resources: which schools fall below which limit, and when.
        pupils_per_teacher: a ratio by stage (``{"primary": 19}``); without it each school keeps today's.

    Raises:
        NoHistoryError: fewer than two school years.
        HorizonError: too many years.
        ForecastInputsRefusedError: ``entry`` has errors.
        JunhengError: the data cannot be read.
    """
    wanted = load_standard(standard)
    source = _source(data, standard, store)
    panel = _panel(source, region)
    base = panel.years[-1]
    given = read_given(Path(entry), panel) if entry else Given()
    found = forecast_panel(
        panel,
        years,
        Settings(),
        given=given,
        today=_today(source, base, region),
        limits=class_limits(wanted, date(base, 12, 31)),
        pupils_per_teacher=pupils_per_teacher or {},
        region=region,
    )
    found = replace(found, county_names=_county_names(source, base, region))
    if not judged:
        return found
    dataset = source if isinstance(source, Dataset) else source.open(base, tables_for(wanted), region=region)
    falls, coefficients = under_todays_resources(with_closures(dataset, given.closes), found, wanted)
    labels = {name: indicator.label for name, indicator in wanted.resources.items()}
    return replace(found, falls=falls, coefficients=coefficients, indicator_labels=labels)


def backtest(
    data: Dataset | NationalStore | str | Path, *, horizons: int = 5, region: str = "", store: Store | None = None
) -> Backtest:
    """Forecast from earlier years and hold it against what was filed: errors by method, horizon and size; coverage.

    Raises:
        TooShortToTestError: no two school years in a row with another after them.
        JunhengError: the data cannot be read.
    """
    source = _source(data, DEFAULT_STANDARD, store)
    panel = _panel(source, region)
    name = source.name if isinstance(source, Dataset) else source.folder.name
    return backtest_panel(panel, horizons, Settings(), name)


def forecast_template(path: str | Path) -> None:
    """Write the empty workbook of what is known of the years to come."""
    write_template(Path(path))


def _source(
    data: Dataset | NationalStore | str | Path, standard: str | Path, store: Store | None
) -> Dataset | NationalStore:
    if isinstance(data, Dataset | NationalStore):
        return data
    return load(data, standards=[standard], store=store)


def _panel(source: Dataset | NationalStore, region: str) -> Panel:
    if isinstance(source, Dataset):
        return panel_of(source)
    if not source.loads:
        raise NationEmptyError(folder=source.folder)
    years = source.years()
    if years and not any(code.startswith(region) for code in source.counties(years[-1])):
        known = "、".join(map(str, years))
        raise NationalYearMissingError(folder=source.folder, year=years[-1], region=region, known=known)
    return panel_of_nation(source, tables_for(), region=region[:2])


def _today(source: Dataset | NationalStore, base: int, region: str) -> pl.DataFrame:
    columns = ("school_code", "stage", "pupils", "classes", "teachers")
    if isinstance(source, Dataset):
        return source["stage_year"].filter(pl.col("school_year") == base).select(columns)
    table = tables_for()["stage_year"]
    return source.scan(table, [base], region=region).select(columns).collect()


def _county_names(source: Dataset | NationalStore, base: int, region: str) -> dict[str, str]:
    if isinstance(source, Dataset):
        frame = source["county"]
    else:
        frame = source.scan(tables_for()["county"], [base], region=region).collect()
    return dict(frame.select("county_code", "county_name").iter_rows())
