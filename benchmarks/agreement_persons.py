"""Whether two answers about persons are the same: ``python -m benchmarks.agreement_persons OURS THEIRS``, two files."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl

from benchmarks.agreement import DisagreementError, difference
from benchmarks.rosters_question import AMOUNTS, KEY


def main() -> None:
    ours, theirs = (pl.read_parquet(Path(file)) for file in sys.argv[1:3])
    try:
        largest = difference(ours, theirs, KEY, AMOUNTS)
    except DisagreementError as error:
        sys.exit(f"{Path(sys.argv[2]).stem}: {error}")
    print(json.dumps({"largest": largest, "rows": ours.height}))


if __name__ == "__main__":
    main()
