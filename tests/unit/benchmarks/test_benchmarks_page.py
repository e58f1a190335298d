"""The tables of a run, in both languages, from its JSON."""

from math import log

import pytest
from benchmarks.page import ENGLISH, blocks, costs, section

ROWS = {1: 100, 10: 1000, 100: 10_000, 2900: 200_000}
ON_SPARK = (1, 100, 2900)


def chinese(zh, _):
    return zh


def way(counties, name, fixed, marginal, peak):
    """A way that costs ``fixed`` seconds and ``marginal`` a row."""
    rows = ROWS[counties]
    clock = fixed + marginal * rows
    measured = {"clock": clock, "cores": 1.5 * clock, "cold": clock + 2, "loading": 1.0, "loaded": 100.0, "peak": peak}
    return {"way": name, "counties": counties, "rows": rows, **measured}


@pytest.fixture
def found():
    judge = [
        one
        for counties, rows in ROWS.items()
        for one in (
            way(counties, "whole", 0.1, 1e-5, 200 + rows * 1e-2),
            way(counties, "sql", 0.05, 5e-6, 200.0),
            way(counties, "spark", 20.0, 1e-4, 4000.0),
        )
        if one["way"] != "spark" or counties in ON_SPARK
    ]
    about = {
        "date": "2025-12-31",
        "commit": "0123456789ab",
        "quick": False,
        "cores": 2,
        "memory_gib": 20.0,
        "system": "Linux",
        "load": [0.1, 0.1, 0.1],
        "python": "3.11",
        "java": "17",
        "libraries": {"polars": "2.1.0"},
        "standard": "CN/youzhi_2017",
        "day": "2025-12-31",
        "seed": 1,
        "seconds": 1234.5,
    }
    return {"about": about, "judge": judge}


def test_both_languages_have_the_same_tables_and_headings(found):
    zh, en = ("\n\n".join(blocks(found, say)).splitlines() for say in (chinese, ENGLISH))
    for start in ("#", "|"):
        assert sum(line.startswith(start) for line in zh) == sum(line.startswith(start) for line in en) > 0


def test_fixed_and_marginal_costs(found):
    fixed, marginal = costs([one for one in found["judge"] if one["way"] == "spark"])
    assert fixed == pytest.approx(20 + 0.01)
    assert marginal == pytest.approx(1e-4)


def test_growth_between_sizes_is_given_where_both_were_measured(found):
    said = section("judge", found, ENGLISH).split("### How cost grows")[1]
    [spark] = [line.strip("| ").split(" | ") for line in said.splitlines() if "Spark local" in line]
    # 21 s for 10,000 rows, 40 s for 200,000
    assert spark[1:] == ["—", "—", f"{log(40 / 21) / log(20):.2f}", "20.010", "100.0"]


def test_ratios_are_to_sql(found):
    rows = [line.split(" | ") for line in section("judge", found, ENGLISH).splitlines() if line.startswith("| 2,900 ")]
    # 0.1 s and 2 s against 0.05 s and 1 s
    assert [row[4] for row in rows] == ["2.00 ×", "1.00 ×", f"{40 / 1.05:.2f} ×"]


def test_where_spark_pays_is_marked_as_an_estimate(found):
    said = section("judge", found, ENGLISH)
    # A row costs Spark ten times as much on 2 cores: 20 cores at full proportion.
    assert "**An estimate, not measured**: if Spark sped up" in said
    assert "at least 20 of them" in said
    # 20 GiB at 10,000 MiB a million rows are 2.048 million rows of one year, ten times the largest size.
    assert "a year of about 2.0 million rows, 10 times" in said


def test_where_a_row_is_cheaper_on_spark_the_lines_cross(found):
    for one in found["judge"]:
        if one["way"] == "spark":
            one["clock"] = 20 + 5e-6 * one["rows"]
    # 0.1 + 1e-5 n = 20 + 5e-6 n, the fixed costs taken at the smallest size
    assert "**An estimate, not measured**: the two lines cross at about 4.0 million rows" in section(
        "judge", found, ENGLISH
    )


def test_a_quick_run_says_so(found):
    found["about"]["quick"] = True
    assert "not the full measurement" in "\n".join(blocks(found, ENGLISH))
    assert "不是完整的测量" in "\n".join(blocks(found, chinese))


def test_what_a_run_does_not_prove_is_said(found):
    assert "## What a run does not prove" in "\n".join(blocks(found, ENGLISH))
