"""A county of six schools, its inputs and its plan, made once; the command line in a folder of its own."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import NamedTuple

import polars as pl
import pytest
from plan_inputs import write_inputs

from example import county_dataset
from junheng.cli import main
from junheng.intake.template import write_workbook

SCHOOLS = [f"990101{number:04d}" for number in (1, 2, 7, 8, 20, 21)]


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


def run_in(folder, *words):
    """What the command prints and how it ends, without the second that starting Python takes."""
    out, err, code = StringIO(), StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setenv("JUNHENG_STORE", str(folder / "store"))
        patch.setenv("COLUMNS", "200")
        patch.setattr(sys, "argv", ["junheng", *map(str, words)])
        try:
            main()
        except SystemExit as left:
            code = left.code or 0
    assert "JH-C001" not in err.getvalue()
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture
def run(tmp_path):
    def run_command(*words, check=None):
        done = run_in(tmp_path, *words)
        if check is not None:
            assert done.returncode == check, done.stderr
        return done

    return run_command


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The folder with 县.xlsx, 输入.xlsx and what was planned with them."""
    folder = tmp_path_factory.mktemp("county")
    dataset = county_dataset()
    frames = {
        name: frame.filter(pl.col("school_code").is_in(SCHOOLS)) if "school_code" in frame.columns else frame
        for name, frame in dataset.frames.items()
    }
    write_workbook(folder / "县.xlsx", dataset.tables, frames=frames)
    write_inputs(folder / "输入.xlsx")
    words = ("--inputs", "输入.xlsx", "-o", "方案.json", "--xlsx", "方案.xlsx")
    done = run_in(folder, "plan", "resources", "县.xlsx", "--on", "2025-12-31", *words)
    assert done.returncode == 0, done.stderr
    (folder / "输出.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def document(made):
    return json.loads((made / "方案.json").read_text(encoding="utf-8"))
