"""Whoever reads English is never left in front of Chinese: every word of the pages is marked and has its English."""

from __future__ import annotations

import ast
import re
import sys

import pytest
from repository import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import messages

WEB = ROOT / "src/junheng/web"
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MARKS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
# What says both languages side by side, and what is data: events of the log are written once, in Chinese. Any other
# line that stores Chinese as data says so: ``# zh: data``.
BOTH = {"Label", "record", "_record"}
DATA = "# zh: data"
# The description of the API has no language of its own: its sentences say both, Chinese first.
SIDE_BY_SIDE = re.compile(r"[\u4e00-\u9fff].*\s[A-Za-z]", re.DOTALL)
# The page of a fault may need nothing that could fail again, not even a language: the second half of it is English.
OF_A_FAULT = "500.html"
TEMPLATES = sorted(path for path in WEB.rglob("*.html"))
# The command line speaks Chinese, as all of its commands do; the sample county is a Chinese county.
MODULES = sorted(
    path
    for path in WEB.rglob("*.py")
    if not {"commands", "demo", "migrations"} & set(path.relative_to(WEB).parts) and path.name != "errors.py"
)


def test_every_marked_string_has_english():
    assert messages.untranslated() == [], "run tools/messages.py update, and write the English"


def test_no_english_lost_a_placeholder():
    wrong = []
    for entry in messages.current():
        if not entry.id or not isinstance(entry.id, str) or not entry.string:
            continue
        found = re.findall(r"%\((\w+)\)", entry.id), re.findall(r"%\((\w+)\)", str(entry.string))
        if set(found[0]) != set(found[1]):
            wrong.append(entry.id)
    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_a_template_has_no_unmarked_chinese(path):
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%\s*trans(?:late)?\b.*?%}", "", text, flags=re.DOTALL)
    text = re.sub(r"_\((\"[^\"]*\"|'[^']*')\)", "", text)
    # A language is offered under its own name.
    text = re.sub(r"<button\b[^>]*\blang=\"zh-hans\".*?</button>", "", text)
    if path.name == OF_A_FAULT:
        assert '<section lang="en">' in text
        return
    assert not [line.strip() for line in text.splitlines() if CHINESE.search(line)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(WEB).as_posix())
def test_a_module_has_no_unmarked_chinese(path):
    text = path.read_text(encoding="utf-8")
    lines, tree, free = text.splitlines(), ast.parse(text), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            free.add(id(node.body[0].value))
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in MARKS | BOTH:
                free |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Assign) and {getattr(target, "id", "") for target in node.targets} & {"zh", "summary"}:
            free |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Dict) and {"zh", "en"} <= {getattr(key, "value", None) for key in node.keys}:
            free |= {id(inner) for inner in ast.walk(node)}
    unmarked = [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in free
        and not ("api" in path.relative_to(WEB).parts and SIDE_BY_SIDE.search(node.value))
        and not any(DATA in line for line in lines[node.lineno - 1 : node.end_lineno])
    ]
    assert not unmarked
