"""The result document and the result book say what the judge said."""

import json
from dataclasses import replace

import polars as pl
import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from example import county_judgement
from junheng.base.outcome import Outcome
from junheng.reporting.result import Result, long_csv, long_table, result_document
from junheng.reporting.result_book import write_result_book

STANDARDS = ("CN/youzhi_2017", "CN/jiben_2012", "CN-61/banxue", "CN-unattributed/hebei_type", "CN/xueqian_2020")


@pytest.mark.parametrize("standard", STANDARDS)
def test_the_document_keeps_its_published_schema(standard):
    document = json.loads(result_document(county_judgement(standard)).model_dump_json())
    Draft202012Validator(Result.model_json_schema(mode="serialization")).validate(document)


def test_the_document_holds_every_row_and_every_coefficient():
    judgement = county_judgement()
    document = result_document(judgement)
    assert len(document.schools) == judgement.rows.height
    assert len(document.balance) == 14
    (county,) = document.counties
    assert county.outcome is Outcome.UNMET
    assert [part.part for part in county.parts] == judgement.parts["part"].to_list()
    assert document.standard.unverified_rules > 0


def test_the_long_table_has_one_row_a_school_stage_and_indicator():
    judgement = county_judgement()
    table = long_table(judgement)
    assert table.height == judgement.rows.height * 7
    assert table.filter(pl.col("outcome") == "left_out").height > 0
    assert set(table["outcome"].drop_nulls()) <= {"met", "tolerated", "unmet", "unknown", "left_out"}


@pytest.fixture(scope="module", params=STANDARDS)
def book(request, tmp_path_factory):
    judgement = county_judgement(request.param)
    path = tmp_path_factory.mktemp("books") / "结果册.xlsx"
    write_result_book(judgement, path)
    return judgement, load_workbook(path)


SHEETS = [
    "总览",
    "学校判定",
    "差异系数",
    "差异来源",
    "差距清单",
    "事项",
    "按城乡比较",
    "按乡镇比较",
    "按办学类型比较",
    "依据",
]
WITHOUT = {
    "CN/youzhi_2017": [],
    "CN/jiben_2012": ["差距清单"],  # no rule for schools, so that nothing lacks
    "CN-61/banxue": ["差异系数", "差异来源", "事项"],
    "CN-unattributed/hebei_type": ["差异系数", "差异来源", "事项"],
    "CN/xueqian_2020": [name for name in SHEETS if name not in ("总览", "事项", "依据")],
}


def test_the_sheets_that_a_standard_fills_are_there_and_count_their_rows(book):
    judgement, workbook = book
    assert workbook.sheetnames == [name for name in SHEETS if name not in WITHOUT[judgement.standard.id]]
    if "学校判定" in workbook.sheetnames:
        assert f"共 {judgement.rows.height} 行。" in [cell.value for cell in workbook["学校判定"]["A"]]


@pytest.mark.parametrize("book", [name for name in WITHOUT if "学校判定" not in WITHOUT[name]], indirect=True)
def test_the_cells_of_schools_are_the_judges_values(book):
    judgement, workbook = book
    sheet = workbook["学校判定"]
    names = [name for name in judgement.standard.resources if f"{name}__value" in judgement.rows.columns]
    for row, cells in zip(judgement.rows.iter_rows(named=True), sheet.iter_rows(min_row=3), strict=False):
        assert cells[1].value == row["school_code"]
        for name, cell in zip(names, cells[8:], strict=False):
            value = row[f"{name}__value"]
            shown = cell.value if cell.value != "无配备" else float("inf")
            assert shown == (pytest.approx(value) if value is not None else None)
            failing = row["left_out"] is None and row[f"{name}__outcome"] == "unmet"
            assert (cell.fill.fgColor.rgb == "FFF8D7D3") == failing


@pytest.mark.parametrize("book", [name for name in WITHOUT if "差异系数" not in WITHOUT[name]], indirect=True)
def test_the_coefficients_stand_as_computed(book):
    judgement, workbook = book
    sheet = workbook["差异系数"]
    for row, cells in zip(judgement.balance.iter_rows(named=True), sheet.iter_rows(min_row=3), strict=False):
        assert cells[7].value == (pytest.approx(row["cv"]) if row["cv"] is not None else None)


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    judgement = county_judgement()
    rows = judgement.rows.with_columns(school_name=pl.lit("=HYPERLINK(1)"))
    write_result_book(replace(judgement, rows=rows), tmp_path / "x.xlsx")
    cell = load_workbook(tmp_path / "x.xlsx")["学校判定"]["C3"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_looks_like_a_formula_is_defused_in_csv(first):
    judgement = county_judgement()
    rows = judgement.rows.with_columns(school_name=pl.lit(f"{first}1+1"), pupils=pl.lit(-1))
    table = pl.read_csv(long_csv(replace(judgement, rows=rows)).encode())
    assert set(table["school_name"]) == {f"'{first}1+1"}
    assert set(table["pupils"]) == {-1}


def test_the_book_has_a_sheet_for_the_gate(tmp_path):
    judgement = county_judgement("CN/jiben_2012", "CN-unattributed/hebei_type")
    write_result_book(judgement, tmp_path / "x.xlsx")
    workbook = load_workbook(tmp_path / "x.xlsx")
    assert workbook.sheetnames[2] == "办学基本标准"
    assert workbook["办学基本标准"].max_column == 8 + len(judgement.gate.standard.resources)
    document = result_document(judgement)
    assert document.gate.schools[0].outcome == judgement.gate.rows["outcome"][0]


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    path = tmp_path / "没有" / "x.xlsx"
    with pytest.raises(FileNotFoundError) as caught:
        write_result_book(county_judgement(), path)
    assert caught.value.filename == str(path)


@pytest.fixture(scope="module")
def quality_book(tmp_path_factory):
    path = tmp_path_factory.mktemp("quality") / "结果册.xlsx"
    write_result_book(county_judgement(), path)
    return load_workbook(path)


def test_an_item_says_its_value_its_limit_and_the_schools_that_fail(quality_book):
    heads, *rows = quality_book["事项"].iter_rows(min_row=2, values_only=True)
    items = {row[3]: dict(zip(heads, row, strict=True)) for row in rows if row[3]}
    assert "得分" not in heads
    assert items["学校规模"]["数值"].startswith("127 所中 1 所未达到")
    assert "其余 ≤ 2000 人" in items["学校规模"]["要求"]
    assert items["学校规模"]["未达到的学校"] == "示例县第一初级中学"
    assert {item["认定"] for item in items.values()} <= {None, "达到", "未达到"}


def test_sources_are_named_in_chinese(book):
    _, workbook = book
    places = [cell.value for cell in workbook["依据"]["A"][2:] if cell.value]
    assert [place for place in places if "_" in place or "[" in place] == []


def test_groups_and_heads_follow_the_standard(quality_book):
    judgement = county_judgement()
    rows = [
        row[1:4:2] for row in quality_book["按城乡比较"].iter_rows(min_row=3, max_col=4, values_only=True) if row[1]
    ]
    labels = [indicator.label.zh for indicator in judgement.standard.resources.values()]
    assert list(dict.fromkeys(rows)) == [(stage, label) for stage in ("小学", "初中") for label in labels]
    assert "\n小学 ≥ 4.2\n初中 ≥ 5.3" in quality_book["学校判定"]["I2"].value
