"""The physical floor: how long the bytes of a task take to be read, and to be turned into columns.

``python -m benchmarks.floor NATION YEARS TABLES RUNS``, years and tables with commas between. Cold means that the
system was asked to forget the files (posix_fadvise), which needs no rights; a disk may still have them in memory.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from time import perf_counter

import polars as pl

from benchmarks.processes import peak_mib
from benchmarks.question import files
from benchmarks.rosters_question import teacher_files
from benchmarks.timing import seconds

BLOCK = 2**20


def main() -> None:
    nation, years, tables, runs = Path(sys.argv[1]), sys.argv[2].split(","), sys.argv[3].split(","), int(sys.argv[4])
    found = {table: [file for year in years for file in filed(nation, table, int(year))] for table in tables}
    every = [file for group in found.values() for file in group]
    cold = []
    for _ in range(runs):
        forget(every)
        began = perf_counter()
        read(every)
        cold.append(perf_counter() - began)
    warm, _ = seconds(lambda: read(every), runs)
    decoding, cores = seconds(lambda: decode(found.values()), runs)
    print(
        json.dumps(
            {
                "bytes": sum(file.stat().st_size for file in every),
                "files": len(every),
                "cold": median(cold),
                "warm": warm,
                "decode": decoding,
                "cores": cores,
                "peak": peak_mib(),
            }
        )
    )


def filed(nation: Path, table: str, year: int) -> list[Path]:
    """The files of a table of filings, or of the persons."""
    return teacher_files(nation, year) if table == "teacher" else files(nation, table, year)


def forget(every: list[Path]) -> None:
    """Ask the system to drop the files from its memory."""
    for file in every:
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)  # what is not yet on the disk stays in memory
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(handle)


def read(every: list[Path]) -> None:
    buffer = bytearray(BLOCK)
    for file in every:
        with file.open("rb", buffering=0) as opened:
            while opened.readinto(buffer):
                pass


def decode(groups: Iterable[list[Path]]) -> None:
    """All columns of each table, one table after the other, by Polars on all cores."""
    for group in groups:
        if group:
            pl.concat([pl.scan_parquet(file) for file in group], how="diagonal_relaxed").collect()


if __name__ == "__main__":
    main()
