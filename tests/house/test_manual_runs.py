"""What the manual and the front pages tell people to type is typed here, and must print what they say it prints."""

import re
import shlex
import sys

import pytest
from repository import ROOT

PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs/zh/tutorial").glob("*.md")),
    *sorted((ROOT / "docs/zh/how-to").glob("*.md")),
    ROOT / "docs/zh/explanation/figures-checked.md",
]
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_commands_do_what_the_page_says(file, blocks_of, run):
    printed = ""
    for block in blocks_of(file):
        if block.kind == "python":
            done = run(sys.executable, "-c", block.text)
            assert done.returncode == 0, done.stderr
        if block.kind != "sh":
            continue
        expected = int(re.sub(r"\D", "", block.title) or 0)
        for line in block.lines:
            words = shlex.split(line, comments=True)
            if words[0] == "make":
                continue  # the two commands that make all this; `make test` runs this test
            done = run(*words)
            assert done.returncode == expected, f"{line}\n{done.stdout}{done.stderr}"
            printed += done.stdout + done.stderr
    lines = {line.strip() for line in printed.splitlines()}
    said = [line for block in blocks_of(file) if block.kind == "text" for line in block.lines]
    assert [line for line in said if line not in lines] == []


def test_english_pages_show_the_same_outputs(blocks_of):
    """So that running the Chinese pages is enough."""
    pairs = [(ROOT / "README.zh-CN.md", ROOT / "README.md")]
    pairs += [(page, ROOT / "docs/en" / page.relative_to(ROOT / "docs/zh")) for page in PAGES[1:]]
    for zh, en in pairs:
        shown = [[block.text for block in blocks_of(page) if block.kind == "text"] for page in (zh, en)]
        assert shown[0] == shown[1], en
