"""The program works with what it asks for: nothing that only development needs is imported."""

import re
import sys
import tomllib

from repository import ROOT

# Development package → the modules it brings.
MODULES = {
    "duckdb": ["duckdb"],
    "hypothesis": ["hypothesis"],
    "import-linter": ["importlinter", "grimp"],
    "jsonschema": ["jsonschema"],
    "mkdocs-material": ["material", "mkdocs", "markdown", "jinja2"],
    "mypy": ["mypy"],
    "openpyxl": ["openpyxl"],
    "pandas": ["pandas", "numpy"],
    "pre-commit": ["pre_commit"],
    "pyarrow": ["pyarrow"],
    "pytest": ["pytest", "_pytest"],
    "pytest-xdist": ["xdist", "execnet"],
    "ruff": ["ruff"],
    "types-openpyxl": [],
    "types-pyyaml": [],
    "yamllint": ["yamllint"],
}
JUDGE = """
import sys
for name in {blocked!r}:
    sys.modules[name] = None
from datetime import date
from pathlib import Path
import junheng
for workbook, standard in (("worked_example", "CN/jiben_2012"), ("county", "CN/youzhi_2017")):
    judgement = junheng.judge(f"examples/{{workbook}}.xlsx", standard=standard, on=date(2025, 12, 31))
    junheng.explain(judgement)
    junheng.long_table(judgement).write_csv()
    junheng.result_document(judgement).model_dump_json()
    junheng.write_result_book(judgement, Path(f"{{workbook}}.xlsx"))
    print(judgement.outcome())
junheng.template("CN/youzhi_2017", "template.xlsx")
import junheng.cli
"""


def test_every_development_package_is_blocked():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=\[ ]", entry)[0] for entry in declared["optional-dependencies"]["dev"]}
    assert names == set(MODULES)


def test_judging_needs_no_development_package(run):
    blocked = [module for modules in MODULES.values() for module in modules]
    done = run(sys.executable, "-W", "error", "-c", JUDGE.format(blocked=blocked))
    assert done.stderr == ""
    assert done.stdout.split() == ["unknown", "unmet"]
