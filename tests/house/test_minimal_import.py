"""The program works with what it asks for: nothing that only development needs is imported."""

import json
import re
import sys
import tomllib

import pytest
from repository import ROOT

from small_plan import SMALL_PLAN

# Package → the modules it brings, by the extra that asks for it.
WEB = {
    "argon2-cffi": ["argon2"],
    "django": ["django", "asgiref", "sqlparse"],
    "django-axes": ["axes"],
    "django-ninja": ["ninja"],
    "django-otp": ["django_otp"],
    "django-tasks": ["django_tasks"],
    "django-tasks-db": ["django_tasks_db"],
    "gunicorn": ["gunicorn"],
    "psycopg": ["psycopg", "psycopg_binary"],
    "qrcode": ["qrcode"],
    "whitenoise": ["whitenoise"],
}
PLAN = {
    "clarabel": ["clarabel"],
    "highspy": ["highspy"],
    "numpy": ["numpy"],
    "pyscipopt": ["pyscipopt"],
    "scipy": ["scipy"],
    "shapely": ["shapely"],
}
REPORT = {
    "lxml": ["lxml"],
    "python-docx": ["docx"],
    "typst": ["typst"],
    "vl-convert-python": ["vl_convert"],
}
CLAIMS = {
    "lxml": ["lxml"],
    "pypdfium2": ["pypdfium2"],
    "python-docx": ["docx"],
}
SPARK = {
    "pyarrow": ["pyarrow"],
    "pyspark": ["pyspark", "py4j"],
}
DEV = {
    "babel": ["babel"],
    "django-stubs": ["mypy_django_plugin"],
    "duckdb": ["duckdb"],
    "hypothesis": ["hypothesis"],
    "import-linter": ["importlinter", "grimp"],
    "jsonschema": ["jsonschema"],
    "mkdocs-material": ["material", "mkdocs", "markdown", "jinja2"],
    "mypy": ["mypy", "mypyc"],
    "openpyxl": ["openpyxl"],
    "pandas": ["pandas"],
    "pillow": ["PIL"],
    "playwright": ["playwright", "greenlet"],
    "pre-commit": ["pre_commit"],
    "pyarrow": ["pyarrow"],
    "pytest": ["pytest", "_pytest"],
    "pytest-django": ["pytest_django"],
    "pytest-playwright": ["pytest_playwright"],
    "pytest-xdist": ["xdist", "execnet"],
    "ruff": ["ruff"],
    "schemathesis": ["schemathesis", "requests", "werkzeug"],
    "types-openpyxl": [],
    "types-pyyaml": [],
    "types-qrcode": [],
    "yamllint": ["yamllint"],
}
BLOCK = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
"""
JUDGE = """
from datetime import date
from pathlib import Path
import junheng
for workbook, standard in (("worked_example", "CN/jiben_2012"), ("county", "CN/youzhi_2017")):
    judgement = junheng.judge(f"examples/{workbook}.xlsx", standard=standard, on=date(2025, 12, 31))
    junheng.explain(judgement)
    junheng.long_table(judgement).write_csv()
    junheng.result_document(judgement).model_dump_json()
    junheng.write_result_book(judgement, Path(f"{workbook}.xlsx"))
    print(judgement.outcome())
junheng.template("CN/youzhi_2017", "template.xlsx")
"""
COMMAND = """
from junheng.cli import main
sys.argv = ["junheng", *{words!r}]
main()
"""
PLANS = (
    'plan_resources("examples/county.xlsx", inputs="examples/plan_inputs.xlsx", on="2025-12-31")',
    'plan_rotation("examples/rotation.xlsx")',
    'plan_zoning("examples/zones.xlsx")',
)
CALL = """
import junheng
try:
    junheng.{call}
except ModuleNotFoundError as error:  # as anything that is not installed
    assert isinstance(error, junheng.JunhengError)
    print(error)
"""
EVERY_MODULE = """
import importlib, os, pkgutil
os.environ["DJANGO_SETTINGS_MODULE"] = "junheng.web.settings"
import django
django.setup()
import junheng
for module in pkgutil.walk_packages(junheng.__path__, "junheng."):
    importlib.import_module(module.name)
    print(module.name)
"""


def blocking(*extras):
    """The beginning of a program in which nothing of these extras can be imported."""
    return BLOCK.format(blocked=[module for extra in extras for modules in extra.values() for module in modules])


@pytest.mark.parametrize(
    ("extra", "modules"),
    [("web", WEB), ("plan", PLAN), ("report", REPORT), ("claims", CLAIMS), ("spark", SPARK), ("dev", DEV)],
)
def test_every_package_of_an_extra_is_blocked(extra, modules):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=\[ ]", entry)[0] for entry in declared["optional-dependencies"][extra]}
    assert names == set(modules)


def test_judging_needs_no_extra(run):
    done = run(sys.executable, "-W", "error", "-c", blocking(WEB, PLAN, REPORT, CLAIMS, SPARK, DEV) + JUDGE)
    assert done.stderr == ""
    assert done.stdout.split() == ["unknown", "unmet"]


def test_the_web_application_needs_no_development_package(run):
    done = run(sys.executable, "-c", blocking(DEV) + EVERY_MODULE)
    assert done.returncode == 0, done.stderr
    assert "junheng.web.settings" in done.stdout.split()


@pytest.mark.parametrize(
    "words", [["--help"], ["web", "--help"], ["plan", "--help"], ["report", "--help"]], ids=" ".join
)
def test_help_needs_no_extra(run, words):
    done = run(sys.executable, "-c", blocking(WEB, PLAN, REPORT, CLAIMS, SPARK, DEV) + COMMAND.format(words=words))
    assert (done.returncode, done.stderr) == (0, "")
    assert "junheng" in done.stdout


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("web", ["web", "demo"]),
        ("plan", ["plan", "resources", "examples/county.xlsx", "--on", "2025-12-31", "--inputs", "x.xlsx"]),
        ("plan", ["plan", "rotation", "--inputs", "examples/rotation.xlsx"]),
        ("plan", ["plan", "zoning", "--inputs", "examples/zones.xlsx"]),
    ],
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_a_command_whose_extra_is_missing_says_what_to_install(run, extra, words):
    done = run(sys.executable, "-c", blocking(WEB, PLAN, REPORT, CLAIMS, SPARK, DEV) + COMMAND.format(words=words))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("[JH-C003]")
    assert f"pip install 'junheng[{extra}]'" in done.stderr


def test_a_kept_plan_is_shown_and_exported_without_solvers(run, tmp_path):
    (tmp_path / "方案.json").write_text(json.dumps(SMALL_PLAN), encoding="utf-8")
    for words in (["show", "方案.json"], ["export", "方案.json", "--xlsx", "方案.xlsx", "--tasks", "任务.csv"]):
        done = run(
            sys.executable,
            "-c",
            blocking(WEB, PLAN, REPORT, CLAIMS, SPARK, DEV) + COMMAND.format(words=["plan", *words]),
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "方案.xlsx").exists()


def test_reports_are_listed_and_written_to_excel_without_an_extra(run, tmp_path):
    make = ["make", "shortages", "examples/county.xlsx", "--on", "2025-12-31", "-o", "缺额.xlsx"]
    for words in (["list"], make):
        done = run(
            sys.executable,
            "-c",
            blocking(WEB, PLAN, REPORT, CLAIMS, SPARK, DEV) + COMMAND.format(words=["report", *words]),
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "缺额.xlsx").exists()


@pytest.mark.parametrize("file", ["缺额.docx", "缺额.pdf"])
def test_word_and_pdf_say_what_they_need(run, tmp_path, file):
    words = ["report", "make", "shortages", "examples/county.xlsx", "--on", "2025-12-31", "-o", file]
    done = run(sys.executable, "-c", blocking(WEB, PLAN, REPORT, CLAIMS, SPARK, DEV) + COMMAND.format(words=words))
    assert done.returncode == 1
    assert done.stderr.startswith("[JH-W006]")
    assert "pip install 'junheng[report]'" in done.stderr
    assert not (tmp_path / file).exists()


def test_a_written_document_says_what_reading_it_needs(run, tmp_path):
    (tmp_path / "报告.txt").write_text("灵丘县自查报告\n正常。\n", encoding="utf-8")
    for file, code in (("报告.txt", 0), ("examples/county.xlsx", 1)):
        words = ["report", "lint", file]
        done = run(sys.executable, "-c", blocking(WEB, PLAN, REPORT, CLAIMS, SPARK, DEV) + COMMAND.format(words=words))
        assert done.returncode == code, done.stderr
    assert done.stderr.startswith("[JH-K009]")
    assert "pip install 'junheng[claims]'" in done.stderr


@pytest.mark.parametrize("call", PLANS)
def test_the_library_says_what_plans_need(run, call):
    done = run(sys.executable, "-c", blocking(WEB, PLAN, REPORT, CLAIMS, SPARK, DEV) + CALL.format(call=call))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[JH-W005]")
    assert "pip install 'junheng[plan]'" in done.stdout
