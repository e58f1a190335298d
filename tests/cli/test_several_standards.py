"""Several standards at once, which ones apply, and how they differ: what a provincial analyst asks."""

import csv
import json
from datetime import date

import polars as pl
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from example import COUNTY
from junheng import workflow
from junheng.cli import cli
from junheng.store.snapshot import Store
from junheng.verdict.blocking import blocked_sentence, blocking_schools

DAY = date(2025, 12, 31)
TWO = ("--standard", "CN/jiben_2012", "--standard", "CN/youzhi_2017", "--on", "2025-12-31")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUNHENG_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("COLUMNS", "200")

    def run_command(*words, code=0):
        done = CliRunner().invoke(cli, [str(word) for word in words])
        assert done.exit_code == code, done.output
        return done

    return run_command


@pytest.fixture(scope="module")
def judgements(tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("store"))
    standards = ["CN/jiben_2012", "CN/youzhi_2017"]
    return workflow.judge_all(COUNTY, standards=standards, on=DAY, gate="CN-61/banxue", store=store)


def test_the_data_are_read_once_and_each_standard_judges_as_it_does_alone(judgements):
    basic, quality = judgements
    assert basic.snapshot == quality.snapshot
    alone = workflow.judge(basic.dataset, standard="CN/youzhi_2017", on=DAY)
    assert alone.counties.equals(quality.counties)
    assert alone.balance.equals(quality.balance)


def test_two_standards_of_one_name_are_refused(tmp_path, judgements):
    """Their results would go to one file, and the overview would show one of them only."""
    own = "extends: CN/jiben_2012\nlabel: {{zh: {0}, en: Own}}\n"
    own += "in_force: {{from: 2012-01-20, checked_on: 2026-11-21, source: {{document: moe-jd-2012-3, place: 县内口径,"
    own += " confidence: inferred, read_in: 县内口径}}}}\n"
    folders = [tmp_path / county / "标准" for county in ("甲县", "乙县")]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "standard.yaml").write_text(own.format(folder.parent.name), encoding="utf-8")
    for standards in (folders, ["CN/jiben_2012", "CN/jiben_2012"]):
        with pytest.raises(workflow.SameNameError, match="其中一个文件夹改名"):
            workflow.judge_all(judgements[0].dataset, standards=standards, on=DAY)


def test_the_gate_goes_to_the_standard_that_asks_for_one(judgements):
    basic, quality = judgements
    assert basic.gate.standard.id == "CN-61/banxue"
    assert quality.gate is None


def test_a_blocked_county_is_told_how_many_schools_block_it_and_which(judgements):
    basic, quality = judgements
    schools = blocking_schools(basic, "990101")
    unmet = basic.gate.in_scope.filter(pl.col("outcome") == "unmet")
    assert schools.height == unmet["school_code"].n_unique() > 5
    sentence = blocked_sentence(basic, "990101")
    assert sentence.startswith(f"先决条件未达到：{schools.height} 所学校未达到《")
    assert schools["school_name"][0] in sentence
    assert blocked_sentence(quality, "990101") == ""


def test_the_overview_and_every_standard_stand_on_the_screen(run):
    text = run("judge", COUNTY, *TWO, "--gate", "CN-61/banxue").stdout
    head, _, rest = text.partition("义务教育发展基本均衡（2012）　CN/jiben_2012")
    assert "结论一览" in head
    assert "先决条件未达到" in "".join(head.split())
    assert "CN/youzhi_2017 ──" in rest


def test_several_results_are_one_document_and_one_table(run):
    document = json.loads(run("judge", COUNTY, *TWO, "--format", "json").stdout)
    assert [result["standard"]["id"] for result in document["results"]] == ["CN/jiben_2012", "CN/youzhi_2017"]
    run("judge", COUNTY, *TWO, "--format", "csv", "-o", "指标.csv")
    assert set(pl.read_csv("指标.csv", infer_schema=False)["standard"]) == {"CN/jiben_2012", "CN/youzhi_2017"}


def test_each_standard_has_its_result_book_in_a_folder(run, tmp_path):
    run("judge", COUNTY, *TWO, "--format", "xlsx", "-o", "结果")
    assert {file.name for file in (tmp_path / "结果").iterdir()} == {"CN-jiben_2012.xlsx", "CN-youzhi_2017.xlsx"}
    assert "已存在" in str(run("judge", COUNTY, *TWO, "--format", "xlsx", "-o", "结果", code=1).exception)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*TWO, "--format", "xlsx", "-o", "册.xlsx"), "文件夹的名字"),
        ((*TWO, "--format", "xlsx"), "-o 文件夹"),
        (("--applying", *TWO), "不能与 --standard"),
        (("--on", "2025-12-31", "-o", "表.txt"), "只显示在屏幕上"),
    ],
)
def test_what_cannot_be_done_is_said_before_judging(run, words, said):
    assert said in run("judge", COUNTY, *words, code=2).output


def test_the_county_code_chooses_the_standards(judgements):
    dataset = judgements[0].dataset
    moved = {
        name: frame.with_columns(county_code=pl.lit("370102")) if "county_code" in frame.columns else frame
        for name, frame in dataset.frames.items()
    }
    standards, gate = workflow.applying_to(type(dataset)(dataset.tables, moved), on=DAY)
    assert "CN-37/jiben_2012" in standards
    assert "CN/jiben_2012" not in standards
    assert gate == "CN-37/banxue"


def test_all_that_applies_to_the_county_of_the_data_is_judged(run):
    results = json.loads(run("judge", COUNTY, "--applying", "--on", "2025-12-31", "--format", "json").stdout)["results"]
    assert {result["standard"]["id"] for result in results} == {"CN/jiben_2012", "CN/youzhi_2017", "CN/xueqian_2020"}


def test_the_standards_of_a_county_are_listed(run):
    rows = json.loads(run("standards", "applying", "610102", "--on", "2025-12-31", "--format", "json").stdout)
    assert {"CN/youzhi_2017", "CN-61/banxue"} <= {row["standard"] for row in rows}
    assert all(row["because"] != "candidate" or row["purpose"] != "办学基本标准" for row in rows)


def test_one_requirement_is_put_side_by_side(run):
    rows = json.loads(run("standards", "across", "books_per_pupil", "--format", "json").stdout)
    hebei = next(row for row in rows if row["standard"] == "CN-unattributed/hebei_type")
    assert (hebei["primary"], hebei["junior"]) == ("≥ 25 册", "≥ 40 册")
    assert "没有标准用到" in run("standards", "across", "没有这一项", code=2).output


@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_differences_come_in_every_form(run, form):
    text = run("standards", "diff", "CN-61/banxue", "CN-unattributed/hebei_type", "--format", form).stdout
    assert "小学 ≥ 25 册；初中 ≥ 40 册" in text


@pytest.mark.parametrize("ending", ["xlsx", "md", "html"])
def test_the_catalogue_has_every_indicator_and_what_was_not_found(run, tmp_path, ending):
    run("standards", "catalogue", "CN-61/banxue", "-o", f"目录.{ending}")
    file = tmp_path / f"目录.{ending}"
    if ending == "xlsx":
        book = load_workbook(file)
        text = "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value)
        assert all(sheet.print_title_rows == "$3:$3" for sheet in book)
    else:
        text = file.read_text("utf-8")
    for said in ("生均图书册数", "≥ 30", "值未见", "9 项中至少 7 项达标", "未见的内容"):
        assert said in text


OWN = """extends: CN/youzhi_2017
label: {zh: 本市标准, en: Own}
"""


def test_findings_for_a_folder_of_ones_own_are_held_against_its_items(tmp_path):
    folder = tmp_path / "本市"
    folder.mkdir()
    (folder / "standard.yaml").write_text(OWN, encoding="utf-8")
    book = load_workbook(COUNTY)
    book["认定事项"]["C3"], book["认定事项"]["D3"] = "本市", "falsificaton"
    book.save(tmp_path / "县.xlsx")
    (slip,) = [f for f in workflow.check(tmp_path / "县.xlsx", standard=folder).findings if f.value == "falsificaton"]
    assert (slip.cell, slip.blocks) == ("认定事项!D3", True)
    with pytest.raises(workflow.DatasetRefusedError, match="falsificaton"):
        workflow.load(tmp_path / "县.xlsx", standards=["CN/jiben_2012", folder], store=Store(tmp_path / "store"))


def test_findings_for_what_a_folder_extends_count_for_it_and_are_held_against_it_too(tmp_path):
    for name, base in (("省", "CN/youzhi_2017"), ("市", "../省")):
        (tmp_path / name).mkdir()
        text = OWN.replace("CN/youzhi_2017", base)
        (tmp_path / name / "standard.yaml").write_text(text, encoding="utf-8")
    book = load_workbook(COUNTY)
    book["认定事项"]["C3"], book["认定事项"]["D3"] = "省", "falsificaton"
    book.save(tmp_path / "县.xlsx")
    findings = workflow.check(tmp_path / "县.xlsx", standard=tmp_path / "市").findings
    assert [finding.cell for finding in findings if finding.value == "falsificaton"] == ["认定事项!D3"]


def test_a_second_basic_standard_does_not_silently_win(run):
    gates = ("--gate", "CN-61/banxue", "--gate", "CN-13/banxue")
    assert "--gate 只能写一个" in run("judge", COUNTY, *TWO, *gates, code=2).output


def test_the_basic_standard_judged_beside_stands_in_the_long_table_too(run):
    text = run("judge", COUNTY, *TWO, "--gate", "CN-61/banxue", "--format", "csv").stdout
    rows = list(csv.DictReader(text.lstrip("\ufeff").splitlines()))
    assert {row["standard"] for row in rows} == {"CN-61/banxue", "CN/jiben_2012", "CN/youzhi_2017"}
    assert {row["outcome"] for row in rows if row["standard"] == "CN/jiben_2012"} <= {"", "left_out"}
