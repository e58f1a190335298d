"""The example county and the published worked example, judged once for all tests that look at results."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from junheng.intake.read import read_file
from junheng.standards.library import load_standard
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset
from junheng.verdict.judge import judge
from junheng.verdict.judgement import Judgement

ROOT = Path(__file__).parent.parent
COUNTY = ROOT / "examples/county.xlsx"
WORKED = ROOT / "examples/worked_example.xlsx"
DAY = date(2025, 12, 31)


@lru_cache(maxsize=1)
def county_dataset() -> Dataset:
    reading = read_file(COUNTY, load_tables())
    assert not reading.blocked
    return reading.dataset


@lru_cache(maxsize=8)
def county_judgement(standard: str = "CN/youzhi_2017", gate: str | None = None) -> Judgement:
    gated = load_standard(gate) if gate else None
    return judge(county_dataset(), load_standard(standard), DAY, gate=gated)
