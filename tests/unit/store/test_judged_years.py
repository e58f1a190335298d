"""What was judged is kept beside the store: whole or not at all, one version a year for whoever reads."""

import polars as pl
import pytest

from junheng.store.errors import JudgedUnreadableError
from junheng.store.judged import About, JudgedYears


def about(year=2025, state="a"):
    return About("CN/youzhi_2017", year, f"{year}-12-31", state, "0.1", "embedded", "c")


def rows(**columns):
    return {"counties": pl.DataFrame({"county_code": ["330101"], **columns})}


@pytest.fixture
def kept(tmp_path):
    return JudgedYears(tmp_path)


def test_the_latest_judgement_of_each_year_is_what_is_read(kept):
    for state in "abcd":
        kept.keep(about(state=state), rows(state=[state]))
    kept.keep(about(2024), rows(state=["z"]))
    assert [(entry.year, entry.state) for entry in kept.years("CN/youzhi_2017")] == [(2024, "a"), (2025, "d")]
    assert kept.frame("CN/youzhi_2017", "counties").collect()["state"].to_list() == ["z", "d"]
    assert kept.standards() == ["CN/youzhi_2017"]


def test_who_is_reading_the_former_version_can_finish_and_older_ones_are_gone(kept):
    kept.keep(about(), rows(state=["a"]))
    reading = kept.frame("CN/youzhi_2017", "counties")
    kept.keep(about(), rows(state=["b"]))
    assert reading.collect()["state"].to_list() == ["a"]
    kept.keep(about(), rows(state=["c"]))
    assert len(list(kept.folder.glob("*/year=2025/*"))) == 2


def test_an_interrupted_judgement_leaves_the_former_one(kept, monkeypatch):
    kept.keep(about(state="a"), rows(state=["a"]))

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(OSError, match="No space"):
        kept.keep(about(state="b"), rows(state=["b"]))
    assert [entry.state for entry in kept.years("CN/youzhi_2017")] == ["a"]
    assert len(list(kept.folder.glob("*/year=2025/*"))) == 1


def test_columns_that_a_year_lacks_are_blank(kept):
    kept.keep(about(2024), rows())
    kept.keep(about(2025), rows(pupils=[5]))
    assert kept.frame("CN/youzhi_2017", "counties").collect()["pupils"].to_list() == [None, 5]


def test_what_does_not_read_is_said_with_what_to_do(kept):
    kept.keep(about(), rows())
    next(kept.folder.rglob("about.json")).write_text("{", encoding="utf-8")
    with pytest.raises(JudgedUnreadableError, match="nation judge --again"):
        kept.years("CN/youzhi_2017")
