"""Tables that change over the years: what was stored before opens with what is asked today."""

from dataclasses import replace

import polars as pl
import pytest

from junheng.store.compacting import compact
from junheng.store.errors import SchemaUnfitError
from junheng.store.national import NationalStore
from junheng.tables.catalogue import load_tables
from junheng.tables.model import ColumnType
from loaded_counties import county, county_rows, dataset, tables


@pytest.fixture
def store(tmp_path):
    return NationalStore(tmp_path / "nation")


def changed(table, columns):
    """The tables of today with other columns in one of them."""
    own = tables()
    return replace(own, tables={**own.tables, table: replace(own[table], columns=columns)})


def with_column(name, kind=ColumnType.COUNT):
    columns = tables()["stage_year"].columns
    return changed("stage_year", {**columns, name: replace(columns["pupils"], name=name, type=kind)})


def test_a_column_gained_later_is_blank_in_what_was_stored_before(store):
    store.append(county("330101", [2025], schools=1))
    wider = with_column("chess_boards")
    rows = county_rows("330102", [2025], schools=1)
    rows["stage_year"][0]["chess_boards"] = 32
    store.append(dataset(rows, wider))
    opened = store.open(2025, wider)["stage_year"]
    assert opened["chess_boards"].to_list() == [None, 32]
    assert opened.schema == wider["stage_year"].schema


def test_a_column_that_is_no_longer_known_is_left_alone(store):
    wider = with_column("chess_boards")
    rows = county_rows("330102", [2025], schools=1)
    rows["stage_year"][0]["chess_boards"] = 32
    store.append(dataset(rows, wider))
    store.append(county("330101", [2025], schools=1))
    assert store.open(2025, tables())["stage_year"].columns == list(tables()["stage_year"].schema)
    compact(store)
    assert store.open(2025, wider)["stage_year"]["chess_boards"].to_list() == [None, 32], "it is still there"


def test_columns_that_stand_in_another_order_are_taken_by_name(store):
    store.append(county("330101", [2025], schools=1))
    turned = changed("stage_year", dict(reversed(tables()["stage_year"].columns.items())))
    before, after = store.open(2025, tables())["stage_year"], store.open(2025, turned)["stage_year"]
    assert after.select(before.columns).equals(before)


def test_a_column_of_another_type_is_said_with_the_table(store):
    store.append(county("330101", [2025], schools=1))
    with pytest.raises(SchemaUnfitError, match=r"学段情况.*pupils"):
        store.open(2025, with_column("pupils", ColumnType.TEXT))


def test_a_standards_own_columns_and_tables_travel(store):
    own = load_tables()
    register = replace(own["county_year"], name="playgrounds")
    wider = replace(own, tables={**own.tables, "playgrounds": register})
    rows = county_rows("330101", [2025], schools=1)
    rows["playgrounds"] = [{"county_code": "330101", "school_year": 2025, "rotated": 5}]
    store.append(dataset(rows, wider))
    store.append(county("330102", [2025], schools=1))
    compact(store)
    opened = store.open(2025, wider)
    assert opened["playgrounds"].select("county_code", "rotated").rows() == [("330101", 5)]
    assert "playgrounds" not in store.open(2025, tables()).frames


def test_the_same_rows_with_more_of_their_columns_are_not_known_already(store):
    wider = with_column("chess_boards")
    rows = county_rows("330102", [2025], schools=1)
    rows["stage_year"][0]["chess_boards"] = 32
    whole = replace(dataset(rows, wider), snapshot="ab" * 32)
    narrow = whole["stage_year"].select(tables()["stage_year"].schema.names())
    store.append(replace(whole, tables=tables(), frames={**whole.frames, "stage_year": narrow}))
    assert store.append(whole).number == 2
    assert store.open(2025, wider)["stage_year"]["chess_boards"].to_list() == [32]


def test_decimals_come_back_exactly(store):
    rows = county_rows("330101", [2025], schools=1)
    filed = dataset(rows)
    exact = filed["school_year"].with_columns(teaching_area=pl.Series(["1234567890123456.0123456789012345"]).cast(
        tables()["school_year"].schema["teaching_area"]))  # fmt: skip
    store.append(replace(filed, frames={**filed.frames, "school_year": exact}))
    assert store.open(2025, tables())["school_year"]["teaching_area"].equals(exact["teaching_area"])
