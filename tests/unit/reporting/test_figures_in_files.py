"""Every figure of every finished file is what the data, the verdict and the standard say, looked up a second time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from figure_keys import RESOLVERS, UnknownKeyError, resolve, sources_of
from figures_in_files import Proof, wrong_in_excel, wrong_in_pdf, wrong_in_report, wrong_in_word

from example import county_judgement
from junheng.reporting.library import list_reports
from junheng.reporting.report.report import Report
from junheng.workflow import earlier_years, report_on, write_report
from small_plan import SMALL_PLAN, SMALL_ROTATION, SMALL_ZONING

SCHOOL = "9901010001"
ON_DATA = [maker.id for maker in list_reports() if maker.definition.scope != "plan"]
ON_PLANS = {
    "resource_plan": SMALL_PLAN,
    "rotation_plan": SMALL_ROTATION,
    "zoning_plan": SMALL_ZONING,
    "attachments": SMALL_PLAN,
}
# The small one of them that has sentences, tables, footnotes and charts: quick to write in every form.
QUICK = "balance_analysis"
CHECKS = {"docx": wrong_in_word, "pdf": wrong_in_pdf, "xlsx": wrong_in_excel}


@cache
def judged(standard: str):
    judgement = county_judgement(standard, gate="CN-13/banxue" if standard == "CN/jiben_2012" else None)
    earlier = tuple(earlier_years(judgement))
    return judgement, earlier, Proof(sources_of(judgement, earlier))


@cache
def standard_for(name: str) -> str:
    maker = next(maker for maker in list_reports() if maker.id == name)
    standards = ("CN/youzhi_2017", "CN/jiben_2012", "CN-13/banxue")
    return next(standard for standard in standards if maker.suits(county_judgement(standard).standard))


def report_and_proof(name: str) -> tuple[Report, Proof]:
    judgement, earlier, proof = judged(standard_for(name))
    maker = next(maker for maker in list_reports() if maker.id == name)
    school = SCHOOL if maker.definition.scope == "school" else ""
    return report_on(judgement, name, earlier=earlier, school=school), proof


@pytest.mark.parametrize("name", [QUICK, pytest.param("self_assessment", marks=pytest.mark.slow)])
@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_every_figure_of_a_file_is_what_its_key_stands_for(name, suffix, tmp_path):
    report, proof = report_and_proof(name)
    file = tmp_path / f"report.{suffix}"
    write_report(report, file)
    assert CHECKS[suffix](file, report, proof) == []


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name == QUICK else pytest.mark.slow) for name in ON_DATA]
)
def test_every_figure_of_a_report_is_what_its_key_stands_for(name):
    report, proof = report_and_proof(name)
    assert wrong_in_report(report, proof) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in ON_DATA if name not in (QUICK, "self_assessment")])
@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_every_figure_of_every_file_is_what_its_key_stands_for(name, suffix, tmp_path):
    report, proof = report_and_proof(name)
    maker = next(maker for maker in list_reports() if maker.id == name)
    if suffix not in maker.definition.formats:
        return
    file = tmp_path / f"report.{suffix}"
    write_report(report, file)
    assert CHECKS[suffix](file, report, proof) == []


def test_a_kind_of_key_that_nobody_can_look_up_is_said_by_its_name():
    sources = sources_of(county_judgement())
    with pytest.raises(UnknownKeyError, match="invented"):
        resolve("invented/990101/primary", sources)


@pytest.mark.slow
@pytest.mark.parametrize("name", ON_DATA)
def test_a_key_stands_for_one_value_in_a_report(name):
    report, _ = report_and_proof(name)
    values: dict[str, object] = {}
    for figure in report.figures():
        assert values.setdefault(figure.key, figure.value) == figure.value, figure.key


@pytest.mark.parametrize("name", ON_PLANS)
@pytest.mark.parametrize("suffix", ["docx", "pdf", "xlsx"])
def test_every_figure_of_a_plan_is_what_its_key_stands_for(name, suffix, tmp_path):
    plan = ON_PLANS[name]
    report, proof = report_on(None, name, plans=[plan]), Proof(sources_of(None, plans=(plan,)))
    file = tmp_path / f"report.{suffix}"
    write_report(report, file)
    assert wrong_in_report(report, proof) == []
    assert CHECKS[suffix](file, report, proof) == []


def test_every_report_is_among_those_that_are_proved():
    assert {maker.id for maker in list_reports()} == {*ON_DATA, *ON_PLANS}


# The proof itself: it has to notice what is wrong.


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> dict[str, Path]:
    report, _ = report_and_proof(QUICK)
    folder = tmp_path_factory.mktemp("written")
    files = {suffix: folder / f"report.{suffix}" for suffix in CHECKS}
    for file in files.values():
        write_report(report, file)
    return files


def rewritten(source: Path, target: Path, old: str, new: str) -> Path:
    """A copy of a Word file with something changed in its text."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            data = package.read(name)
            if name == "word/document.xml":
                text = data.decode()
                changed = re.sub(old, new, text, count=1)
                assert changed != text
                data = changed.encode()
            copy.writestr(name, data)
    return target


def test_a_figure_changed_in_a_word_file_is_noticed(written, tmp_path):
    report, proof = report_and_proof(QUICK)
    mark = r'(<w:tag w:val="junheng-(?:(?!</w:sdt>).)*?<w:t[^>]*>)(\d)'
    other = rewritten(written["docx"], tmp_path / "x.docx", mark, r"\g<1>9\2")
    (sentence,) = wrong_in_word(other, report, proof)
    assert ", is " in sentence


def test_a_figure_deleted_from_a_word_file_is_noticed(written, tmp_path):
    report, proof = report_and_proof(QUICK)
    control = r"<w:sdt>(?:(?!</w:sdt>).)*?junheng-(?:(?!</w:sdt>).)*?</w:sdt>"
    other = rewritten(written["docx"], tmp_path / "x.docx", control, "")
    assert [sentence for sentence in wrong_in_word(other, report, proof) if "missing" in sentence]


def test_a_number_typed_into_a_word_file_is_noticed(written, tmp_path):
    report, proof = report_and_proof(QUICK)
    other = rewritten(written["docx"], tmp_path / "x.docx", "全县", "全县17所")
    assert [sentence for sentence in wrong_in_word(other, report, proof) if "17" in sentence]


def test_a_cell_changed_in_a_workbook_is_noticed(written, tmp_path):
    report, proof = report_and_proof(QUICK)
    book = openpyxl.load_workbook(written["xlsx"])
    sheet = book.worksheets[-1]
    cell = next(cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float))
    cell.value += 0.001
    sheet["Z99"] = 5
    book.save(tmp_path / "x.xlsx")
    assert len(wrong_in_excel(tmp_path / "x.xlsx", report, proof)) == 2


def test_data_that_changed_after_a_pdf_was_printed_are_noticed(written):
    report, _ = report_and_proof(QUICK)
    judgement, earlier, _ = judged(standard_for(QUICK))
    larger = pl.when(pl.col("school_code") == SCHOOL).then(pl.col("pupils") * 2).otherwise(pl.col("pupils"))
    changed = Proof(sources_of(replace(judgement, rows=judgement.rows.with_columns(pupils=larger)), earlier))
    assert wrong_in_pdf(written["pdf"], report, Proof(sources_of(judgement, earlier))) == []
    assert wrong_in_pdf(written["pdf"], report, changed)


def test_every_kind_of_key_has_a_name_of_its_own():
    assert not {"change", "size", "plan", "gate"} & set(RESOLVERS)
