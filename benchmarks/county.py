"""The example county, warm, in one process: ``python -m benchmarks.county RUNS``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import junheng
from benchmarks.processes import ROOT, peak_mib
from benchmarks.question import DAY
from benchmarks.timing import seconds

EXAMPLE = ROOT / "examples/county.xlsx"


def steps(scratch: Path) -> dict[str, Callable[[], object]]:
    dataset = junheng.load(EXAMPLE)
    judgement = junheng.judge(dataset, on=DAY)
    document = junheng.result_document(judgement)
    return {
        "check": lambda: junheng.check(EXAMPLE),
        "judge": lambda: junheng.judge(dataset, on=DAY),
        "reasons": lambda: junheng.explain(judgement),
        "judge_and_reasons": lambda: junheng.explain(junheng.judge(dataset, on=DAY)),
        "document": lambda: junheng.result_document(judgement),
        "document_text": document.model_dump_json,
        "book": lambda: junheng.write_result_book(judgement, scratch / "book.xlsx"),
    }


def main() -> None:
    runs = int(sys.argv[1])
    with TemporaryDirectory() as scratch:
        found = {name: seconds(call, runs) for name, call in steps(Path(scratch)).items()}
    named = {name: {"clock": clock, "cores": cores} for name, (clock, cores) in found.items()}
    print(json.dumps({"steps": named, "peak": peak_mib()}))


if __name__ == "__main__":
    main()
