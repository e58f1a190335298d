"""Schools that file no grades: their pupils as a whole, by how the stage goes in their county."""

from __future__ import annotations

import polars as pl

from junheng.monitoring.forecast.cohort import Past
from junheng.monitoring.forecast.credibility import raw, shrunk
from junheng.monitoring.forecast.grades import total_of_grades
from junheng.monitoring.forecast.moves import TOTAL, last, sums
from junheng.monitoring.forecast.panel import is_graded
from junheng.monitoring.forecast.settings import Settings

_KEY = ["county", "stage"]


def project_totals(past: Past, projected: pl.DataFrame, origin: int, years: int, settings: Settings) -> pl.DataFrame:
    """Pupils of the units that filed pupils but not all grades in ``origin``.

    They go as the graded schools of their county and stage; where there are none, by the damped trend of the county's
    pupils, pulled towards that of all counties.

    Args:
        projected: ``cohort.project`` of the same years.

    Returns:
        unit, year, pupils.
    """
    base = past.panel.until(origin).of_year(origin)
    ungraded = base.filter(~is_graded() & pl.col("pupils").is_not_null()).select("unit", *_KEY, "pupils")
    if ungraded.is_empty():
        return pl.DataFrame(schema={"unit": pl.UInt32, "year": pl.Int32, "pupils": pl.Float64})
    graded = base.filter(is_graded()).group_by(_KEY).agg(graded=total_of_grades().sum())
    later = projected.join(past.panel.units.select("unit", *_KEY), on="unit")
    later = later.group_by(*_KEY, "year").agg(later=total_of_grades().sum())
    grown = later.join(graded.filter(pl.col("graded") > 0), on=_KEY)
    grown = grown.select(*_KEY, "year", factor=pl.col("later") / pl.col("graded"))
    ahead = pl.DataFrame(
        [(origin + a, settings.trend(a)) for a in range(1, years + 1)],
        schema={"year": pl.Int32, "trend": pl.Float64},
        orient="row",
    )
    found = ungraded.join(ahead, how="cross").join(grown, on=[*_KEY, "year"], how="left")
    found = found.join(_trend(past, origin, settings), on=_KEY, how="left")
    factor = pl.coalesce("factor", pl.col(f"ratio_{TOTAL}").fill_null(1.0).pow(pl.col("trend")))
    return found.select("unit", "year", pupils=pl.col("pupils") * factor)


def _trend(past: Past, origin: int, settings: Settings) -> pl.DataFrame:
    recent = last(past.moved, origin, settings.growth_moves).join(past.panel.units.select("unit", *_KEY), on="unit")
    before, after = pl.col(f"from_{TOTAL}"), pl.col(f"to_{TOTAL}")
    yearly = recent.group_by(*_KEY, "year").agg(before.sum(), after.sum())
    own = sums(yearly, _KEY, [TOTAL])
    nation = raw(own.group_by("stage").agg(before.sum(), after.sum()), [TOTAL])
    found = shrunk(own, ["stage"], nation, [TOTAL])
    return found.select(*_KEY, f"ratio_{TOTAL}")
