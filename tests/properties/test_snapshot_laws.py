"""Laws of snapshots: a dataset is named by its content, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.base.errors import JunhengError
from junheng.standards.library import load_standard
from junheng.store.errors import SnapshotDamagedError
from junheng.store.snapshot import Store, content_id
from junheng.tables.dataset import Dataset
from junheng.tables.model import Tables
from junheng.verdict.judge import judge
from strategies import DAY, counties, county_dataset, shuffled

QUALITY = load_standard("CN/youzhi_2017")
HALF = settings(max_examples=max(settings.default.max_examples // 2, 1))
datasets = counties(QUALITY, max_counties=4)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def another(value: object, dtype: pl.DataType) -> object:
    """A value of the same type that is not this one."""
    if dtype == pl.Boolean:
        return value is not True
    if dtype == pl.Date:
        return None if value is not None else DAY
    if dtype == pl.String:
        return f"{value or ''}甲"
    if value is None:
        return Decimal(0) if dtype.is_decimal() else 0
    return value + (Decimal("0.0000000000000001") if dtype.is_decimal() else 1)


@given(dataset=datasets, seed=st.integers(0, 2**32 - 1))
def test_the_same_content_has_the_same_name_in_any_order(dataset, seed):
    """Rows, tables and columns turned round, columns nobody filled left out, empty tables there or not."""
    random = Random(seed)
    turned = shuffled(dataset, random)
    frames = {name: frame.select(random.sample(frame.columns, frame.width)) for name, frame in turned.frames.items()}
    assert content_id(Dataset(dataset.tables, frames)) == content_id(dataset)
    filled = {
        name: frame.select(c for c in frame.columns if frame[c].null_count() < frame.height)
        for name, frame in dataset.frames.items()
        if frame.height
    }
    assert content_id(Dataset(dataset.tables, filled)) == content_id(dataset)


@given(dataset=datasets, seed=st.integers(0, 2**32 - 1))
def test_a_changed_cell_changes_the_name(dataset, seed):
    random = Random(seed)
    table = random.choice([name for name, frame in dataset.frames.items() if frame.height])
    frame = dataset[table]
    row = random.randrange(frame.height)
    column = random.choice([c for c in frame.columns if c not in dataset.tables[table].key])
    values = frame[column].to_list()
    values[row] = another(values[row], frame.schema[column])
    changed = frame.with_columns(pl.Series(column, values, frame.schema[column]))
    assert content_id(replace(dataset, frames={**dataset.frames, table: changed})) != content_id(dataset)


@HALF
@given(dataset=datasets, seed=st.integers(0, 2**32 - 1))
def test_committing_again_changes_nothing_and_opening_gives_back_what_was_filed(dataset, seed):
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        named = store.commit(dataset)
        before = files_of(Path(folder))
        assert store.commit(shuffled(dataset, Random(seed))).snapshot == named.snapshot
        assert files_of(Path(folder)) == before
        opened = store.open(named.snapshot, dataset.tables)
        assert opened.snapshot == named.snapshot
        for name, frame in dataset.frames.items():
            assert opened[name].equals(frame), name
        assert judge(opened, QUALITY, DAY).rows.equals(judge(dataset, QUALITY, DAY).rows)


@HALF
@given(dataset=counties(QUALITY, max_counties=1, max_schools=3), seed=st.integers(0, 2**32 - 1))
def test_a_damaged_file_is_noticed_and_never_judged(dataset, seed):
    """Bytes flipped, cut off, emptied, gone: the content no longer gives the name, and the message says so."""
    random = Random(seed)
    with TemporaryDirectory() as folder:
        store = Store(Path(folder))
        named = store.commit(dataset)
        for file in sorted((Path(folder) / named.snapshot).glob("*.parquet")):
            whole = file.read_bytes()
            place = random.randrange(len(whole))
            flipped = bytearray(whole)
            flipped[place] ^= random.randrange(1, 256)
            for damaged in (bytes(flipped), whole[:place], b"", None):
                if damaged is None:
                    file.unlink()
                else:
                    file.write_bytes(damaged)
                try:
                    opened = store.open(named.snapshot, dataset.tables)
                except SnapshotDamagedError:
                    pass
                else:
                    # A byte that carries no content (padding, a writer's name) may differ; the rows may not.
                    assert all(opened[name].equals(frame) for name, frame in dataset.frames.items())
            file.write_bytes(whole)


def test_a_changed_figure_in_a_stored_file_is_noticed(tmp_path):
    dataset = county_dataset(QUALITY, [])
    store = Store(tmp_path)
    named = store.commit(dataset)
    file = tmp_path / named.snapshot / "stage_year.parquet"
    pl.read_parquet(file).with_columns(pupils=pl.col("pupils") + 1).write_parquet(file)
    with pytest.raises(SnapshotDamagedError):
        store.open(named.snapshot, dataset.tables)


@pytest.mark.parametrize("manifest", ["", "{", "[]", "{}", "\x00"])
def test_a_damaged_manifest_is_an_error_with_a_message(tmp_path, manifest):
    dataset = county_dataset(QUALITY, [])
    named = Store(tmp_path).commit(dataset)
    (tmp_path / named.snapshot / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(JunhengError):
        Store(tmp_path).open(named.snapshot, dataset.tables)


def test_a_blank_is_not_an_empty_text():
    dataset = county_dataset(QUALITY, [])
    blank, empty = (_with_note(dataset, note) for note in (None, ""))
    assert content_id(blank) != content_id(empty)


def test_text_cannot_pass_for_another_row():
    """Quotes, commas and line ends stay inside their cell."""
    dataset = county_dataset(QUALITY, [])
    tricky = ['a,"b"', 'a","b', "a\nb", "a\r\nb", "\n", '"', '""', ","]
    assert len({content_id(_with_note(dataset, note)) for note in tricky}) == len(tricky)


def _with_note(dataset: Dataset, note: str | None) -> Dataset:
    frame = dataset["stage_year"].with_columns(note=pl.lit(note, pl.String))
    more = frame.with_columns(stage=pl.lit("junior"), note=pl.lit("另一行"))
    return replace(dataset, frames={**dataset.frames, "stage_year": pl.concat([frame, more])})


def test_a_table_that_gains_a_column_keeps_the_names_of_its_snapshots(tmp_path):
    dataset = county_dataset(QUALITY, [])
    named = Store(tmp_path).commit(dataset)
    table = dataset.tables["stage_year"]
    column = replace(table.columns["boarders"], name="new_column")
    grown = replace(table, columns={**table.columns, "new_column": column})
    tables = Tables({**dataset.tables.tables, "stage_year": grown}, dataset.tables.code_lists, dataset.tables.checks)
    opened = Store(tmp_path).open(named.snapshot, tables)
    assert opened["stage_year"]["new_column"].to_list() == [None]
