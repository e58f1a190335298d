"""The full run asks for some tests by folder: none of them may stand where it does not look."""

import re

import pytest
from repository import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("mark", ["browser", "spark"])
def test_tests_stand_where_the_full_run_looks_for_them(mark):
    [folder] = re.findall(rf"pytest.* -m {mark} (\S+)$", MAKEFILE, re.MULTILINE | re.IGNORECASE)
    paths = (ROOT / "tests").rglob("*.py")
    marked = [path for path in paths if f"pytest.mark.{mark}" in path.read_text(encoding="utf-8")]
    assert marked
    assert [str(path) for path in marked if not path.is_relative_to(ROOT / folder)] == []
