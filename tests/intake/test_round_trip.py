"""A template filled from any tables reads back to equal tables, exactly."""

import datetime as dt
import time
from decimal import Decimal

import openpyxl
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from junheng.intake.errors import CannotWriteError
from junheng.intake.read import read_file
from junheng.intake.template import CODES, GUIDE, JudgedItem, write_workbook
from junheng.tables.catalogue import load_tables
from junheng.tables.model import DECIMAL_PLACES, ColumnType, Need

TABLES = load_tables()

# Any words but those no cell holds: unseen characters, outer blanks, and what looks like a formula error.
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=30
).filter(lambda text: text == text.strip() and not text.startswith("#"))
CODE_WORDS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}", fullmatch=True)


def decimals(column):
    low, high = column.minimum or 0, column.maximum or 10**12
    whole = st.integers(low, high - 1)
    places = st.integers(0, DECIMAL_PLACES)
    tail = st.integers(0, 10**DECIMAL_PLACES - 1)
    return st.builds(
        lambda w, t, p: Decimal(w) + (Decimal(t) / 10**DECIMAL_PLACES).quantize(Decimal(1).scaleb(-p), "ROUND_DOWN"),
        whole,
        tail,
        places,
    )


def values(column):
    match column.type:
        case ColumnType.CODE:
            kept = CODE_WORDS
        case ColumnType.TEXT:
            kept = WORDS
        case ColumnType.CODE_LIST:
            kept = st.sampled_from(sorted(column.codes.codes))
        case ColumnType.FLAG:
            kept = st.booleans()
        case ColumnType.DATE:
            kept = st.dates(dt.date(1901, 1, 1), dt.date(2199, 12, 31))
        case ColumnType.YEAR:
            kept = st.integers(column.minimum, column.maximum)
        case ColumnType.COUNT:
            kept = st.integers(column.minimum, column.maximum)
        case ColumnType.DECIMAL:
            kept = decimals(column)
    return kept if column.need in (Need.KEY, Need.MUST) else st.none() | kept


@st.composite
def frames(draw):
    filled = {}
    for table in TABLES.tables.values():
        rows = draw(st.lists(st.fixed_dictionaries({c.name: values(c) for c in table.columns.values()}), max_size=3))
        filled[table.name] = pl.DataFrame(rows, schema=table.schema).sort(table.key, maintain_order=True)
    return filled


def judged_item(note):
    table = TABLES["judged_item"]
    row = {"county_code": "340299", "school_year": 2025, "standard": "CN/a", "item": "1", "note": note}
    return {"judged_item": pl.DataFrame([row], schema=table.schema)}


@pytest.mark.slow
@settings(max_examples=60)
@given(frames())
@example(judged_item("=1+1"))
@example(judged_item("+86"))
@example(judged_item("-"))
@example(judged_item("@SUM(A1)"))
@example(judged_item("_x0041_"))
@example(judged_item("https://example.org"))
@example(judged_item("合计"))
def test_written_reads_back_equal(tmp_path_factory, filled):
    path = tmp_path_factory.mktemp("往返") / "填报.xlsx"
    write_workbook(path, TABLES, frames=filled)
    if all(frame.is_empty() for frame in filled.values()):
        return
    reading = read_file(path, TABLES)
    for name, frame in filled.items():
        assert reading.dataset[name].equals(frame), (name, frame, reading.dataset[name], reading.findings)
    assert all(tally.rejected == 0 and tally.left_out == 0 for tally in reading.tally)


def test_an_unfilled_template_has_heads_and_no_rows(tmp_path):
    path = tmp_path / "模板.xlsx"
    write_workbook(path, TABLES, judged_items=[JudgedItem("CN/youzhi_2017", "1", "县域内规划科学")])
    reading = read_file(path, TABLES)
    assert all(tally.read == 0 for tally in reading.tally)
    assert not reading.blocked
    assert {finding.check for finding in reading.findings} == {"JH-F030"}


def test_items_are_ready_to_judge_where_the_county_is_known(tmp_path):
    county = pl.DataFrame([{"county_code": "340299", "county_name": "示例县"}], schema=TABLES["county"].schema)
    year = pl.DataFrame([{"county_code": "340299", "school_year": 2025}], schema=TABLES["county_year"].schema)
    path = tmp_path / "模板.xlsx"
    items = [
        JudgedItem("CN/youzhi_2017", "1", "规划", branch="领导职责", evidence="规划文本"),
        JudgedItem("CN/youzhi_2017", "2", "布局"),
    ]
    write_workbook(path, TABLES, frames={"county": county, "county_year": year}, judged_items=items)
    heads = [cell.value for cell in openpyxl.load_workbook(path)["认定事项"][1]]
    assert {"一级指标（只读）", "事项内容（只读）", "佐证材料（只读）"} <= {*heads}
    assert "二级指标（只读）" not in heads, "none of the items stands that deep"
    reading = read_file(path, TABLES)
    assert not any("只读" in finding.message for finding in reading.findings), "helper columns need no remark"
    read = reading.dataset["judged_item"]
    assert read.select("county_code", "school_year", "item", "finding").rows() == [
        ("340299", 2025, "1", None),
        ("340299", 2025, "2", None),
    ]


def test_only_the_wanted_columns_and_the_required_ones_are_shown(tmp_path):
    path = tmp_path / "模板.xlsx"
    write_workbook(path, TABLES, columns={"school": [], "school_year": ["books"]})
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [GUIDE, "学校名录", "办学条件", CODES]
    assert [cell.value for cell in book["办学条件"][1]] == ["学校标识码", "学年", "图书册数（册）", "填报说明"]
    required = [c.header for c in TABLES["school"].columns.values() if c.need in (Need.KEY, Need.MUST)]
    assert set(required) <= {cell.value for cell in book["学校名录"][1]}


def test_formulas_are_words(tmp_path):
    path = tmp_path / "模板.xlsx"
    write_workbook(path, TABLES, frames=judged_item('=HYPERLINK("http://x")'))
    book = openpyxl.load_workbook(path)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_drop_downs_and_ranges_are_there(tmp_path):
    path = tmp_path / "模板.xlsx"
    write_workbook(path, TABLES)
    rules = openpyxl.load_workbook(path)["学校名录"].data_validations.dataValidation
    lists = [rule for rule in rules if rule.type == "list"]
    assert any(f"'{CODES}'!" in rule.formula1 for rule in lists)
    assert any(rule.formula1 == '"是,否"' for rule in lists)


def test_a_place_that_cannot_be_written(tmp_path):
    with pytest.raises(CannotWriteError):
        write_workbook(tmp_path / "没有" / "模板.xlsx", TABLES)


def test_a_county_of_three_years_is_written_and_read_quickly(tmp_path):
    school_year = TABLES["school_year"]
    numbers = {c.name: 7 for c in school_year.columns.values() if c.type.is_number}
    rows = [{"school_code": f"34{n:04}", "school_year": y, **numbers} for n in range(200) for y in (2023, 2024, 2025)]
    frame = pl.DataFrame(rows, schema_overrides=school_year.schema).select(
        pl.col(name) if name in rows[0] else pl.lit(None, dtype).alias(name)
        for name, dtype in school_year.schema.items()
    )
    path = tmp_path / "大县.xlsx"
    started = time.process_time()
    write_workbook(path, TABLES, frames={"school_year": frame})
    written = time.process_time()
    assert read_file(path, TABLES).dataset["school_year"].height == 600
    # Of the processor, whatever else it does; wide margins: the point is that it does not take minutes.
    assert written - started < 10
    assert time.process_time() - written < 5
