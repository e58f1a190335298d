"""A load that is interrupted anywhere changes nothing; repeated, it gives the store of one that was not."""

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from junheng.store import loads, writing
from junheng.store.compacting import compact
from junheng.store.errors import LoadUnreadableError
from junheng.store.integrity import damages
from junheng.store.national import NationalStore
from junheng.store.placing import place
from loaded_counties import county, tables

OLD, NEW = county("330101", [2025], money=[2025]), county("330101", [2025], money=[2025], pupils=300)
OTHER = county("440101", [2024, 2025])


class StoppedError(BaseException):
    """As a killed process: nothing of the program may catch it."""


class Breaker:
    """Counts the steps that reach the disk, and stops at the chosen one."""

    def __init__(self, monkeypatch, error):
        self.steps, self.stop_at, self.error = 0, None, error
        for owner, name in ((Path, "open"), (os, "fsync"), (Path, "replace"), (Path, "rename"), (Path, "mkdir")):
            monkeypatch.setattr(owner, name, self._counting(getattr(owner, name), writes=name == "open"))

    def _counting(self, original, *, writes):
        def step(*args, **kwargs):
            if writes and not ({"w", "a", "x"} & set("".join(str(mode) for mode in args[1:2]))):
                return original(*args, **kwargs)
            self.steps += 1
            if self.steps == self.stop_at:
                raise self.error
            return original(*args, **kwargs)

        return step


def rows_of(folder):
    store = NationalStore(folder)
    return {year: store.open(year, tables()).frames for year in store.years()}


def same(one, two):
    return one.keys() == two.keys() and all(
        one[year][name].equals(frame) for year in one for name, frame in two[year].items()
    )


def on_disk(folder):
    """Every file that a manifest names, and the manifests without their time of day."""
    store = NationalStore(folder)
    named = {name: (folder / name).read_bytes() for load in store.loads for name in load.files}
    return named, [(load.number, load.sources, load.files) for load in store.loads]


def replaced(folder):
    """The load under test: one county replaces what is there, another is new."""
    NationalStore(folder).add([place(NEW), place(OTHER)])


@pytest.mark.slow
@pytest.mark.parametrize("error", [StoppedError(), OSError(errno.ENOSPC, "No space left on device")], ids=type)
@pytest.mark.parametrize("action", [replaced, lambda folder: compact(NationalStore(folder))], ids=["load", "compact"])
def test_stopped_at_any_step_the_store_answers_as_before_and_the_repetition_completes_it(
    tmp_path, monkeypatch, error, action
):
    before = tmp_path / "before"
    NationalStore(before).append(OLD)
    NationalStore(before).append(county("330102", [2025]))

    def begun(name):
        return Path(shutil.copytree(before, tmp_path / name))

    whole = begun("whole")
    with monkeypatch.context() as patched:
        counter = Breaker(patched, error)
        action(whole)
    steps, answers = counter.steps, (rows_of(before), rows_of(whole))
    assert steps > 30
    # The steps are the same few, file after file: the first ones, the last ones, and some between.
    for stop in sorted({*range(1, 9), *range(9, steps - 9, 47), *range(steps - 5, steps + 1)}):
        folder = begun(f"stopped-{stop}")
        with monkeypatch.context() as patched:
            Breaker(patched, error).stop_at = stop
            with pytest.raises(type(error)):
                action(folder)
        committed = len(NationalStore(folder).loads) == 3  # stopped after the manifest was in its place
        assert same(rows_of(folder), answers[committed]), stop
        assert all(not found for _, found in damages(NationalStore(folder)))
        action(folder)
        assert on_disk(folder) == on_disk(whole), stop


LOADING = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from loaded_counties import county, together
from junheng.store.national import NationalStore
from junheng.store.placing import place
store = NationalStore(Path(sys.argv[1]))
counties = [county(f"{province}0101", [2024, 2025], pupils=900) for province in range(11, 21)]
placed = place(together(*counties))
print("begin", flush=True)
print(store.add([placed]).number, flush=True)
"""


@pytest.mark.slow
def test_a_killed_process_changes_nothing_and_its_load_is_simply_repeated(tmp_path):
    command = [sys.executable, "-c", LOADING]
    paths = [str(Path(__file__).parents[2])]
    whole, folder = tmp_path / "whole", tmp_path / "killed"
    for each in (whole, folder):
        NationalStore(each).append(county("330101", [2025], pupils=1))
    start = time.monotonic()
    with subprocess.Popen([*command, str(whole), *paths], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "begin\n"
        start = time.monotonic()
        assert process.stdout.readline() == "2\n"
        seconds = time.monotonic() - start
    before = rows_of(folder)
    killed = 0
    for share in (0.2, 0.7):
        with subprocess.Popen([*command, str(folder), *paths], stdout=subprocess.PIPE, text=True) as process:
            process.stdout.readline()
            time.sleep(seconds * share)
            process.send_signal(signal.SIGKILL)
        store = NationalStore(folder)
        if len(store.loads) == 1:
            killed += 1
            assert same(rows_of(folder), before)
    assert killed, "killed before it was done at least once"
    assert any(path.is_file() for path in (folder / "rows").rglob("*"))
    done = subprocess.run([*command, str(folder), *paths], capture_output=True, text=True, check=True)
    assert done.stdout == "begin\n2\n"
    assert on_disk(folder) == on_disk(whole)


def test_two_loads_at_the_same_time_both_arrive(tmp_path, monkeypatch):
    mine, other = NationalStore(tmp_path), NationalStore(tmp_path)
    commit = loads.commit

    def late(folder, load):
        monkeypatch.setattr("junheng.store.national.commit", commit)
        other.append(OTHER)  # takes the number between looking and committing
        return commit(folder, load)

    monkeypatch.setattr("junheng.store.national.commit", late)
    assert mine.append(OLD).number == 2
    assert NationalStore(tmp_path).counties(2025) == ["330101", "440101"]


def test_two_loads_of_the_same_at_the_same_time_are_one(tmp_path, monkeypatch):
    mine, other = NationalStore(tmp_path), NationalStore(tmp_path)
    commit = loads.commit

    def late(folder, load):
        monkeypatch.setattr("junheng.store.national.commit", commit)
        other.append(OLD)
        return commit(folder, load)

    monkeypatch.setattr("junheng.store.national.commit", late)
    assert mine.append(OLD).number == 1
    assert len(NationalStore(tmp_path).loads) == 1


def test_compacting_does_not_undo_a_load_that_came_meanwhile(tmp_path, monkeypatch):
    store = NationalStore(tmp_path)
    for code in ("330101", "330102"):
        store.append(county(code, [2025]))
    commit = loads.commit

    def late(folder, load):
        monkeypatch.setattr("junheng.store.national.commit", commit)
        NationalStore(tmp_path).append(county("330101", [2025], pupils=700))
        return commit(folder, load)

    monkeypatch.setattr("junheng.store.national.commit", late)
    assert compact(store).number == 4
    held = NationalStore(tmp_path).open(2025, tables())["stage_year"]
    assert held.filter(held["school_code"] == "3301010000")["pupils"].to_list() == [2725]


def test_two_compactions_at_the_same_time_leave_the_files_of_the_first(tmp_path, monkeypatch):
    store = NationalStore(tmp_path)
    for code in ("330101", "330102"):
        store.append(county(code, [2025]))
    before = rows_of(tmp_path)
    commit = loads.commit

    def late(folder, load):
        monkeypatch.setattr("junheng.store.national.commit", commit)
        compact(NationalStore(tmp_path))
        return commit(folder, load)

    monkeypatch.setattr("junheng.store.national.commit", late)
    assert compact(store) is None, "the other one did it"
    assert all(not found for _, found in damages(NationalStore(tmp_path)))
    assert same(rows_of(tmp_path), before)


def test_a_file_where_a_manifest_belongs_is_told(tmp_path):
    (tmp_path / "loads").mkdir()
    (tmp_path / "loads/000001").write_text("no folder", encoding="utf-8")
    with pytest.raises(LoadUnreadableError, match="000001"):
        NationalStore(tmp_path).append(OLD)


def test_a_manifest_needs_no_hard_links(tmp_path, monkeypatch):
    def refused(*_, **__):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    assert NationalStore(tmp_path).append(OLD).number == 1


def test_a_folder_that_cannot_be_synchronised_is_no_failure(tmp_path, monkeypatch):
    synced = os.fsync

    def files_only(handle):
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112 (a handle, no path)
            raise OSError(errno.EINVAL, "Invalid argument")
        synced(handle)

    monkeypatch.setattr(writing.os, "fsync", files_only)
    assert NationalStore(tmp_path).append(OLD).number == 1


def test_whoever_may_read_the_folder_may_read_the_manifests(tmp_path):
    NationalStore(tmp_path).append(OLD)
    home = tmp_path / "loads/000001"
    assert home.stat().st_mode & 0o055 == 0o055 & ~_mask()
    assert json.loads((home / "load.json").read_text(encoding="utf-8"))


def _mask():
    mask = os.umask(0)
    os.umask(mask)
    return mask
