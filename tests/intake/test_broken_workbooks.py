"""Every broken workbook of the examples says what is wrong with it, and nothing of another kind."""

import hashlib
from pathlib import Path

import openpyxl
import pytest
import yaml
from make_broken import BROKEN, make, sound_workbook

from junheng.base.errors import JunhengError
from junheng.intake.read import read_file
from junheng.tables.finding import Severity

FOLDER = Path(__file__).parents[2] / "examples" / "broken"
EXPECTED = yaml.safe_load((FOLDER / "expected.yaml").read_text(encoding="utf-8"))


def test_the_sound_workbook_has_no_finding(tables):
    reading = read_file(FOLDER / "sound.xlsx", tables)
    assert reading.findings == ()
    assert all(tally.read == tally.kept for tally in reading.tally)


WHOLE = [case for case in EXPECTED if case["code"].startswith("JH-I")]
INSIDE = [case for case in EXPECTED if case not in WHOLE]


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case["file"])
def test_unreadable_file_gets_its_message(case, tables):
    with pytest.raises(JunhengError) as caught:
        read_file(FOLDER / case["file"], tables)
    assert caught.value.code == case["code"]
    assert all(word in str(caught.value) for word in (*case["words"], case["file"]))


@pytest.mark.parametrize("case", INSIDE, ids=lambda case: case["file"])
def test_broken_workbook_gets_its_message(case, tables):
    reading = read_file(FOLDER / case["file"], tables)
    told = [finding for finding in reading.findings if finding.check == case["code"]]
    assert told, [finding.message for finding in reading.findings]
    assert any(all(word in finding.message for word in case["words"]) for finding in told), told
    assert {finding.severity for finding in told} == {Severity(case["severity"])}
    assert all(finding.cell for finding in told)
    assert sum(tally.rejected for tally in reading.tally) == case["rejected"]
    assert reading.blocked == (case["severity"] == "error")


@pytest.mark.parametrize("case", INSIDE, ids=lambda case: case["file"])
def test_one_fault_makes_no_flood(case, tables):
    reading = read_file(FOLDER / case["file"], tables)
    causes = {(finding.check, finding.cause) for finding in reading.findings}
    assert len(causes) <= 3, causes


def _contents(folder):
    """What each file holds, in a word: whole files would take a failing test an hour to lay side by side."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_files_are_what_the_command_makes(tmp_path):
    make(tmp_path)
    assert _contents(tmp_path) == _contents(FOLDER)


def test_there_are_enough_and_they_are_small():
    assert len(BROKEN) >= 25
    assert all(path.stat().st_size < 30_000 for path in FOLDER.iterdir())
    assert len(sound_workbook()) < 30_000


def test_a_county_sheet_that_lost_its_codes_is_said_to_have_none(tmp_path, tables):
    book = openpyxl.load_workbook(FOLDER / "sound.xlsx")
    book["县基本情况"].delete_cols(1)
    book.save(tmp_path / "县数据.xlsx")
    reading = read_file(tmp_path / "县数据.xlsx", tables)
    assert reading.blocked
    assert any("县代码" in finding.message for finding in reading.findings)
