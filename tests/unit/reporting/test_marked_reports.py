"""A report that has left: checked against its data, and brought up to date without touching its words."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from example import COUNTY, DAY, county_dataset
from junheng.cli import cli
from junheng.reporting.errors import ReportNotFoundError
from junheng.reporting.word.errors import NotMarkedError
from junheng.reporting.word.marked import read_marked
from junheng.tables.dataset import Dataset
from junheng.workflow import SameFileError, make_report, refresh_report, verify_report, write_report
from junheng.workflow.marked_reports import DataMissingError
from small_plan import SMALL_PLAN

NAME = "balance_analysis"


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """The report on the example county as a Word file."""
    file = tmp_path_factory.mktemp("written") / "报告.docx"
    write_report(make_report(NAME, county_dataset(), on=DAY), file)
    return file


@pytest.fixture(scope="module")
def changed() -> Dataset:
    """The example with more computers in one school."""
    frames = dict(county_dataset().frames)
    more = pl.when(pl.col("school_code") == "9901010001").then(pl.col("backbone_teachers") + 9)
    frames["stage_year"] = frames["stage_year"].with_columns(backbone_teachers=more.otherwise("backbone_teachers"))
    return replace(county_dataset(), frames=frames)


def edited(source: Path, target: Path, old: str, new: str, *, part: str = "word/document.xml") -> Path:
    """A copy with something else written into its first mark that fits."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == part:
                text = re.sub(old, new, data.decode(), count=1)
                assert text != data.decode()
                data = text.encode()
            copy.writestr(name, data)
    return target


MARKED = r'(<w:tag w:val="junheng-(?:(?!</w:sdt>).)*?<w:t[^>]*>)(\d)'


def test_a_file_says_what_its_data_say(written):
    found = verify_report(written, county_dataset())
    assert found.agrees
    assert len(found.marked.figures) > 100
    assert found.marked.provenance.county == "990101"


def test_a_figure_edited_by_hand_is_found(written, tmp_path):
    found = verify_report(edited(written, tmp_path / "x.docx", MARKED, r"\g<1>7\2"), county_dataset())
    (one,) = found.differences
    assert one.edited
    assert not one.stale


def test_figures_of_data_that_changed_are_found(written, changed):
    found = verify_report(written, changed)
    assert found.differences
    assert all(one.stale and not one.edited for one in found.differences if one.now is not None)
    assert any(one.marked.key.endswith("backbone_teachers_per_100") for one in found.differences)


def test_a_refreshed_file_says_what_the_new_data_say(written, changed, tmp_path):
    new = tmp_path / "新.docx"
    done = refresh_report(written, new, verify_report(written, changed).rebuilt)
    assert done.changed
    after = verify_report(new, changed)
    assert [one for one in after.differences if one.now is not None] == []
    assert {one.before.key for one in done.changed} == {
        one.marked.key for one in verify_report(written, changed).differences if one.now is not None
    }


def test_the_small_print_names_the_data_that_the_figures_are_from(written, changed, tmp_path):
    again = make_report(NAME, changed, on="2026-01-31")
    assert verify_report(written, changed, on="2026-01-31").small_print
    refresh_report(written, tmp_path / "neu.docx", again)
    assert read_marked(tmp_path / "neu.docx").checksum == again.checksum
    found = verify_report(tmp_path / "neu.docx", changed)
    assert found.marked.provenance.day.isoformat() == "2026-01-31"
    assert found.small_print == ()


def test_a_file_is_not_refreshed_over_itself(written):
    report = make_report(NAME, county_dataset(), on=DAY)
    with pytest.raises(SameFileError):
        refresh_report(written, written.parent / "." / written.name, report)
    assert len(read_marked(written).figures) > 100


def test_a_report_on_data_needs_them(written):
    with pytest.raises(DataMissingError):
        verify_report(written)


def test_a_word_file_of_somebody_else_is_refused(tmp_path):
    from docx import Document

    file = tmp_path / "别人.docx"
    Document().save(str(file))
    with pytest.raises(NotMarkedError):
        verify_report(file, county_dataset())


def test_a_file_that_names_a_folder_as_its_report_runs_no_code_from_there(written, tmp_path, monkeypatch):
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/report.yaml").write_text("title: x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("evil", str(tmp_path / "evil")):
        file = edited(written, tmp_path / "x.docx", f'id="{NAME}"', f'id="{name}"', part="customXml/junheng.xml")
        with pytest.raises(ReportNotFoundError):
            verify_report(file, county_dataset())


def test_a_report_on_a_plan_needs_no_data(tmp_path):
    file = tmp_path / "方案.docx"
    write_report(make_report("resource_plan", plans=[SMALL_PLAN]), file)
    assert verify_report(file, plans=[SMALL_PLAN]).agrees
    dearer = {**SMALL_PLAN, "additions": [{**row, "cost": row["cost"] + 1000} for row in SMALL_PLAN["additions"]]}
    assert not verify_report(file, plans=[dearer]).agrees


def test_the_command_line_says_what_differs(written, tmp_path):
    run = CliRunner().invoke
    same = run(cli, ["report", "verify", str(written), str(COUNTY)])
    assert same.exit_code == 0
    assert "不符 0 处" in same.stderr
    file = edited(written, tmp_path / "改.docx", MARKED, r"\g<1>7\2")
    other = run(cli, ["report", "verify", str(file), str(COUNTY)])
    assert other.exit_code == 1
    assert "手工改过" in other.stdout
    assert "不符 1 处" in other.stderr


def test_the_command_line_refreshes(written, tmp_path):
    file = edited(written, tmp_path / "改.docx", MARKED, r"\g<1>7\2")
    new = tmp_path / "新.docx"
    done = CliRunner().invoke(cli, ["report", "refresh", str(file), str(COUNTY), "-o", str(new)])
    assert done.exit_code == 0
    assert "更新 1 处" in done.stderr
    assert verify_report(new, county_dataset()).agrees
    again = CliRunner().invoke(cli, ["report", "refresh", str(file), str(COUNTY), "-o", str(new)])
    assert again.exit_code != 0  # it exists and nobody said that it may be replaced
