"""Import: the workbook of a county to checked tables, to a snapshot, into the national store.

``python -m benchmarks.intake SCHOOLS RUNS`` for one county's workbook; ``--load COUNTIES SEED`` for what is already
tables: so many counties of one year, appended to an empty store as one load.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import junheng
from benchmarks.nation import dataset_of
from benchmarks.plan_counties import make_county
from benchmarks.processes import peak_mib
from benchmarks.timing import seconds
from junheng.intake.template import write_workbook
from junheng.store.national import NationalStore
from junheng.store.snapshot import Store

SEED = 8


def main() -> None:
    with TemporaryDirectory() as scratch:
        if sys.argv[1] == "--load":
            found = loading(int(sys.argv[2]), int(sys.argv[3]), Path(scratch))
        else:
            found = workbook(int(sys.argv[1]), int(sys.argv[2]), Path(scratch))
    print(json.dumps(found | {"peak": peak_mib()}))


def workbook(schools: int, runs: int, scratch: Path) -> dict[str, object]:
    """Read and check the workbook of so many schools; commit what it holds; add it to a store."""
    dataset, book = make_county(schools, SEED), scratch / "county.xlsx"
    write_workbook(book, dataset.tables, frames=dataset.frames)
    read = junheng.check(book).dataset
    homes = new_folders(scratch)
    steps = {
        "check": lambda: junheng.check(book),
        "commit": lambda: Store(next(homes)).commit(read),
        "append": lambda: NationalStore(next(homes)).append(read),
    }
    found = {name: dict(zip(("clock", "cores"), seconds(step, runs), strict=True)) for name, step in steps.items()}
    filed = sum(frame.height for frame in read.frames.values())
    return {"schools": schools, "filed": filed, "bytes": book.stat().st_size, "steps": found}


def loading(counties: int, seed: int, scratch: Path) -> dict[str, object]:
    dataset = dataset_of(counties, seed)
    homes = new_folders(scratch)

    def append() -> None:
        home = next(homes)
        NationalStore(home).append(dataset)
        shutil.rmtree(home)

    clock, cores = seconds(append, 1)
    filed = sum(frame.height for frame in dataset.frames.values())
    return {"counties": counties, "filed": filed, "clock": clock, "cores": cores}


def new_folders(scratch: Path) -> Iterator[Path]:
    """What is there already is not written again: each time another one."""
    return (scratch / f"store-{number}" for number in count())


if __name__ == "__main__":
    main()
