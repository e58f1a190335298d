"""Spark on a cluster of real processes gives what the embedded engine, the oracle and the second opinion give."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import polars as pl
import pytest

import reference
from engines import oracle
from engines.agreement import TOLERANCE, disagreements
from engines.test_oracle import agree
from junheng.standards.library import load_standard
from junheng.store.national import NationalStore
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from strategies import DAY, YEAR, CountyShape, county_dataset, tables_of

pytestmark = pytest.mark.spark

EVERY_KIND = load_standard(Path(__file__).parent / "every_kind")
QUALITY = load_standard("CN/youzhi_2017")
AIMS, BLANKS, FILED = ("mixed", "edge", "good", "twins"), (0.0, 0.01, 0.15), (1.0, 0.9, 0.5)


def random_counties(standard, seed, count):
    """Counties of every aim and of every share of blanks, with campuses, splits and schools that opened or closed."""
    random = Random(seed)
    shapes = [
        CountyShape(
            seed=random.getrandbits(32),
            aim=AIMS[number % len(AIMS)],
            blank=BLANKS[number % len(BLANKS)],
            filed=random.choice(FILED),
            schools=tuple(random.getrandbits(32) for _ in range(random.randint(0, 9))),
        )
        for number in range(count)
    ]
    return county_dataset(standard, shapes)


def assert_same(found, expected):
    """Outcomes, absences and counts alike; values to 1e-12 of the numbers that went in."""
    for name in ("counties", "parts", "items", "checks"):
        assert_frames_agree(getattr(found, name), getattr(expected, name))
    for name in ("rows", "balance"):
        assert_frames_agree(getattr(found, name), getattr(expected, name))
    for level in ("school", "county_stage", "county"):
        assert_frames_agree(found.judged_checks.of(level), expected.judged_checks.of(level))
    assert found.computed.members.equals(expected.computed.members)


def assert_frames_agree(found: pl.DataFrame, expected: pl.DataFrame) -> None:
    assert found.columns == expected.columns
    for column in expected.columns:
        if expected[column].dtype != pl.Float64:
            assert found[column].equals(expected[column]), column
            continue
        size = expected["mean"].fill_null(0) if column == "sd" else pl.lit(0.0)
        both = pl.DataFrame({"a": found[column], "b": expected[column]})
        near = (pl.col("a") - pl.col("b")).abs() <= TOLERANCE * pl.max_horizontal(pl.col("b").abs(), size)
        apart = both.filter(~(near | pl.col("a").eq_missing(pl.col("b"))).fill_null(False))
        assert apart.is_empty(), f"{column}: {apart}"


def test_every_kind_of_computation_agrees_with_the_second_opinion(spark):
    dataset = random_counties(EVERY_KIND, 1, 24)
    judgement = judge(dataset, EVERY_KIND, DAY, engine=spark)
    assert disagreements(judgement, reference.second_opinion(dataset, EVERY_KIND, DAY)) == []
    assert_same(judgement, judge(dataset, EVERY_KIND, DAY))


def test_a_store_that_workers_read_gives_what_every_other_way_gives(spark, tmp_path):
    """Two loads: the second has a column that the first did not have, and replaces a county."""
    column, tables = "multimedia_classrooms", tables_of(QUALITY)
    first, second = random_counties(QUALITY, 2, 24), random_counties(QUALITY, 3, 8)
    school_year = tables["school_year"]
    older = replace(school_year, columns={n: c for n, c in school_year.columns.items() if n != column})
    store = NationalStore(tmp_path / "全国库[2025]")  # to Spark, brackets make a pattern
    store.append(
        Dataset(
            replace(tables, tables={**tables.tables, "school_year": older}),
            {**first.frames, "school_year": first["school_year"].drop(column)},
        )
    )
    store.append(Dataset(tables, second.frames))
    dataset = store.open(YEAR, tables)
    assert any(part.without for part in dataset.parts["school_year"]), "a county was replaced"
    assert dataset["school_year"][column].null_count() > dataset["school_year"].height / 3, "a column was gained"

    read = spark.collect("读取", spark.open(dataset))
    for name, frame in dataset.frames.items():
        assert read[name].sort(tables[name].key).equals(frame), name
    for region in ("32", "320003", "99"):
        parts = store.parts(school_year, [YEAR], region=region)
        found = spark.collect("读取", {"rows": spark.scan(school_year, parts)})["rows"]
        own = store.scan(school_year, [YEAR], region=region).collect()
        assert found.sort(school_year.key).equals(own.sort(school_year.key)), region

    judgement = judge(dataset, QUALITY, DAY, year=YEAR, engine=spark)
    assert disagreements(judgement, reference.second_opinion(dataset, QUALITY, DAY)) == []
    assert_same(judgement, judge(dataset, QUALITY, DAY, year=YEAR))
    values, balance = oracle.ask(dataset, QUALITY.id, YEAR)
    rows = {(r["county_code"], r["school_code"], r["stage"]): r for r in judgement.rows.iter_rows(named=True)}
    assert len(values) == len(rows) * len(QUALITY.resources)
    for found in values:
        row = rows[found["county_code"], found["school_code"], found["stage"]]
        assert agree(row[f"{found['indicator']}__value"], found["x"]), found
    own = {(r["county_code"], r["stage"], r["indicator"]): r for r in judgement.balance.iter_rows(named=True)}
    for found in balance:
        row = own[found["county_code"], found["stage"], found["indicator"]]
        assert (row["schools"], row["absent"]) == (found["schools"], found["absent"]), found
        assert all(agree(row[m], found[m], size=found["mean"] or 0) for m in ("mean", "sd", "cv", "plain_cv")), found


class LosesAWorker:
    """The engine, one of whose workers is killed while the last step runs, after it has done tasks of that step."""

    name = "spark"

    def __init__(self, engine, worker):
        self.engine, self.worker = engine, worker
        self.open, self.scan, self.keep = engine.open, engine.scan, engine.keep
        self.done_when_killed = self.done_before = None

    def executor(self):
        """What Spark counts of the executor that the worker started, by the port of the worker's pages in its logs."""
        known = self.engine.session.sparkContext._jsc.sc().statusStore().executorList(False)
        every = [known.apply(number) for number in range(known.size())]
        return next(one for one in every if f":{self.worker.page}/" in one.executorLogs().toString())

    def collect(self, step, frames):
        if step != "计算指标":
            return self.engine.collect(step, frames)
        self.done_before = self.executor().completedTasks()
        killer = threading.Thread(target=self.kill_once_it_works)
        killer.start()
        results = self.engine.collect(step, frames)
        still_waiting = killer.is_alive()
        killer.join()
        assert not still_waiting, "the worker was killed before the step ended"
        return results

    def kill_once_it_works(self):
        until = time.monotonic() + 120
        while self.executor().completedTasks() < self.done_before + 2 and time.monotonic() < until:
            time.sleep(0.02)
        self.done_when_killed = self.executor().completedTasks()
        self.worker.kill()


def test_a_worker_that_dies_in_the_middle_changes_nothing(spark, spark_cluster):
    dataset = random_counties(QUALITY, 4, 24)
    engine = LosesAWorker(spark, spark_cluster.workers[0])
    judgement = judge(dataset, QUALITY, DAY, engine=engine)
    assert engine.done_before > 0, "it had computed rows that later steps start from"
    assert engine.done_when_killed >= engine.done_before + 2, "it was at work on the last step"
    assert spark_cluster.workers[0].server.poll() is not None
    assert not engine.executor().isActive()
    assert disagreements(judgement, reference.second_opinion(dataset, QUALITY, DAY)) == []
    assert_same(judgement, judge(dataset, QUALITY, DAY))
