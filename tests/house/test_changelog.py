import re

import pytest
from repository import ROOT

from junheng.standards.library import standard_ids

FRAGMENTS = sorted(file for file in (ROOT / "changes").glob("*.md") if file.name != "README.md")


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda file: file.name)
def test_a_fragment_is_named_by_its_kind_and_listed(fragment):
    assert re.fullmatch(r"\d{4}\.(feature|fix|standard)\.md", fragment.name)
    assert f"changes/{fragment.name}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if ".standard." in fragment.name:
        text = fragment.read_text(encoding="utf-8")
        assert re.search(r"\d{4}-\d{2}-\d{2}", text), "from which day?"
        assert "Affects" in text, "which counties?"


def test_fragments_are_numbered_once():
    numbers = [file.name[:4] for file in FRAGMENTS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("name", standard_ids())
def test_every_standard_came_with_a_fragment(name):
    assert any(f"`{name}`" in file.read_text(encoding="utf-8") for file in FRAGMENTS if ".standard." in file.name)
