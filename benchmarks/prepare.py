"""Make counties, keep them as a snapshot, and hold all answers against each other before anything is timed.

``python -m benchmarks.prepare COUNTIES SEED RUNS STORE``; no counties means the example county.
"""

from __future__ import annotations

import json
import shutil
import sys
from itertools import count
from pathlib import Path

import polars as pl

from benchmarks.agreement import largest_difference
from benchmarks.contender import CONTENDERS, load
from benchmarks.generate import make_counties
from benchmarks.judge import opened
from benchmarks.question import YEAR
from benchmarks.timing import seconds
from junheng import check
from junheng.store.snapshot import Store
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset

EXAMPLE = Path(__file__).parents[1] / "examples/county.xlsx"


def dataset_of(counties: int, seed: int) -> Dataset:
    if not counties:
        return check(EXAMPLE).dataset
    tables = load_tables()
    frames = {name: tables[name].empty() for name in tables.tables} | make_counties(counties, seed)
    return Dataset(tables, frames)


def commit_times(dataset: Dataset, store: Path, runs: int) -> float:
    """Each time into an empty store: what is there already is not written again."""
    drafts = (store / f"timed-{number}" for number in count())
    median, _ = seconds(lambda: Store(next(drafts)).commit(dataset), runs)
    for draft in store.glob("timed-*"):
        shutil.rmtree(draft)
    return median


def main() -> None:
    counties, seed, runs, store = *(int(word) for word in sys.argv[1:4]), Path(sys.argv[4])
    dataset = dataset_of(counties, seed)
    commit = commit_times(dataset, store, runs)
    folder = store / Store(store).commit(dataset).snapshot
    open_, _ = seconds(lambda: opened(folder), runs)
    answers = {}
    for name in CONTENDERS:
        contender = load(name, folder)
        contender.run()
        answers[name] = contender.answer()
    rows, _ = answers["whole"]
    found = {
        "folder": str(folder),
        "counties": max(counties, 1),
        "schools": dataset["school_year"].filter(pl.col("school_year") == YEAR).height,
        "rows": rows.height,
        "filed": sum(frame.height for frame in dataset.frames.values()),
        "bytes": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        "commit": commit,
        "open": open_,
        "difference": max(largest_difference(answers["whole"], answer) for answer in answers.values()),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
