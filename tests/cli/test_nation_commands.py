"""``junheng nation``: what a person at a province's or the nation's desk types and reads."""

import csv
import io
import json
import shutil
import sys
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from example import COUNTY, WORKED
from junheng.cli import main
from junheng.store.snapshot import Store
from junheng.workflow.nation import load_into

SCHOOL = ("--school", "示例县第三小学", "--indicator", "pe_arts_teachers_per_100")


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A folder with a national store of two counties, and the snapshots they were loaded from."""
    home = tmp_path_factory.mktemp("nation")
    store = Store(home / "store")
    list(load_into(home / "全国库", [COUNTY, WORKED], store=store))
    return home


@pytest.fixture
def run(loaded, tmp_path, monkeypatch, capsys):
    """Type a command in a folder with a copy of the loaded store."""
    for name in ("store", "全国库"):
        shutil.copytree(loaded / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("JUNHENG_STORE", "store")
    monkeypatch.setenv("JUNHENG_NATION", "全国库")
    monkeypatch.setenv("COLUMNS", "200")

    def run_command(*words, check=None):
        monkeypatch.setattr(sys, "argv", ["junheng", "nation", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        done = Done(ended.value.code, *capsys.readouterr())
        assert "JH-C001" not in done.stderr
        if check is not None:
            assert done.returncode == check, done.stderr
        return done

    return run_command


def test_a_load_says_what_it_brought(run):
    done = run("load", COUNTY, WORKED, "--nation", "另一个库", check=0)
    said = "第 1 次入库：county.xlsx、worked_example.xlsx；2 份数据，2 个县，2012、2023、2024、2025 学年，3244 行。\n"
    assert done == (0, said, "")


def test_every_county_is_judged_year_by_year_and_only_once(run):
    first = run("judge", "--year", "2024", "--year", "2025", check=0)
    assert "未重判" not in first.stdout
    assert first.stderr == ""
    again = json.loads(run("judge", "--year", "2025", "--format", "json", check=0).stdout)
    assert [(row["county_code"], row["outcome"], row["schools"]) for row in again] == [("990101", "unmet", 126)]
    rows = list(csv.reader(io.StringIO(run("judge", "--year", "2025", "--format", "csv", check=0).stdout)))
    assert rows[0][:4] == ["学年", "县代码", "县", "结论"]
    assert rows[1][:4] == ["2025", "990101", "示例县（合成数据）", "未达标"]
    assert "没有变化，未重判" in run("judge", "--year", "2025", check=0).stdout
    assert "未重判" not in run("judge", "--year", "2025", "--again", check=0).stdout


def test_years_before_the_standard_are_a_remark_unless_asked_for(run):
    everything = run("judge", check=0)
    assert "2012 学年没有判定：[JH-S003]" in everything.stderr
    assert "2023" in everything.stdout
    asked = run("judge", "--year", "2012", check=1)
    assert "有效期为 2017-04-19" in asked.stderr
    assert asked.stdout == ""


def test_the_reasons_of_a_county_lead_to_the_cell(run):
    done = run("explain", "990101", "--year", "2025", *SCHOOL, check=0)
    assert "体育专任教师 = 6 人　[学段情况!AJ11]" in done.stdout
    assert "评估日期 2025-12-31，2025 学年" in done.stderr


def test_a_county_goes_on_as_a_snapshot(run, tmp_path):
    snapshot = run("take", "990101", "--year", "2025", check=0).stdout.strip()
    assert len(snapshot) == 64
    taken = json.loads((tmp_path / "store" / snapshot / "manifest.json").read_text(encoding="utf-8"))
    assert taken["name"] == "示例县（合成数据）"


def test_what_is_in_the_store_is_listed(run):
    [load] = json.loads(run("list", "--format", "json", check=0).stdout)
    assert (load["number"], load["years"], load["counties"]) == (1, "2012、2023、2024、2025", 2)
    rows = list(csv.reader(io.StringIO(run("list", "--counties", "--format", "csv", check=0).stdout)))
    assert rows[0][:5] == ["县代码", "2012", "2023", "2024", "2025"]
    assert [row[:5] for row in rows[1:]] == [["990101", "", "129", "129", "129"], ["990102", "5", "", "", ""]]
    assert len(json.loads(run("list", "--counties", "--region", "990102", "--format", "json").stdout)) == 1


def test_a_refused_workbook_says_cell_and_reason_and_the_others_are_loaded(run, tmp_path):
    workbook = load_workbook(COUNTY)
    workbook["学段情况"]["E4"] = "五百人左右"
    workbook.save(tmp_path / "坏.xlsx")
    done = run("load", "坏.xlsx", "没有.xlsx", COUNTY, check=1)
    assert "没有入库：坏.xlsx 有 1 处错误\n  学段情况!E4：“五百人左右” " in done.stderr
    assert "没有入库：没有.xlsx\n  [JH-I001]" in done.stderr
    assert "共 3 份数据，2 份没有入库" in done.stderr
    assert done.stdout == "已在库中，没有再入库：1 份。\n"


def test_a_folder_is_one_county_or_one_a_file(run, tmp_path):
    folder = tmp_path / "各县"
    folder.mkdir()
    shutil.copy(WORKED, folder / "乙县.xlsx")
    (folder / "说明.docx").write_bytes(b"x")
    done = run("load", folder, "--each", check=1)
    assert "已在库中，没有再入库：1 份。" in done.stdout
    assert "说明.docx" in done.stderr
    assert "没有再入库" in run("load", folder, check=0).stdout


def test_all_snapshots_are_loaded_by_one_option(run):
    assert "已在库中，没有再入库：2 份。" in run("load", "--snapshots", check=0).stdout


def test_a_school_that_two_counties_list_is_remarked_when_it_comes(run, tmp_path):
    workbook = load_workbook(WORKED)
    for cell in (cell for sheet in workbook for row in sheet for cell in row):
        cell.value = "990103" if cell.value == "990102" else cell.value
    workbook.save(tmp_path / "新代码.xlsx")
    done = run("load", WORKED, "新代码.xlsx", "--nation", "另一个库", check=0)
    assert "2 个县" in done.stdout
    assert "同时在 990102、990103 的名录中，会被重复计算。县代码变更的，撤下旧代码的数据" in done.stderr
    assert "旧代码是 990102 时，用“junheng nation withdraw 990102 --year 2012”" in done.stderr


def test_fewer_schools_than_before_are_remarked(run, tmp_path):
    workbook = load_workbook(WORKED)
    for sheet in workbook:
        for row in reversed(range(1, sheet.max_row + 1)):
            if any(cell.value == "9901020005" for cell in sheet[row]):
                sheet.delete_rows(row)
    workbook.save(tmp_path / "少一所.xlsx")
    done = run("load", "少一所.xlsx", check=0)
    assert "替换了库中原有的 1 个县次" in done.stdout
    assert "990102 县 2012 学年由 5 所学校变为 4 所，请核对是否完整。" in done.stderr


def test_a_damaged_file_is_found_and_loading_again_mends_it(run, tmp_path):
    assert "次入库，31 个文件，现在有效的都与入库时一致" in run("check", check=0).stdout
    file = next((tmp_path / "全国库/rows/stage_year/year=2025").rglob("*.parquet"))
    file.write_bytes(file.read_bytes()[:-10])
    done = run("check", check=1)
    assert "✗ 第 1 次入库" in done.stdout
    assert "大小与入库时不同" in done.stdout
    document = json.loads(run("check", "--format", "json", check=1).stdout)
    assert [(entry["load"], entry["needed"]) for entry in document["damaged"]] == [(1, True)]
    judged = run("judge", "--year", "2025", check=1)
    assert "[JH-D006]" in judged.stderr
    run("load", COUNTY, check=0)
    run("judge", "--year", "2025", check=0)
    assert "已全部被以后的入库替换，不影响判定" in run("check", check=0).stdout


def test_a_county_is_withdrawn_and_all_is_written_as_one_load(run):
    done = run("withdraw", "990102", "--year", "2012", "--because", "试验", check=0)
    assert done.stdout == "第 2 次入库：撤下 990102 的 2012 学年。\n"
    assert "撤下：试验" in run("list", check=0).stdout
    assert "没有县 990102 2012 学年" in run("withdraw", "990102", "--year", "2012", check=1).stderr
    assert "不必整理" in run("compact", check=0).stdout
    run("load", WORKED, check=0)
    assert "并成 31 个文件" in run("compact", check=0).stdout
    run("check", check=0)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["load"], 2, "请写要汇入的文件"),
        (["explain", "990101", "--year", "2025", "--indicator", "x"], 2, "请加 --school"),
        (["explain", "330199", "--year", "2025"], 1, "没有县 330199 2025 学年的数据；这个县已有的学年：（无）"),
        (["explain", "990101", "--year", "2020"], 1, "已有的学年：2023、2024、2025"),
        (["take", "990101"], 2, "--year"),
        (["judge", "--year", "2030"], 1, "没有 全国 2030 学年"),
        (["judge", "--region", "44"], 1, "没有 44 任何 学年的数据；已有的学年：（无）"),
        (["list", "--counties", "--region", "44"], 1, "没有 44 任何 学年的数据"),
        (["judge", "--standard", "CN/x"], 1, "找不到标准 CN/x"),
        (["list", "--nation", "没有"], 1, "[JH-D013]"),
        (["check", "--nation", "没有"], 1, "[JH-D013]"),
        (["judge", "--nation", "没有"], 1, "[JH-D013]"),
        (["explain", "990101", "--year", "2025", "--nation", "没有"], 1, "[JH-D009]"),
    ],
)
def test_what_goes_wrong_is_said_with_what_to_do(run, words, code, said):
    done = run(*words, check=code)
    assert said in done.stderr
    assert done.stdout == ""
