"""The seven and the eight as hand-written SQL: the same values, means and differences, blanks included."""

from __future__ import annotations

import pytest
from hypothesis import given

from engines import oracle
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge
from strategies import DAY, YEAR, counties


@pytest.mark.parametrize("name", list(oracle.SCRIPTS))
@given(dataset=counties(load_standard("CN/youzhi_2017"), max_counties=10))
def test_the_sql_written_by_hand_gives_the_same_values_and_differences(name, dataset):
    judgement = judge(dataset, load_standard(name), DAY, year=YEAR)
    values, balance = oracle.ask(dataset, name, YEAR)

    rows = {(r["county_code"], r["school_code"], r["stage"]): r for r in judgement.rows.iter_rows(named=True)}
    assert {(v["county_code"], v["school_code"], v["stage"]) for v in values} == rows.keys()
    for found in values:
        row = rows[found["county_code"], found["school_code"], found["stage"]]
        place = f"{found['school_code']} {found['stage']} {found['indicator']}"
        assert (row["left_out"] is None) == found["counts"], place
        assert agree(row[f"{found['indicator']}__value"], found["x"]), place

    own = {(r["county_code"], r["stage"], r["indicator"]): r for r in judgement.balance.iter_rows(named=True)}
    own = {key: row for key, row in own.items() if key[2] != "composite"}
    assert {(b["county_code"], b["stage"], b["indicator"]) for b in balance} == own.keys()
    for found in balance:
        key = found["county_code"], found["stage"], found["indicator"]
        assert (own[key]["schools"], own[key]["absent"]) == (found["schools"], found["absent"]), key
        for measure in ("mean", "sd", "cv", "plain_cv"):
            assert agree(own[key][measure], found[measure], size=found["mean"] or 0), f"{key} {measure}"


def agree(ours: float | None, theirs: float | None, size: float = 0) -> bool:
    """Equal to 1e-12, and absent together; ``size`` is that of the numbers a deviation is the difference of."""
    if ours is None or theirs is None:
        return ours is None and theirs is None
    return ours == pytest.approx(theirs, rel=1e-12, abs=1e-12 * max(abs(size), 1e-3))
