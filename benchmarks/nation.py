"""The synthetic nations that everything is measured on: made once by ``examples.synthetic_nation``, kept in ``build/``.

``python -m benchmarks.nation FOLDER COUNTIES SEED YEARS TEACHERS``: years with commas, and of which to write teachers
person by person (``-`` for none). Prints what is there; made anew only where the generator or what is asked changed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from time import perf_counter

import polars as pl
from examples.synthetic_nation import counties_of, filings, make_nation

from benchmarks.processes import ROOT, peak_mib
from benchmarks.question import YEAR, files
from benchmarks.rosters_question import teacher_files
from junheng.tables.dataset import Dataset

GENERATOR = ROOT / "examples/synthetic_nation"


def main() -> None:
    folder, counties, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    years, teachers = ([int(year) for year in words.split(",") if year != "-"] for words in sys.argv[4:6])
    print(json.dumps(there(folder, counties, seed, years, teachers)))


def there(folder: Path, counties: int, seed: int, years: list[int], teachers: list[int]) -> dict[str, object]:
    asked = {"counties": counties, "seed": seed, "years": years, "teachers": teachers, "generator": _generator()}
    about = folder / "made.json"
    if about.exists():
        known: dict[str, object] = json.loads(about.read_text(encoding="utf-8"))
        if all(known[name] == value for name, value in asked.items()):
            return known
    shutil.rmtree(folder, ignore_errors=True)
    began = perf_counter()
    make_nation(folder, counties=counties, years=years, seed=seed, teachers=teachers)
    known = asked | {
        "rows": sum(_rows(files(folder, "stage_year", year)) for year in years),
        "persons": sum(_rows(teacher_files(folder, year)) for year in teachers),
        "bytes": sum(file.stat().st_size for file in folder.rglob("*.parquet")),
        "seconds": perf_counter() - began,
        "peak": peak_mib(),
    }
    about.write_text(json.dumps(known), encoding="utf-8")
    return known


def dataset_of(counties: int, seed: int, year: int = YEAR) -> Dataset:
    """Counties of one school year as one dataset, without a store."""
    made = [
        filing.dataset
        for province, codes in counties_of(counties).items()
        for filing in filings(province, codes, [year], seed)
    ]
    tables = made[0].tables
    together = {name: pl.concat([one[name] for one in made]).sort(tables[name].key) for name in made[0].frames}
    return Dataset(tables, together)


def _generator() -> str:
    digest = hashlib.sha256()
    for file in sorted(GENERATOR.rglob("*")):
        if file.suffix in (".py", ".csv", ".yaml"):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _rows(parts: list[Path]) -> int:
    return int(pl.scan_parquet(parts).select(pl.len()).collect().item()) if parts else 0


if __name__ == "__main__":
    main()
