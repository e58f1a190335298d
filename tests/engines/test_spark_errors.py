"""What a user reads when Spark cannot do it: the step, one line, and what to do; never pages of Java."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import narwhals.stable.v2 as nw
import polars as pl
import pytest

from junheng.engine.errors import EngineNotStartedError, FilesOutOfReachError
from junheng.engine.protocol import EngineError
from junheng.engine.spark import Spark
from junheng.store.national import NationalStore
from loaded_counties import county, tables

pytestmark = pytest.mark.spark
EXAMPLE = Path(__file__).parents[2] / "examples" / "county.xlsx"


def test_a_step_that_fails_is_named_in_one_line(spark):
    dataset = county("330101", [2025])
    frames = spark.open(dataset)
    broken = frames["school"].select(number=nw.col("town").cast(nw.Int64))
    with pytest.raises(EngineError) as failed:
        spark.collect("数一数", {"schools": broken})
    said = str(failed.value)
    assert "“数一数”" in said
    assert "BIGINT" in said, "Spark's own first line"
    assert len(said.splitlines()) == 1
    assert "java" not in said.lower()


def test_a_file_that_no_worker_finds_is_told_apart_from_a_fault(spark, tmp_path):
    store = NationalStore(tmp_path)
    store.append(county("330101", [2025]))
    table = tables()["school"]
    parts = store.parts(table, [2025])
    frame = spark.scan(table, parts)
    for file in (tmp_path / "rows" / "school").rglob("*.parquet"):
        file.rename(file.with_suffix(".elsewhere"))
    with pytest.raises(FilesOutOfReachError, match="共享文件夹") as gone:
        spark.collect("读取", {"school": frame})
    assert ".parquet" in str(gone.value)
    with pytest.raises(FilesOutOfReachError):
        spark.scan(table, parts)


def test_a_table_without_files_and_a_table_without_rows_are_read_too(spark, tmp_path):
    assert spark.collect("读取", {"none": spark.scan(tables()["school"], [])})["none"].is_empty()
    dataset = county("330101", [2025])
    found = spark.collect("读取", spark.open(dataset))
    assert {name: frame.schema for name, frame in found.items()} == {n: f.schema for n, f in dataset.frames.items()}
    assert found["school"].equals(dataset["school"])


def test_a_second_spark_in_one_process_is_refused_and_says_so(spark):
    with pytest.raises(EngineNotStartedError, match="一个进程只能有一个"):
        Spark("local[1]")


def test_the_command_gives_the_same_document_as_without_spark(tmp_path):
    """``junheng judge --engine spark`` as somebody types it; nothing of Java is on the screen.

    By a checklist of few rules: what takes the time is planning them.
    """
    command = [
        str(Path(sys.executable).with_name("junheng")),
        "judge",
        str(EXAMPLE),
        "--on",
        "2025-12-31",
        "--standard",
        "CN/dabane",
        "--format",
        "json",
    ]
    settings = ("spark.driver.memory=1g", "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1")
    spark = ["--engine", "spark", "--master", "local[2]", *(word for one in settings for word in ("--conf", one))]
    done = [ran([*command, *more], tmp_path) for more in ([], spark)]
    assert [(one.returncode, one.stderr) for one in done] == [(0, ""), (0, "")]
    embedded, distributed = (json.loads(one.stdout) for one in done)
    assert differences(embedded, distributed) == []


def ran(command, folder):
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def differences(one, two, place=""):
    """Where two documents part; numbers agree to 1e-12."""
    if isinstance(one, float) and isinstance(two, float):
        return [] if one == pytest.approx(two, rel=1e-12, abs=1e-12) else [f"{place}: {one}, {two}"]
    if isinstance(one, dict) and isinstance(two, dict) and one.keys() == two.keys():
        return [found for key in one for found in differences(one[key], two[key], f"{place}/{key}")]
    if isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        return [
            found for i, pair in enumerate(zip(one, two, strict=True)) for found in differences(*pair, f"{place}/{i}")
        ]
    return [] if one == two else [f"{place}: {one}, {two}"]


REFUSED_THEN_TAKEN = """
from junheng import JunhengError, Spark
try:
    Spark("local[1]", {"spark.driver.memory": "1x"})
except JunhengError as error:
    print(error)
for memory in ("512m", "600m"):
    with Spark("local[1]", {"spark.driver.memory": memory}) as engine:
        print(engine.session.sparkContext._jvm.java.lang.Runtime.getRuntime().maxMemory() >> 20)
"""


def test_settings_that_java_refuses_are_said_in_its_own_words_and_others_hold_the_next_time(tmp_path):
    done = ran([sys.executable, "-c", REFUSED_THEN_TAKEN], tmp_path)
    refused, *memories = done.stdout.splitlines()
    assert refused.startswith("[JH-E005]")
    assert "1x" in refused
    assert [400 < int(found) <= asked for found, asked in zip(memories, (512, 600), strict=True)] == [True, True]
    assert int(memories[0]) < int(memories[1]), "each has a Java of its own"
    assert (done.returncode, done.stderr) == (0, "")


def test_polars_types_that_no_table_has_are_not_guessed(spark):
    with pytest.raises(KeyError):
        spark._send(pl.DataFrame({"when": ["12:00"]}).with_columns(pl.col("when").str.to_time("%H:%M")))
