"""The ways that are timed beside ours, held against it on a small nation: SQL, pandas, exact fractions."""

import json
import random
import sys
from dataclasses import replace

import polars as pl
import pytest
from benchmarks import agreement_nation
from benchmarks.agreement import DisagreementError
from benchmarks.judge import WholeVerdict
from benchmarks.rosters_question import AMOUNTS, COLUMNS

from junheng.store.national import NationalStore
from junheng.tables.catalogue import roster_tables
from junheng.tables.dataset import Dataset

YEAR = 2025


def agree(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["agreement_nation", *map(str, words)])
    agreement_nation.main()


def test_the_command_holds_every_way_against_ours(nation, monkeypatch, capsys):
    agree(monkeypatch, nation, "--exact", YEAR)
    years = json.loads(capsys.readouterr().out)["years"]
    assert [year["year"] for year in years] == [2024, YEAR]
    assert all(year["counties"] == 3 and sum(year["verdicts"].values()) == 3 for year in years)
    assert all(year["ways"][way]["largest"] < 1e-12 for year in years for way in ("sql", "pandas"))
    assert years[1]["ways"]["exact"]["values"] > 100 * 3
    assert "exact" not in years[0]["ways"]


def test_the_command_ends_with_the_place_where_a_way_differs(nation, monkeypatch):
    answer = WholeVerdict.answer

    def one_more_pupil(contender):
        rows, balance = answer(contender)
        return rows.with_columns(pl.col("pupils") + (pl.int_range(pl.len()) == 0)), balance

    monkeypatch.setattr(WholeVerdict, "answer", one_more_pupil)
    with pytest.raises(SystemExit) as ended:
        agree(monkeypatch, nation, "--years", YEAR)
    assert "pupils differs in 1 rows" in str(ended.value)


@pytest.mark.parametrize("frame", ["rows", "balance", "checks", "items", "parts", "counties"])
def test_two_judgements_differ_wherever_an_outcome_does(nation, frame):
    ours = WholeVerdict(nation, YEAR)
    ours.run()
    judgement = ours.judgement
    assert agreement_nation.judgements_apart(judgement, judgement) == 0
    first = pl.int_range(pl.len()) == 0
    other = getattr(judgement, frame).with_columns(
        outcome=pl.when(first).then(pl.lit("another")).otherwise(pl.col("outcome"))
    )
    with pytest.raises(DisagreementError, match="outcome differs in 1 rows"):
        agreement_nation.judgements_apart(judgement, replace(judgement, **{frame: other}))


def roster(persons, schools, seed):
    """Persons of two stages with blanks; some are listed by several schools, or twice by one."""
    chance, schema = random.Random(seed), roster_tables()["teacher"].schema
    codes = [f"330101{number:04d}" for number in range(schools)]

    def one_of(*words):
        return None if chance.random() < 0.002 else chance.choice(words)

    rows = [
        {
            **dict.fromkeys(schema),
            "school_year": YEAR,
            "staff_no": f"{number:012d}",
            "school_code": chance.choice(codes),
            "at_school_since": one_of(2010, 2011, 2012),
            "attendance": one_of("own", "own", "own", "rotated", "visiting"),
            "post": one_of("fulltime", "fulltime", "worker"),
            "on_post": one_of(True, True, False),
            "stage": one_of("primary", "junior", "senior"),
            "subject": one_of("pe", "arts", "chinese", "music"),
            "degree": one_of("doctor", "bachelor", "secondary", "below_secondary"),
            "title": one_of("middle", "senior", "professor", "none"),
            "backbone_level": one_of("no", "school", "county", "nation"),
            "certificate": one_of(True, False),
            "training_hours": one_of(300, 360, 400),
        }
        for number in range(persons)
        for _ in range(2 if chance.random() < 0.01 else 1)
    ]
    frame = pl.DataFrame(rows, schema=schema).unique(["staff_no", "school_code"], maintain_order=True)
    homes = pl.DataFrame({"school_code": codes, "county_code": [code[:6] for code in codes]})
    return frame.sort(roster_tables()["teacher"].key), homes


def test_persons_are_counted_the_same_by_all(tmp_path):
    frame, homes = roster(4000, 40, seed=3)
    assert set(COLUMNS) <= set(frame.columns)
    NationalStore(tmp_path).append(Dataset(roster_tables(), {"teacher": frame}), homes=homes, kind="teacher")
    found = agreement_nation.persons_agreement(tmp_path, YEAR, spark=False)
    assert found["rows"] == 80, "小学 and 初中 of every school"
    assert found["ways"] == {"sql": {"largest": 0.0}, "pandas": {"largest": 0.0}}


def test_what_is_held_against_each_other_has_amounts_and_blanks(tmp_path):
    from benchmarks.rosters import Rosters

    frame, homes = roster(4000, 40, seed=3)
    NationalStore(tmp_path).append(Dataset(roster_tables(), {"teacher": frame}), homes=homes, kind="teacher")
    counted = Rosters(tmp_path, YEAR)
    counted.run()
    amounts = counted.answer()[0].select(AMOUNTS)
    known = sum(amounts.select(pl.all().is_not_null().sum()).row(0))
    assert 0.2 < known / (amounts.height * len(AMOUNTS)) < 0.95
