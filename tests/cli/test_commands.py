"""The command line as a person meets it: what it prints, where, and how it ends."""

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from openpyxl import load_workbook

from example import COUNTY, WORKED
from junheng.cli.options import Day

TOOL = [sys.executable, "-c", "from junheng.cli import main; main()"]


@pytest.fixture
def run(tmp_path):
    def run_command(*words, check=None):
        environment = {**os.environ, "JUNHENG_STORE": str(tmp_path / "store"), "COLUMNS": "200"}
        done = subprocess.run(
            [*TOOL, *map(str, words)], capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
        )
        assert "Traceback" not in done.stdout + done.stderr
        if check is not None:
            assert done.returncode == check, done.stderr
        return done

    return run_command


def test_a_county_is_judged_and_data_go_to_stdout(run):
    done = run("judge", COUNTY, "--on", "2025-12-31", "--format", "json", check=0)
    document = json.loads(done.stdout)
    assert document["counties"][0]["outcome"] == "unmet"
    assert done.stderr == ""


def test_a_script_can_ask_to_fail_when_a_county_does_not_pass(run):
    run("judge", COUNTY, "--on", "2025-12-31", "--fail-on-unmet", check=3)


def test_the_snapshot_stands_in_for_the_file(run):
    first = json.loads(run("judge", COUNTY, "--on", "2025-12-31", "--format", "json", check=0).stdout)
    again = run("judge", first["snapshot"][:10], "--on", "2025-12-31", "--format", "json", check=0)
    assert json.loads(again.stdout) == first
    assert first["snapshot"][:16] in run("snapshots", check=0).stdout


def test_the_table_names_what_fails(run):
    text = run("judge", COUNTY, "--on", "2025-12-31", check=0).stdout
    assert "✗ 未达标" in text
    assert "县级以上骨干教师数差异系数0.502＞0.50" in "".join(text.split())


def test_a_gate_is_judged_beside_the_standard(run):
    words = ("judge", COUNTY, "--standard", "CN/jiben_2012", "--on", "2025-12-31", "--format", "json")
    without = json.loads(run(*words, check=0).stdout)
    gated = json.loads(run(*words, "--gate", "CN-61/banxue", check=0).stdout)

    def eligibility(document):
        return next(part for part in document["counties"][0]["parts"] if part["part"] == "eligibility")["outcome"]

    assert eligibility(without) == "unknown"
    assert eligibility(gated) == "unmet"
    assert gated["standard"]["gate"] == gated["gate"]["standard"]["id"] == "CN-61/banxue"
    assert gated["gate"]["schools"] != gated["schools"]
    assert without["gate"] is None


def test_the_published_example_comes_out_as_printed(run):
    words = ("--standard", "CN/jiben_2012", "--on", "2012-12-31", "--format", "json")
    document = json.loads(run("judge", WORKED, *words, check=0).stdout)
    books = next(row for row in document["balance"] if row["indicator"] == "books_per_pupil")
    assert (round(books["mean"], 2), round(books["cv"], 4)) == (6.33, 0.5153)


def test_an_indicator_is_explained_to_the_cell(run):
    words = ("--on", "2025-12-31", "--school", "示例县第三小学", "--indicator", "pe_arts_teachers_per_100")
    text = run("explain", COUNTY, *words, check=0).stdout
    assert "体育专任教师 = 6 人" in text
    assert "[学段情况!" in text
    assert "教督〔2017〕6号" in text


def test_the_whole_county_is_explained_as_json(run):
    reasons = json.loads(run("explain", COUNTY, "--on", "2025-12-31", "--format", "json", check=0).stdout)
    assert reasons[0]["outcome"] == "unmet"


def test_the_template_fills_and_comes_back(run, tmp_path):
    run("template", "--standard", "CN/youzhi_2017", "--from", COUNTY, "-o", "填报模板.xlsx", check=0)
    assert "学段情况" in load_workbook(tmp_path / "填报模板.xlsx").sheetnames
    first = json.loads(run("judge", COUNTY, "--on", "2025-12-31", "--format", "json").stdout)
    again = json.loads(run("judge", "填报模板.xlsx", "--on", "2025-12-31", "--format", "json", check=0).stdout)
    for field in ("balance", "schools", "shortages"):
        assert again[field] == first[field]


def test_a_refused_workbook_stores_nothing(run, tmp_path):
    workbook = load_workbook(COUNTY)
    workbook["学段情况"]["E4"] = "五百人左右"
    workbook.save(tmp_path / "坏.xlsx")
    checked = run("check", "坏.xlsx", check=1)
    assert "学段情况!E4" in checked.stdout
    assert "五百人左右" in checked.stdout
    refused = run("judge", "坏.xlsx", "--on", "2025-12-31", check=1)
    assert "没有入库，也没有判定" in refused.stderr
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["judge"], 2, "缺少 参数 数据"),
        (["judge", COUNTY], 2, "缺少 选项 --on"),
        (["judge", COUNTY, "--on", "明天"], 2, "不是日期"),
        (["judge", COUNTY, "--on", "2025-12-31", "--year", "二〇二五"], 2, "不是学年"),
        (["judge", COUNTY, "--on", "2025-12-31", "--format", "pdf"], 2, "只能是"),
        (["judge", COUNTY, "--on", "2025-12-31", "--format", "xlsx"], 2, "-o 结果册.xlsx"),
        (["judge", COUNTY, "--on", "2016-12-31"], 1, "有效期为 2017-04-19 —"),
        (["judge", COUNTY, "--on", "2019-12-31"], 1, "没有 2019 学年"),
        (["judge", COUNTY, "--on", "2025-12-31", "--standard", "CN/x"], 1, "找不到标准 CN/x"),
        (["judge", COUNTY, "--on", "2025-12-31", "--relax", "x"], 1, "没有名为 x 的宽限条款"),
        (["judge", "没有.xlsx", "--on", "2025-12-31"], 1, "找不到"),
        (["judge", "abcdef12", "--on", "2025-12-31"], 1, "快照"),
        (["explain", COUNTY, "--on", "2025-12-31", "--school", "x"], 1, "没有学校 x"),
        (["template", "-o", "模板.doc"], 2, ".xlsx"),
        (["template", "-o", "没有的文件夹/模板.xlsx"], 1, "模板.xlsx"),
        (["jugde"], 2, "可用的命令"),
        (["judge", COUNTY, "--on", "2025-02-30"], 2, "2 月没有 30 日"),
        (["judge", COUNTY, "--on", "20251301"], 2, "没有 13 月"),
        (["judge", COUNTY, "--on", "2025-12-31", "--format", "xlsx", "-o", "结果册.doc"], 2, "结果册是 .xlsx 文件"),
        (["judge", COUNTY, "--on", "2025-12-31", "--format", "xlsx", "-o", "无/册.xlsx"], 1, "无/册.xlsx 没有这个文件"),
        (["judge", COUNTY, "--on", "2025-12-31", "--format", "csv", "-o", "."], 1, "这是文件夹"),
        (
            ["explain", COUNTY, "--on", "2025-12-31", "--school", "示例县第三小学", "--indicator", "x"],
            1,
            "\n  生均教学及辅助用房面积 = teaching_area_per_pupil\n",
        ),
        (["standards", "show", "x"], 1, "找不到标准"),
        (["claims", "check", "没有.docx"], 2, "找不到“没有.docx”。请核对路径"),
        (["plan", "resources", COUNTY, "--on", "2025-12-31", "--seconds", "一分"], 2, "--seconds：“一分”不是数。"),
        (["plan", "resources", COUNTY, "--on", "2025-12-31", "--seconds", "0"], 2, "--seconds：0.0 超出范围（x>=1"),
        (["web", "serve", "--port", "八千"], 2, "--port：“八千”不是整数。"),
        (["web", "serve", "--port", "8'000"], 2, "--port：“8'000”不是整数。"),
        (["claims", "check", "."], 2, "“.”是文件夹，这里要写文件。"),
        (["claims", "score", "--gold", COUNTY], 2, "是文件，这里要写文件夹。"),
    ],
)
def test_what_goes_wrong_is_said_in_chinese_with_what_to_do(run, words, code, said):
    done = run(*words, check=code)
    assert said in done.stderr
    assert done.stdout == ""


def test_standards_are_listed_shown_compared_and_checked(run):
    assert "CN/youzhi_2017" in run("standards", "list", "--on", "2025-12-31", check=0).stdout
    assert "CN/youzhi_2017" not in run("standards", "list", "--on", "2015-12-31", check=0).stdout
    assert "教督〔2017〕6号" in run("standards", "show", "CN/youzhi_2017", check=0).stdout
    assert "处不同" in run("standards", "diff", "CN/jiben_2012", "CN-37/jiben_2012", check=0).stderr
    assert "未见" in run("standards", "check", check=0).stdout


def test_the_schemas_are_printed(run):
    for what in ("result", "standard"):
        assert json.loads(run("schema", what, check=0).stdout)["type"] == "object"


def test_two_years_are_put_side_by_side(run):
    text = run("compare", COUNTY, COUNTY, "--before-on", "2024-12-31", "--on", "2025-12-31", check=0).stdout
    assert "0.5058" in text
    assert "0.5018" in text
    assert "甲：" in text
    assert "2024 学年" in text
    assert "示例县（合成数据） │ 县结论" in text


def test_an_office_gets_only_what_it_fills(run, tmp_path):
    run("template", "--for", "personnel", "-o", "人社.xlsx", check=0)
    workbook = load_workbook(tmp_path / "人社.xlsx")
    heads = {cell.value for sheet in workbook for row in sheet.iter_rows(max_row=4) for cell in row}
    assert "交流轮岗教师数（人）" in heads
    assert "在校生数（人）" not in heads


def test_nothing_is_written_over_unless_asked(run, tmp_path):
    written = ["judge", COUNTY, "--on", "2025-12-31", "--format", "csv", "-o", "指标.csv"]
    for words in (written, ["template", "-o", "模板.xlsx"]):
        run(*words, check=0)
        before = (tmp_path / words[-1]).read_bytes()
        assert "已存在，请换名，或加 --force 覆盖" in run(*words, check=1).stderr
        assert (tmp_path / words[-1]).read_bytes() == before
        run(*words, "--force", check=0)


@pytest.mark.parametrize("data", ["各校报表", "各校报表/县.xlsx"])
def test_what_is_read_is_never_written_over(run, tmp_path, data):
    filed = tmp_path / "各校报表/县.xlsx"
    filed.parent.mkdir()
    filed.write_bytes(b"filed")
    words = ["judge", data, "--on", "2025-12-31", "--format", "xlsx", "-o", "各校报表/县.xlsx", "--force"]
    assert "是输入的数据" in run(*words, check=1).stderr
    assert filed.read_bytes() == b"filed"


@pytest.mark.parametrize("day", ["2025/12/31", "2025.12.31", "20251231", "2025年12月31日", "２０２５－１２－３１"])
def test_a_day_may_be_written_in_several_ways(day):
    assert Day().convert(day, None, None) == date(2025, 12, 31)


def test_an_indicator_and_a_stage_may_be_named_in_chinese(run):
    words = ("explain", COUNTY, "--on", "2025-12-31", "--school", "9901010016")
    by_id = run(*words, "--stage", "junior", "--indicator", "teaching_area_per_pupil", check=0)
    by_label = run(*words, "--stage", "初中", "--indicator", "生均教学及辅助用房面积", check=0)
    assert by_label.stdout == by_id.stdout != ""


def test_the_bare_command_and_help_speak_chinese(run):
    for words in ([], ["--help"], ["judge", "--help"]):
        text = run(*words, check=0).stdout
        assert text.startswith("用法：")
        assert "显示帮助。" in text
        assert "Show" not in text
    assert "输出 JSON Schema" in run(check=0).stdout


def test_the_summary_names_relaxations_and_the_schools_left_out(run):
    text = run("judge", COUNTY, "--on", "2025-12-31", "--relax", "larger_schools", check=0).stdout
    head, _, _ = text.partition("各部分")
    flat = "".join(head.split())
    assert "启用的宽限条款：" in flat
    assert "不计入：" in flat
    assert "（不足50人的教学点）" in flat


def test_the_gate_stands_on_the_screen(run):
    words = ("judge", COUNTY, "--standard", "CN/jiben_2012", "--gate", "CN-unattributed/hebei_type")
    text = run(*words, "--on", "2025-12-31", check=0).stdout
    _, found, rest = text.partition("先决条件：办学基本标准")
    assert found
    assert "生均占地面积" in rest


def test_a_document_with_something_to_mend_is_told_by_the_exit_code(run, tmp_path):
    (tmp_path / "汇报.md").write_text("# 汇报\n\n现有学校xx所，待补充。\n", encoding="utf-8")
    run("report", "lint", "汇报.md", check=1)
