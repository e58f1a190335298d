"""Choosing an engine: what is missing is said before anything is computed, and how to get it."""

from __future__ import annotations

import stat
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import junheng
from junheng.cli import cli
from junheng.engine import session
from junheng.engine.choose import engine_for
from junheng.engine.embedded import Embedded
from junheng.engine.errors import EngineNotStartedError, JavaMissingError, SparkMissingError

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "county.xlsx")


def spark(*more):
    command = ["judge", EXAMPLE, "--on", "2025-12-31", *more]
    return CliRunner().invoke(cli, command, catch_exceptions=True)


def java_saying(folder, words):
    """A JAVA_HOME whose java says this of itself."""
    java = folder / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{words}' >&2\n")
    java.chmod(java.stat().st_mode | stat.S_IXUSR)
    return folder


def test_the_embedded_engine_is_the_default():
    with engine_for() as engine:
        assert isinstance(engine, Embedded)


def test_an_engine_can_be_given_to_the_verb_of_the_library():
    class Counting(Embedded):
        steps = ()

        def collect(self, step, frames):
            self.steps += (step,)
            return super().collect(step, frames)

    engine = Counting()
    judgement = junheng.judge(EXAMPLE, on=date(2025, 12, 31), engine=engine)
    assert "计算指标" in engine.steps
    assert judgement.outcome() == junheng.judge(EXAMPLE, on="2025-12-31").outcome()


@pytest.mark.parametrize("module", ["pyspark", "pyarrow"])
def test_without_the_packages_the_extra_is_named(monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SparkMissingError, match=r"pip install 'junheng\[spark\]'"):
        junheng.Spark()
    done = spark("--engine", "spark")
    assert isinstance(done.exception, SparkMissingError) or "JH-E003" in done.output


def test_without_java_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(JavaMissingError, match="openjdk-17-jre-headless"):
        junheng.Spark()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    with pytest.raises(JavaMissingError, match="JAVA_HOME"):
        junheng.Spark()


@pytest.mark.parametrize(
    ("words", "number"), [('openjdk version "11.0.2" 2019-01-15', "11"), ('java version "1.8.0_402"', "8")]
)
def test_a_java_that_is_too_old_is_named(monkeypatch, tmp_path, words, number):
    monkeypatch.setenv("JAVA_HOME", str(java_saying(tmp_path, words)))
    with pytest.raises(JavaMissingError, match=f"是 Java {number}。"):
        junheng.Spark()


@pytest.mark.parametrize("master", ["spark://127.0.0.1:1", "spark://no-such-host.invalid:7077", "spark://:::"])
def test_a_master_that_does_not_answer_is_said_at_once(monkeypatch, tmp_path, master):
    monkeypatch.setenv("JAVA_HOME", str(java_saying(tmp_path, 'openjdk version "17.0.15" 2025-04-15')))
    with pytest.raises(EngineNotStartedError, match="连不上主节点"):
        junheng.Spark(master)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--master", "local[2]"), "请同时写 --engine spark"),
        (("--conf", "spark.driver.memory=2g"), "请同时写 --engine spark"),
        (("--engine", "spark", "--conf", "spark.driver.memory"), "名称=值"),
        (("--engine", "spark", "--conf", "driver.memory=2g"), "spark.名称=值"),
        (("--engine", "flink"), "--engine"),
    ],
)
def test_options_that_do_not_fit_are_refused(options, said):
    done = spark(*options)
    assert done.exit_code == 2
    assert said in done.output


def test_what_java_says_comes_without_the_names_of_its_classes():
    said = 'Exception in thread "main" org.apache.spark.SparkException: Master must be yarn or start with spark'
    assert session._said(["Using defaults", said + ".", "\tat org.apache.spark.X"]) == said.split(": ", 1)[1]
    assert session._said(["Invalid initial heap size: -Xms1x"]) == "Invalid initial heap size: -Xms1x"
