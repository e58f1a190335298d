"""The cohort model: grades move up year by year; entrants come in below; what is closed is shared among the others."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from junheng.monitoring.forecast import intake, moves
from junheng.monitoring.forecast.given import Given, given_entrants, given_migrants
from junheng.monitoring.forecast.grades import (
    ALL_GRADES,
    FIRST,
    FOLLOWED,
    GRADES,
    JUNIOR_FIRST,
    column,
    total_of_grades,
)
from junheng.monitoring.forecast.panel import Panel, is_graded
from junheng.monitoring.forecast.progression import with_progression
from junheng.monitoring.forecast.settings import Settings

_COLUMNS = [column(grade) for grade in ALL_GRADES]


@dataclass(frozen=True)
class Past:
    """A panel with all its moves, so that forecasts from several years share them."""

    panel: Panel
    moved: pl.DataFrame = field(init=False)
    opened: pl.DataFrame = field(init=False)
    owned: pl.DataFrame = field(init=False)
    pooled: pl.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        for name, made in (
            ("moved", moves.moves(self.panel)),
            ("opened", intake.opened(self.panel)),
            ("owned", moves.own_moves(self.panel)),
            ("pooled", moves.county_moves(self.panel)),
        ):
            object.__setattr__(self, name, made)


def project(past: Past, origin: int, years: int, settings: Settings, given: Given | None = None) -> pl.DataFrame:
    """Pupils by grade for the ``years`` after ``origin``, from what was filed until then.

    Returns:
        unit, year, grade_1 … grade_9: a row per graded unit that is open; not rounded.
    """
    given = given or Given()
    state = _start(past, origin, settings)
    found = []
    for ahead in range(1, years + 1):
        state = _step(state, origin + ahead, ahead, settings, given)
        found.append(state.select("unit", pl.lit(origin + ahead, pl.Int32).alias("year"), *_COLUMNS))
    return pl.concat(found)


def _start(past: Past, origin: int, settings: Settings) -> pl.DataFrame:
    """The grades of ``origin`` with every ratio and share the steps need."""
    panel, units = past.panel.until(origin), past.panel.units
    base = panel.of_year(origin).filter(is_graded()).drop("pupils", "school_name")
    base = with_progression(base, moves.last(past.moved, origin, settings.moves), units, settings)
    about = {
        "unit": (
            intake.shares(panel, origin, settings),
            intake.own_ratios(past.owned, origin, settings),
        ),
        "county": (_leaving(panel.of_year(origin), intake.pool_ratios(past.pooled, origin, settings)),),
    }
    for key, frames in about.items():
        for frame in frames:
            base = base.join(frame, on=key, how="left", maintain_order="left")
    grown = intake.growth(past.moved, units, past.opened, settings, origin)
    base = base.join(grown, on="place", how="left", maintain_order="left")
    names = [f"{what}_{grade}" for what in ("growth", "drift") for grade in intake.ENTERED]
    ratios = [pl.when(pl.col(n).is_finite() & (pl.col(n) > 0)).then(pl.col(n)).otherwise(1.0).alias(n) for n in names]
    both = pl.col("school").is_duplicated()
    return base.with_columns(
        *ratios,
        pl.col("share_1", "share_7").fill_null(0.0),
        has_both=both,
        entrants=pl.col(column(FIRST)).sum().over("county"),
        junior_level=pl.col(column(JUNIOR_FIRST)),
    )


def _leaving(filed: pl.DataFrame, ratios: pl.DataFrame) -> pl.DataFrame:
    """``ratios`` of entrants of grade 7 raised by the primary pupils of schools that filed no grades this year.

    Their leavers are not known, and are taken to be as many among their pupils as in the schools that filed grades.
    """
    primary = filed.filter(pl.col("stage") == "primary")
    known = pl.when(is_graded()).then(total_of_grades())
    every = pl.when(is_graded()).then(total_of_grades()).otherwise(pl.col("pupils"))
    sums = primary.group_by("county").agg(known.sum().alias("known"), every.sum().alias("every"))
    factor = pl.when(pl.col("known") > 0).then(pl.col("every") / pl.col("known")).fill_null(1.0)
    return ratios.join(sums, on="county", how="left", maintain_order="left").select(
        "county", pl.col("ratio_pool") * factor
    )


def _step(state: pl.DataFrame, year: int, ahead: int, settings: Settings, given: Given) -> pl.DataFrame:
    """A year later. What is given for the year takes the place of what is projected."""
    trend, drift = settings.trend(ahead), settings.drift(ahead)
    state = state.with_columns(_first_grade(trend, drift), *_following(state), *_junior_first(state, drift))
    state = _from_here(given_entrants(state, given, year), given, year, trend, drift)
    state = given_migrants(state, given, year)
    return _without_closed(state, [school for school, closes in given.closes.items() if closes <= year])


def _from_here(state: pl.DataFrame, given: Given, year: int, trend: float, drift: float) -> pl.DataFrame:
    """Trend and shares of later years begin at what was given for this one."""
    told = {place for place, _, given_year in (*given.totals, *given.schools) if given_year == year}
    if not told:
        return state
    found = [(pl.col(column(FIRST)).sum().over("county") / pl.col("growth_1").pow(trend)).alias("entrants")]
    for grade in intake.ENTERED:
        own = pl.col(column(grade))
        share = own / own.sum().over("county") / pl.col(f"drift_{grade}").pow(drift)
        found.append(pl.when(share.is_finite()).then(share).otherwise(0.0).alias(f"share_{grade}"))
    return state.with_columns(found)


def _first_grade(trend: float, drift: float) -> pl.Expr:
    """The county's entrants by their damped trend, among the schools by share and the drift of their places."""
    weight = pl.col("share_1") * pl.col("drift_1").pow(drift)
    total = pl.col("entrants") * pl.col("growth_1").pow(trend)
    of_county = weight.sum().over("county")
    shared = pl.when(of_county > 0).then(total * weight / of_county).otherwise(0.0)
    return pl.when(pl.col("stage") == "primary").then(shared).alias(column(FIRST))


def _following(state: pl.DataFrame) -> list[pl.Expr]:
    found = []
    for grade in FOLLOWED:
        below = pl.col(column(grade - 1))
        moved = below * pl.col(f"ratio_{grade}")
        if state[f"rate_{grade}"].null_count() < state.height:
            joined = pl.col(f"rate_{grade}") * below.sum().over("county")
            moved = pl.coalesce(joined, moved)
        own = pl.col("stage") == ("primary" if grade in GRADES["primary"] else "junior")
        found.append(pl.when(own).then(moved).alias(column(grade)))
    return found


def _junior_first(state: pl.DataFrame, drift: float) -> list[pl.Expr]:
    """Grade 7: the county's leavers of grade 6; nine-year schools keep their own, the rest goes by shares."""
    is_junior = pl.col("stage") == "junior"
    leavers = pl.col(column(6))
    pool = leavers.sum().over("county") * pl.col("ratio_pool")
    own = pl.lit(None, pl.Float64)
    if state["ratio_own"].null_count() < state.height:
        at_school = leavers.max().over("school")
        own = pl.when(is_junior & pl.col("has_both")).then(at_school * pl.col("ratio_own"))
    weight = pl.when(is_junior & own.is_null()).then(pl.col("share_7") * pl.col("drift_7").pow(drift))
    kept, weights = own.sum().over("county"), weight.sum().over("county")
    scale = pl.when((kept > pool) | (weights == 0)).then(pool / kept).otherwise(1.0)
    rest = (pool - kept).clip(0.0)
    shared = pl.coalesce(own * scale, rest * weight / weights)
    # Without leavers of the county (they did not file, or learn elsewhere) the entrants stay as many.
    found = pl.when(pool > 0).then(pl.when(shared.is_finite()).then(shared).otherwise(0.0))
    return [pl.when(is_junior).then(found.otherwise(pl.col("junior_level"))).alias(column(JUNIOR_FIRST))]


def _without_closed(state: pl.DataFrame, closing: list[str]) -> pl.DataFrame:
    """Pupils of schools that close go to the others of their town, or else county, in proportion to their grades."""
    marked = state.with_columns(closed=pl.col("school_code").is_in(closing))
    if not marked["closed"].any():
        return state
    found = []
    for name in (*_COLUMNS, *(f"share_{grade}" for grade in intake.ENTERED)):
        gone = pl.when("closed").then(pl.col(name)).otherwise(0.0)
        stays = pl.when(~pl.col("closed")).then(pl.col(name)).otherwise(0.0)
        of_town = stays.sum().over("area")
        has_town = (pl.col("town") != "") & (of_town > 0)
        by_town = pl.when(has_town).then(gone.sum().over("area") / of_town).otherwise(0.0)
        of_county = stays.sum().over("county")
        homeless = pl.when(has_town).then(0.0).otherwise(gone).sum().over("county")
        by_county = pl.when(of_county > 0).then(homeless / of_county).otherwise(0.0)
        found.append((pl.col(name) * (1.0 + by_town + by_county)).alias(name))
    return marked.with_columns(found).filter(~pl.col("closed")).drop("closed")
