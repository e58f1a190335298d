"""Reports: ``python -m benchmarks.reports [--schools 500] [--counties 100] [--reports ID …]``.

Every report on the example county, then those of one made-up county of many schools and of many counties. Each is made
in a process of its own; prints how long it takes to put together and to write as Word, PDF and Excel, how long it is,
how many figures it holds, and the most memory the process had.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import junheng
from benchmarks.county import EXAMPLE
from benchmarks.nation import dataset_of
from benchmarks.plan_counties import make_county
from benchmarks.processes import peak_mib
from junheng import workflow
from junheng.reporting.library import Maker, list_reports, load_report
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge as judge_dataset
from junheng.verdict.judgement import Judgement

DAY = "2025-12-31"
SEED = 6
HEADS = ("report", "data", "judge s", "build s", "docx s", "pdf s", "xlsx s", "pages", "rows", "figures", "MB", "MiB")


def main() -> None:
    """One line a report; with ``--one`` measure a single one, in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schools", type=int, default=500, help="of the large county")
    parser.add_argument("--counties", type=int, default=100, help="of the province")
    parser.add_argument("--reports", nargs="*", default=[], metavar="ID")
    parser.add_argument("--one", nargs=2, metavar=("ID", "DATA"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(_measured(*asked.one)))
        return
    print("| " + " | ".join(HEADS) + " |\n|" + "---|" * len(HEADS))
    for maker in list_reports():
        if maker.definition.scope == "plan" or (asked.reports and maker.id not in asked.reports):
            continue
        for data in _data(maker, asked.schools, asked.counties):
            command = [sys.executable, "-m", "benchmarks.reports", "--one", maker.id, data]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print("| " + " | ".join(str(found[head]) for head in HEADS) + " |", flush=True)


def _data(maker: Maker, schools: int, counties: int) -> list[str]:
    match maker.definition.scope:
        case "counties":
            return [f"counties:{counties}"]
        case "school":
            return ["example"]
        case _ if maker.definition.standards or maker.definition.needs.earlier:
            return ["example"]  # the made-up county files one year, for the standard of 2017
        case _:
            return ["example", f"schools:{schools}"]


def _judged(maker: Maker, data: str) -> Judgement:
    kind, _, number = data.partition(":")
    standard = maker.definition.standards[0] if maker.definition.standards else workflow.DEFAULT_STANDARD
    if kind == "example":
        return junheng.judge(EXAMPLE, standard=standard, on=DAY)
    made = dataset_of(int(number), SEED) if kind == "counties" else make_county(int(number), SEED)
    # Made-up schools now and then file what the checks refuse; the judge takes them as they are.
    return judge_dataset(made, load_standard(standard), date.fromisoformat(DAY))


def _measured(name: str, data: str) -> dict[str, object]:
    maker = load_report(name)
    start = time.perf_counter()
    judgement = _judged(maker, data)
    judged = time.perf_counter()
    school = judgement.rows["school_code"][0] if maker.definition.scope == "school" else ""
    report = workflow.report_on(judgement, name, school=school)
    found: dict[str, object] = {
        "report": name,
        "data": data,
        "judge s": round(judged - start, 2),
        "build s": round(time.perf_counter() - judged, 2),
        "figures": sum(1 for _ in report.figures()),
        "pages": "",
        "rows": "",
        "MB": 0.0,
    }
    size = 0
    with tempfile.TemporaryDirectory() as folder:
        for form in ("docx", "pdf", "xlsx"):
            found[f"{form} s"] = ""
            if form in maker.definition.formats:
                begun = time.perf_counter()
                written = workflow.write_report(report, Path(folder) / f"report.{form}")
                found[f"{form} s"] = round(time.perf_counter() - begun, 2)
                found["pages"] = written.pages or found["pages"]
                found["rows"] = written.rows if written.rows is not None else found["rows"]
                size += written.path.stat().st_size
    return found | {"MB": round(size / 1e6, 2), "MiB": round(peak_mib())}


if __name__ == "__main__":
    main()
