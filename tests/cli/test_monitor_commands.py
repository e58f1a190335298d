"""``junheng monitor``, ``junheng nation monitor`` and ``junheng targets`` as a person meets them."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from example import COUNTY
from junheng.base.errors import JunhengError
from junheng.cli import cli
from junheng.monitoring.monitoring import FILED

VIEWS = (
    "trends",
    "warnings",
    "ranking",
    "distribution",
    "decomposition",
    "layers",
    "summaries",
    "attainment",
    "recheck",
)


@pytest.fixture(scope="module")
def nation(tmp_path_factory):
    folder = tmp_path_factory.mktemp("monitored") / "全国库"
    runner = CliRunner(env={"JUNHENG_STORE": str(folder.parent / "store")})
    assert runner.invoke(cli, ["nation", "load", "--nation", str(folder), str(COUNTY)]).exit_code == 0
    assert runner.invoke(cli, ["nation", "judge", "--nation", str(folder)]).exit_code == 0
    return folder


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("JUNHENG_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("COLUMNS", "200")

    def call(*words, code=0):
        done = CliRunner().invoke(cli, [str(word) for word in words])
        if isinstance(done.exception, JunhengError):
            assert code == 1, done.exception
            return str(done.exception)
        assert isinstance(done.exception, SystemExit | None), done.exception
        assert done.exit_code == code, done.output
        return done.stdout if code == 0 else done.output

    return call


def test_an_overview_of_a_file_says_how_it_stands(run):
    text = run("monitor", COUNTY)
    assert "达标县占比" in text
    assert "2025学年预警" in text
    assert "照现在的速度将越过限值" in text


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_shown(run, nation, view):
    assert "没有" in (text := run("nation", "monitor", "--nation", nation, "--what", view)) or "┃" in text


def test_a_view_as_json_has_the_names_of_the_fields(run, nation):
    document = json.loads(run("nation", "monitor", "--nation", nation, "--what", "decomposition", "--format", "json"))
    rows = document["tables"]["decomposition"]
    assert {row["school_year"] for row in rows} == {2023, 2024, 2025}
    for row in rows:
        assert row["between_counties"] == 0, "one county"
        assert row["total"] == pytest.approx(row["within_counties"], abs=1e-12)


def test_a_view_as_csv_has_chinese_heads_and_plain_numbers(run, nation):
    rows = list(
        csv.DictReader(io.StringIO(run("nation", "monitor", "--nation", nation, "--what", "trends", "--format", "csv")))
    )
    row = next(
        row for row in rows if row["监测项"] == "每百名学生拥有县级以上骨干教师数差异系数" and row["学段"] == "小学"
    )
    assert (row["学年"], row["结论"], row["走势"]) == ("2025", "未达标", "平稳")
    assert row["数值"].startswith("0.5017")


def test_several_tables_as_csv_go_to_a_folder(run, nation, tmp_path):
    assert "-o 文件夹" in run("nation", "monitor", "--nation", nation, "--what", "warnings", "--format", "csv", code=2)
    folder = tmp_path / "监测"
    run("nation", "monitor", "--nation", nation, "--what", "warnings", "--format", "csv", "-o", folder)
    assert sorted(file.name for file in folder.iterdir()) == ["slipped_schools.csv", "warnings.csv"]
    assert (folder / "warnings.csv").read_text(encoding="utf-8").startswith("\ufeff级别")


def test_one_book_has_every_view(run, nation, tmp_path):
    book = tmp_path / "监测册.xlsx"
    run("nation", "monitor", "--nation", nation, "--format", "xlsx", "-o", book)
    sheets = load_workbook(book, read_only=True)
    for name in (
        "达标情况",
        "各县各学年",
        "预警",
        "各项走势",
        "校际不均衡的分解",
        "区域之间",
        "分块汇总教育经费",
        "完成率与升学",
        "认定以来各学年",
    ):
        assert name in sheets.sheetnames
    assert "已存在" in run("nation", "monitor", "--nation", nation, "--format", "xlsx", "-o", book, code=1)


def test_a_ranking_by_what_is_asked(run, nation):
    words = ("nation", "monitor", "--nation", nation, "--what", "ranking", "--format", "json")
    document = json.loads(run(*words, "--measure", "cv:backbone_teachers_per_100:primary", "--year", "2024"))
    [rows] = document["tables"].values()
    assert [(row["school_year"], row["rank"], row["of"]) for row in rows] == [(2024, 1, 1)]


def test_targets_from_the_empty_table_to_the_curve(run, nation, tmp_path):
    path = tmp_path / "目标.xlsx"
    run("targets", "-o", path)
    book = load_workbook(path)
    sheet = book["达标比例目标"]
    head = next(row for row in range(1, 20) if sheet.cell(row, 1).value and "地区代码" in str(sheet.cell(row, 1).value))
    book.save(path)
    assert "没有一行阶段目标" in run("nation", "monitor", "--nation", nation, "--targets", path, code=1)
    below = next(row for row in range(head + 1, 30) if sheet.cell(row, 1).value is None)
    for place, value in enumerate(("99", 2025, 50), 1):
        sheet.cell(below, place).value = value
    book.save(path)
    document = json.loads(run("nation", "monitor", "--nation", nation, "--targets", path, "--format", "json"))
    last = document["tables"]["progress"][-1]
    assert (last["school_year"], last["planned_share"], last["share"], last["needed"]) == (2025, 50.0, 0.0, 1)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--what", "targets"], 2, "junheng targets"),
        (["--measure", "cv"], 2, "--what ranking"),
        (["--what", "ranking", "--measure", "cv"], 2, "看不懂"),
        (["--what", "ranking", "--measure", "cv:x:大学"], 2, "看不懂"),
        (["--what", "ranking", "--measure", "cv:nothing:primary"], 1, "没有名为"),
        (["--what", "ranking", "--measure", "share:met_share:primary"], 1, "没有名为"),
        (["--what", "summaries", "--year", "2030"], 1, "没有判定过 2030 学年"),
        (["--format", "xlsx", "-o", "监测册.csv"], 2, "监测册.xlsx 的样子"),
        (["--what", "warnings", "--year", "2019"], 1, "2023、2024、2025"),
        (["--format", "xlsx"], 2, "-o 监测册.xlsx"),
        (["-o", "x.txt"], 2, "--format csv"),
        (["--region", "11"], 1, "11"),
        (["--standard", "CN/jiben_2012"], 1, "没有"),
        (["--targets", "没有这个.xlsx"], 1, "没有这个"),
        (["--year", "2O25"], 2, "不是学年"),
    ],
)
def test_wrong_use_is_explained(run, nation, words, code, said):
    assert said in run("nation", "monitor", "--nation", nation, *words, code=code)


def test_the_table_of_targets_is_a_workbook(run, tmp_path):
    assert "目标.xlsx 的样子" in run("targets", "-o", tmp_path / "目标.csv", code=2)
    assert not (tmp_path / "目标.csv").exists()


def test_a_folder_that_is_no_store(run, tmp_path):
    assert "没有" in run("nation", "monitor", "--nation", tmp_path / "空", code=1)


def test_the_tables_that_monitoring_reads_are_those_of_the_filing():
    assert set(FILED) == {"county", "school", "school_year", "stage_year", "county_year", "finance_year"}
