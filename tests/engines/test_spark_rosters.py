"""Rosters are summed the same on Spark as here, blanks and persons of two schools included."""

import polars as pl
import pytest

from junheng.engine.embedded import Embedded
from junheng.indicators.rosters import roster_sums
from junheng.tables.dataset import Part
from small_roster import TABLES, a_class, any_roster, rosters

pytestmark = [pytest.mark.spark, pytest.mark.slow]


def parts(tmp_path, dataset):
    """The rosters as files of a national store: by table, in several files."""
    found = {}
    for name in ("teacher", "class"):
        frame = dataset[name].with_columns(county_code=pl.lit("330106"))
        for number, rows in enumerate((frame[::2], frame[1::2])):
            rows.write_parquet(tmp_path / f"{name}{number}.parquet")
        found[name] = [Part(str(tmp_path / f"{name}{number}.parquet")) for number in range(2)]
    return found


def test_spark_sums_rosters_alike(spark, tmp_path):
    people = any_roster(1)["teacher"]
    classes = rosters(classes=[a_class(n, 20 + n if n % 7 else None, 1 + n % 6, "AB"[n % 2]) for n in range(60)])
    dataset = rosters(*people.to_dicts(), classes=classes["class"].to_dicts())
    scanned = parts(tmp_path, dataset)
    found = [
        roster_sums({name: engine.scan(TABLES[name], own) for name, own in scanned.items()}, TABLES, engine)
        for engine in (Embedded("streaming"), spark)
    ]
    for name in ("stages", "schools", "twice"):
        here, there = (getattr(sums, name) for sums in found)
        assert here.height
        assert here.equals(there.select(here.columns)), name
