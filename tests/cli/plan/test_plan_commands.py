"""The resource plan on the command line: what is asked, shown, written and refused."""

import json
from decimal import Decimal
from math import fsum

import pytest
from openpyxl import load_workbook
from plan_inputs import write_inputs

import junheng
from junheng.planning.contract import check_document
from small_plan import SMALL_PLAN, SMALL_ROTATION, SMALL_ZONING

DAY = ("--on", "2025-12-31")


@pytest.fixture
def keep(tmp_path):
    def write(name, document):
        (tmp_path / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return name

    return write


def test_the_answer_comes_first_then_what_changes_and_what_it_costs(made, document):
    printed = (made / "输出.txt").read_text(encoding="utf-8")
    assert "全县资源配置、校际均衡达标" in printed.splitlines()[1]
    assert document["proof"]["says"]["zh"] in printed
    for title in ("结论", "差异系数", "措施", "花费最多的学校", "约束的代价", "说明："):
        assert title in printed
    assert "已写入 方案.json。" in printed
    assert "已写入 方案.xlsx。" in printed


def test_a_written_plan_keeps_the_contract_and_its_proof(document):
    assert check_document(document, "方案") is document
    assert document["proof"]["bound"] <= document["proof"]["value"]
    assert document["proof"]["gap"] <= 0.001
    after = {part["part"]: part["outcome"] for part in document["after"]["parts"]}
    assert (after["resources"], after["balance"]) == ("met", "met")
    assert fsum(row["cost"] for row in document["additions"]) == pytest.approx(document["proof"]["value"])


def test_a_plan_names_the_data_that_it_was_made_from(made, document, run):
    judged = json.loads(run("judge", made / "县.xlsx", *DAY, "--format", "json", check=0).stdout)
    assert document["snapshot"] == judged["snapshot"]


def test_the_json_on_standard_output_is_the_document(made, document, run):
    words = ("--inputs", made / "输入.xlsx", "--format", "json")
    done = run("plan", "resources", made / "县.xlsx", *DAY, *words, check=0)
    again = json.loads(done.stdout)
    assert again["additions"] == document["additions"]
    assert done.stderr == ""


def test_the_library_makes_the_same_plan(made, document, tmp_path):
    plan = junheng.plan_resources(
        made / "县.xlsx", inputs=made / "输入.xlsx", on="2025-12-31", store=junheng.Store(tmp_path / "store")
    )
    assert plan.document()["additions"] == document["additions"]


def test_the_input_workbook_asks_for_costs_that_matter_and_for_what_was_not_filed(made, run, tmp_path):
    run("plan", "inputs", "resources", made / "县.xlsx", *DAY, "-o", "输入.xlsx", check=0)
    book = load_workbook(tmp_path / "输入.xlsx")
    measures = [row[0] for row in book["措施与单价"].iter_rows(min_row=3, values_only=True) if row[0]]
    assert "新建运动场地" in measures
    assert "购置图书" not in measures  # 2017 counts no books
    done = run("plan", "resources", made / "县.xlsx", *DAY, "--inputs", "输入.xlsx", check=1)
    assert "JH-P002" in done.stderr  # nobody confirmed the costs


def test_a_blank_value_is_asked_for_by_name(made, run, tmp_path):
    book = load_workbook(made / "县.xlsx")
    sheet = book["学段情况"]
    heads = {str(cell.value).partition("（")[0]: cell.column for row in sheet["1:2"] for cell in row if cell.value}
    row = next(r for r in range(3, 60) if sheet.cell(r, heads["学校标识码"]).value == "9901010001"
               and str(sheet.cell(r, heads["学年"]).value) == "2025")  # fmt: skip
    sheet.cell(row, heads["县级以上骨干教师"]).value = None
    book.save(tmp_path / "缺.xlsx")
    refused = run("plan", "resources", "缺.xlsx", *DAY, "--inputs", made / "输入.xlsx", check=1)
    assert "县级以上骨干教师" in refused.stderr
    run("plan", "inputs", "resources", "缺.xlsx", *DAY, "-o", "输入.xlsx", check=0)
    (found,) = [
        row for row in load_workbook(tmp_path / "输入.xlsx")["假定值"].iter_rows(min_row=3, values_only=True) if row[0]
    ]
    assert found[:3] == ("9901010001", "小学", "县级以上骨干教师")
    assert found[3] is None
    supposed = [{"school_code": found[0], "stage": "primary", "column": found[2], "value": Decimal(9), "note": None}]
    write_inputs(tmp_path / "假定.xlsx", supposed=supposed)
    done = run("plan", "resources", "缺.xlsx", *DAY, "--inputs", "假定.xlsx", check=0)
    assert "有 1 个数没有填报，方案按假定值计算" in done.stdout


def test_years_keep_their_budgets_and_too_little_money_is_told_with_how_much_is_needed(made, run, tmp_path, document):
    cost = document["proof"]["value"]
    year = Decimal(int(cost * 0.6))
    years = [{"budget_year": number, "budget": year, "note": None} for number in (2026, 2027)]
    write_inputs(tmp_path / "两年.xlsx", budget=years)
    words = ("--inputs", "两年.xlsx", "--format", "json")
    found = json.loads(run("plan", "resources", made / "县.xlsx", *DAY, *words, check=0).stdout)
    assert [row["year"] for row in found["years"]] == [2026, 2027]
    assert all(row["cost"] <= row["budget"] for row in found["years"])
    write_inputs(tmp_path / "太少.xlsx", budget=years[:1])
    refused = run("plan", "resources", made / "县.xlsx", *DAY, "--inputs", "太少.xlsx", check=1)
    assert "JH-P011" in refused.stderr
    assert "至少要" in refused.stderr


def test_every_wrong_cell_of_the_inputs_is_listed(made, run, tmp_path):
    write_inputs(tmp_path / "输入.xlsx")
    book = load_workbook(tmp_path / "输入.xlsx")
    book["措施与单价"]["B3"], book["措施与单价"]["B4"] = "很贵", "也贵"
    book.save(tmp_path / "坏.xlsx")
    done = run("plan", "resources", made / "县.xlsx", *DAY, "--inputs", "坏.xlsx", check=1)
    assert "措施与单价!B3" in done.stderr
    assert "措施与单价!B4" in done.stderr
    assert "JH-P001" in done.stderr


def test_show_prints_what_was_printed_when_the_plan_was_made(made, run):
    shown = run("plan", "show", made / "方案.json", check=0).stdout
    assert (made / "输出.txt").read_text(encoding="utf-8").startswith(shown)


@pytest.mark.parametrize(
    ("small", "said"),
    [(SMALL_PLAN, "填平补齐方案"), (SMALL_ROTATION, "教师交流轮岗方案"), (SMALL_ZONING, "学区划片方案")],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_a_plan_of_any_kind_is_exported_as_book_and_tasks(run, keep, tmp_path, small, said):
    run("plan", "export", keep("方案.json", small), "--xlsx", "方案.xlsx", "--tasks", "任务.csv", check=0)
    assert said in load_workbook(tmp_path / "方案.xlsx")["概要"]["A1"].value
    assert (tmp_path / "任务.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_plans_stand_side_by_side_with_today_and_a_scenario(made, run, tmp_path):
    for name in ("甲案.json", "乙案.json"):
        (tmp_path / name).write_text((made / "方案.json").read_text(encoding="utf-8"), encoding="utf-8")
    words = (
        "--data",
        made / "县.xlsx",
        "--scenario",
        f"照旧={made / '县.xlsx'}",
        "-o",
        "对照.xlsx",
        "--format",
        "json",
    )
    found = json.loads(run("plan", "compare", "甲案.json", "乙案.json", *words, check=0).stdout)
    assert found["sides"] == ["现状", "甲案", "乙案", "照旧"]
    lines = {line["label"]: line["values"] for section in found["sections"] for line in section["lines"]}
    assert lines["资源配置"] == ["unmet", "met", "met", "unmet"]
    assert lines["总花费（万元）"][0] == "0"
    assert lines["总花费（万元）"][1] == lines["总花费（万元）"][2] != "0"
    assert [cell.value for cell in load_workbook(tmp_path / "对照.xlsx")["方案对照"][2]][2:] == found["sides"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("不是 JSON", "JH-P070"),
        ('{"a": 1}', "JH-P070"),
        ("[]", "JH-P070"),
        (json.dumps({**SMALL_PLAN, "format": 2}), "JH-P071"),
        (json.dumps({**SMALL_PLAN, "additions": [{"school_code": "1"}]}), "additions 第 1 行"),
        (json.dumps({**SMALL_PLAN, "after": None}), "after 的值不对"),
    ],
    ids=["text", "other", "list", "newer", "cut off", "null"],
)
@pytest.mark.parametrize("command", ["show", "compare"])
def test_a_file_that_is_no_plan_is_refused(run, tmp_path, command, content, said):
    (tmp_path / "文件.json").write_text(content, encoding="utf-8")
    assert said in run("plan", command, "文件.json", check=1).stderr


def test_plans_that_have_nothing_in_common_are_not_compared(made, run, keep):
    keep("甲.json", SMALL_PLAN)
    keep("乙.json", {**SMALL_PLAN, "county": {"code": "990198", "name": "邻县"}})
    assert "JH-P074" in run("plan", "compare", "甲.json", "乙.json", check=1).stderr
    assert "JH-P073" in run("plan", "compare", "甲.json", keep("轮岗.json", SMALL_ROTATION), check=1).stderr
    assert "JH-P075" in run("plan", "compare", "轮岗.json", "--data", made / "县.xlsx", check=1).stderr
    assert "JH-P074" in run("plan", "compare", "甲.json", "--data", made / "县.xlsx", check=1).stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["resources", "县.xlsx"], 2, "缺少 选项 --on"),
        (["resources", "县.xlsx", *DAY], 2, "缺少 选项 --inputs"),
        (["resources", "县.xlsx", *DAY, "--inputs", "x.xlsx"], 1, "找不到"),
        (["resources", "县.xlsx", *DAY, "--inputs", "x.xlsx", "-o", "方案.txt"], 2, ".json 结尾"),
        (["resources", "县.xlsx", *DAY, "--inputs", "x.xlsx", "-o", "无/方案.json"], 2, "没有 无 这个文件夹"),
        (["resources", "县.xlsx", *DAY, "--inputs", "x.xlsx", "--seconds", "0"], 2, "--seconds"),
        (["show", "没有.json"], 1, "没有.json 没有这个文件"),
        (["export", "方案.json"], 2, "--xlsx 方案.xlsx 或 --tasks"),
        (["export", "方案.json", "--tasks", "任务.doc"], 2, ".csv 或 .xlsx 结尾"),
        (["compare"], 2, "缺少"),
        (["compare", "a/方案.json", "b/方案.json"], 2, "重复"),
        (["compare", "方案.json", "--scenario", "x"], 2, "名称=工作簿.xlsx"),
        (["inputs", "resources", "县.xlsx", *DAY, "-o", "输入.doc"], 2, ".xlsx 结尾"),
    ],
)
def test_wrong_usage_is_said_before_any_work(run, words, code, said):
    done = run("plan", *words, check=code)
    assert said in done.stderr
    assert done.stdout == ""


def test_nothing_is_written_over_without_being_asked(made, run, keep):
    keep("方案.json", SMALL_PLAN)
    run("plan", "export", "方案.json", "--tasks", "任务.csv", check=0)
    assert "JH-R002" in run("plan", "export", "方案.json", "--tasks", "任务.csv", check=1).stderr
    run("plan", "export", "方案.json", "--tasks", "任务.csv", "--force", check=0)
    words = ("--inputs", made / "输入.xlsx", "-o", made / "方案.json")
    assert "JH-R002" in run("plan", "resources", made / "县.xlsx", *DAY, *words, check=1).stderr


@pytest.mark.parametrize("kind", ["rotation", "zoning"])
def test_the_other_planners_give_their_input_workbooks(run, tmp_path, kind):
    run("plan", "inputs", kind, "-o", "输入.xlsx", check=0)
    assert len(load_workbook(tmp_path / "输入.xlsx").sheetnames) > 3
