"""What ``junheng check`` can find: the rules of reading and the checks between cells, rows, tables and years."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

from junheng.intake import rules
from junheng.intake.rules import Rule
from junheng.standards.library import load_standard, standard_ids
from junheng.tables.catalogue import roster_tables
from junheng.tables.checks import kinds
from junheng.tables.finding import Severity
from junheng.workflow import tables_for
from reference.language import Language
from reference.page import Page, code, page, plain, table

_ENGLISH = {Severity.ERROR: "error", Severity.EXPLAIN: "explain", Severity.HINT: "hint"}


def pages(language: Language) -> Iterator[Page]:
    say = language.say
    intro = say(
        "`junheng check` 和 `junheng roster check` 的全部发现。"
        "**错误**改正后才能入库和判定；**须说明**在该行“填报说明”里写明原因后降为提示；"
        "**提示**只供核对。{花括号}处由程序填入具体的表、列和数值。",
        "Everything `junheng check` and `junheng roster check` can find. "
        "An **error** must be put right before data are stored or judged; an "
        "**explain** becomes a hint once the row's note says why; a **hint** only tells. Messages are Chinese, as "
        "filers see them; {braces} are filled with the sheet, column and values.",
    )
    heads = (
        ["编码", "级别", "检查内容", "提示文字"]
        if language is Language.ZH
        else ["Code", "Severity", "What is found", "Message"]
    )
    yield page(
        "findings.md",
        language,
        say("检查发现", "Findings"),
        "src/junheng/intake/rules.py, src/junheng_standards/tables/checks.yaml, rosters/checks.yaml",
        intro,
        say("## 读入时", "## While reading"),
        table(heads, _reading(language)),
        say("## 读入后", "## After reading"),
        table(heads, _checks(language)),
    )


def _severity(severity: Severity, language: Language) -> str:
    return language.say(severity.zh, _ENGLISH[severity])


def _reading(language: Language) -> Iterator[tuple[str, ...]]:
    named = {name: value for name, value in vars(rules).items() if isinstance(value, Rule)}
    for name, rule in sorted(named.items(), key=lambda entry: entry[1].code):
        what = "" if language is Language.ZH else name.replace("_", " ").capitalize()
        yield _anchor(rule.code), _severity(rule.severity, language), what, plain(rule.text)


def _checks(language: Language) -> Iterator[tuple[str, ...]]:
    docs = {name: inspect.getdoc(inspect.getmodule(find)) or "" for name, find in kinds().items()}
    seen = {}
    for name in standard_ids():
        for check in tables_for(load_standard(name)).checks:
            seen[str(check["code"])] = check
    for check in roster_tables().checks:
        seen.setdefault(str(check["code"]), check)
    for number, check in sorted(seen.items()):
        label: Any = check["label"]
        english = docs[str(check["kind"])].splitlines()[0].partition(": ")[0].rstrip(".")
        what = str(label["zh"]) if language is Language.ZH else f"{label['en']}. {english}."
        texts = [str(check[key]) for key in check if key.startswith("text")]
        yield (
            _anchor(number),
            _severity(Severity(str(check["severity"])), language),
            what,
            "<br>".join(plain(" ".join(text.split())) for text in texts),
        )


def _anchor(number: str) -> str:
    return f'<a id="{number.lower()}"></a>{code(number)}'
