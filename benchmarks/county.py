"""The example county, warm, in one process: ``python -m benchmarks.county RUNS SNAPSHOT``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import junheng
from benchmarks.contender import peak_mib
from benchmarks.judge import opened
from benchmarks.prepare import EXAMPLE
from benchmarks.question import DAY
from benchmarks.timing import seconds


def steps(snapshot: Path, scratch: Path) -> dict[str, Callable[[], object]]:
    dataset = opened(snapshot)
    judgement = junheng.judge(dataset, on=DAY)
    document = junheng.result_document(judgement)
    return {
        "check the workbook (read it, run every check)": lambda: junheng.check(EXAMPLE),
        "judge": lambda: junheng.judge(dataset, on=DAY),
        "full reasons of the county": lambda: junheng.explain(judgement),
        "judge with full reasons": lambda: junheng.explain(junheng.judge(dataset, on=DAY)),
        "result document": lambda: junheng.result_document(judgement),
        "result document as JSON text": document.model_dump_json,
        "result book (.xlsx)": lambda: junheng.write_result_book(judgement, scratch / "book.xlsx"),
    }


def main() -> None:
    runs, snapshot = int(sys.argv[1]), Path(sys.argv[2])
    with TemporaryDirectory() as scratch:
        found = {name: seconds(call, runs) for name, call in steps(snapshot, Path(scratch)).items()}
    print(json.dumps({"steps": found, "peak": peak_mib()}))


if __name__ == "__main__":
    main()
