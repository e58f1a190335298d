import re

import pytest
from repository import ROOT

DOCS = ROOT / "docs"


def pages(language):
    return sorted(str(file.relative_to(DOCS / language)) for file in (DOCS / language).rglob("*") if file.is_file())


def headings(text):
    without_code = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return [len(found) for found in re.findall(r"^(#+) ", without_code, flags=re.MULTILINE)]


def commands(blocks):
    """What is typed: without comments, which are in the page's own language."""
    kept = [block for block in blocks if block.kind in ("sh", "python", "yaml")]
    return [[re.sub(r"\s*#.*", "", line) for line in block.lines] for block in kept]


def test_both_languages_have_the_same_pages():
    assert pages("zh") == pages("en")


@pytest.mark.parametrize("name", [name for name in pages("zh") if name.endswith(".md")])
def test_a_page_has_the_same_headings_and_commands_in_both_languages(blocks_of, name):
    zh, en = DOCS / "zh" / name, DOCS / "en" / name
    assert headings(zh.read_text(encoding="utf-8")) == headings(en.read_text(encoding="utf-8"))
    assert commands(blocks_of(zh)) == commands(blocks_of(en))
    if "reference" not in name:
        outputs = [[block.text for block in blocks_of(page) if block.kind == "text"] for page in (zh, en)]
        assert len(outputs[0]) == len(outputs[1])


def test_the_front_pages_say_the_same(blocks_of):
    zh, en = ROOT / "README.zh-CN.md", ROOT / "README.md"
    assert headings(zh.read_text(encoding="utf-8")) == headings(en.read_text(encoding="utf-8"))
    assert commands(blocks_of(zh)) == commands(blocks_of(en))


@pytest.mark.parametrize("file", sorted((DOCS / "decisions").glob("0*.md")), ids=lambda file: file.stem)
def test_a_decision_says_what_was_rejected_and_when_to_think_again(file):
    text = file.read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, flags=re.MULTILINE) == ["Context", "Choice", "Rejected", "Revisit when"]
    assert "**提要**：" in text
    assert text.startswith(f"# {file.name[:4]} ")
    assert f"({file.name})" in (DOCS / "decisions/index.md").read_text(encoding="utf-8")
