"""Snapshots: named by content, written whole or not at all, never changed."""

import json
import shutil
from dataclasses import replace

import polars as pl
import pytest

from example import county_dataset
from junheng.store.errors import SnapshotDamagedError, SnapshotNotFoundError
from junheng.store.snapshot import SourceFile, Store, content_id

FILE = SourceFile("县.xlsx", "ab" * 32, 10)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def contents(store):
    return {path: path.read_bytes() for path in store.folder.rglob("*") if path.is_file()}


def test_what_is_committed_opens_again_with_its_cells(store):
    dataset = store.commit(county_dataset(), [FILE])
    opened = store.open(dataset.snapshot[:8], dataset.tables)
    assert opened.snapshot == dataset.snapshot
    for name, frame in dataset.frames.items():
        assert opened[name].equals(frame), name
    assert opened.cell("stage_year", 0, "pupils") == dataset.cell("stage_year", 0, "pupils") != ""


def test_row_order_and_source_do_not_change_the_name():
    dataset = county_dataset()
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=7) for name, frame in dataset.frames.items()}
    assert content_id(replace(dataset, frames=shuffled, origins={})) == content_id(dataset)


def test_one_changed_cell_changes_the_name():
    dataset = county_dataset()
    changed = dataset["stage_year"].with_columns(pl.col("pupils") + pl.lit(pl.Series([1] + [0] * 428)))
    assert content_id(replace(dataset, frames={**dataset.frames, "stage_year": changed})) != content_id(dataset)


def test_a_blank_is_not_an_empty_text():
    dataset = county_dataset()
    frames = {name: table.empty() for name, table in dataset.tables.tables.items()}

    def named(town):
        row = {"school_code": ["S1", "S2"], "town": [town, "镇"]}
        school = dataset.tables["school"].empty().select("school_code", "town").vstack(pl.DataFrame(row))
        return content_id(replace(dataset, frames={**frames, "school": school}))

    assert named(None) != named("")


def test_a_column_gained_later_keeps_old_names():
    dataset = county_dataset()
    wider = dataset["school"].with_columns(new_column=pl.lit(None, pl.String))
    assert content_id(replace(dataset, frames={**dataset.frames, "school": wider})) == content_id(dataset)


def test_committing_again_changes_nothing(store):
    store.commit(county_dataset(), [FILE])
    before = contents(store)
    store.commit(county_dataset(), [FILE])
    assert contents(store) == before


def test_a_failed_commit_leaves_nothing(store, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(OSError, match="No space"):
        store.commit(county_dataset(), [FILE])
    assert contents(store) == {}
    assert list(store.snapshots()) == []


def test_a_changed_file_is_found_out(store):
    name = store.commit(county_dataset(), [FILE]).snapshot
    file = store.folder / name / "school.parquet"
    pl.read_parquet(file).with_columns(town=pl.lit("别处")).write_parquet(file)
    with pytest.raises(SnapshotDamagedError, match="不要据此判定"):
        store.open(name, county_dataset().tables)


@pytest.mark.parametrize("name", ["", "ffffff"])
def test_an_unknown_name_is_refused(store, name):
    store.commit(county_dataset(), [FILE])
    with pytest.raises(SnapshotNotFoundError):
        store.open(name, county_dataset().tables)


def test_a_name_that_fits_two_snapshots_is_refused(store):
    first = store.commit(county_dataset(), [FILE]).snapshot
    twin = store.folder / (first[:20] + "0" * 44)
    shutil.copytree(store.folder / first, twin)
    with pytest.raises(SnapshotNotFoundError, match="有 2 个"):
        store.open(first[:12], county_dataset().tables)


def test_the_manifest_names_the_files_it_was_read_from(store):
    name = store.commit(county_dataset(), [FILE]).snapshot
    manifest = json.loads((store.folder / name / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"] == [{"name": "县.xlsx", "sha256": "ab" * 32, "size": 10}]
    assert manifest["rows"]["school"] == 130


def test_joined_rows_keep_the_cells_of_every_sheet(store):
    dataset = county_dataset()
    parts = (("[财政.xlsx]县级情况", {"county_code": "A"}), ("[人社.xlsx]县级情况", {"county_code": "A"}))
    joined = replace(
        dataset.origins["county_year"], parts=parts, part_of=(0,) * 99, cells={1: {"teacher_pay_mean": (1, "D17")}}
    )
    filed = replace(dataset, origins={**dataset.origins, "county_year": joined})
    opened = store.open(store.commit(filed, [FILE]).snapshot, dataset.tables)
    assert opened.cell("county_year", 1, "teacher_pay_mean") == "[人社.xlsx]县级情况!D17"
    assert opened.cell("county_year", 0, "teacher_pay_mean") == "[财政.xlsx]县级情况"


def test_origins_written_before_rows_were_joined_still_open(store):
    dataset = store.commit(county_dataset(), [FILE])
    (file,) = (store.folder / dataset.snapshot / "origins").glob("*.json")
    written = json.loads(file.read_text(encoding="utf-8"))
    for origin in written.values():
        del origin["cells"]
    file.write_text(json.dumps(written), encoding="utf-8")
    opened = store.open(dataset.snapshot, dataset.tables)
    assert opened.cell("stage_year", 0, "pupils") == dataset.cell("stage_year", 0, "pupils")
