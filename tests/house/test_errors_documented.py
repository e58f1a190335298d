import importlib
import pkgutil
import re
from string import Formatter

import pytest
from repository import ROOT

import junheng
from junheng.base.errors import all_errors

for found in pkgutil.walk_packages(junheng.__path__, "junheng."):
    importlib.import_module(found.name)
ERRORS = all_errors()


def placeholders(template):
    """The values of a template; one that has both languages (``{what.zh}``, ``{what.en}``) counts as one."""
    return {name.partition(".")[0] for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_an_error_speaks_both_languages_with_the_same_values(error):
    assert re.search(r"[\u4e00-\u9fff]", error.zh)
    assert not re.search(r"[\u4e00-\u9fff]", error.en)
    assert placeholders(error.en) == placeholders(error.zh)
    assert error.__doc__


def test_codes_are_unique():
    codes = [error.code for error in ERRORS]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)
def test_an_error_stands_on_the_errors_page(error, language):
    page = (ROOT / "docs" / language / "reference/errors.md").read_text(encoding="utf-8")
    assert f"\n## {error.code}\n" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_in_the_program_is_explained(language):
    reference = ROOT / "docs" / language / "reference"
    explained = "".join((reference / name).read_text(encoding="utf-8") for name in ("errors.md", "findings.md"))
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.yaml")]
    codes = {code for file in sources for code in re.findall(r"\bJH-[A-Z]\d{3}\b", file.read_text(encoding="utf-8"))}
    ranges = {"JH-F099"}  # a bound named in a comment, not a code
    assert sorted(code for code in codes - ranges if code not in explained) == []
