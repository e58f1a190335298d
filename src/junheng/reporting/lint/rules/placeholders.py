"""Blanks of a template that nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.reporting.lint.document import Document
from junheng.reporting.lint.finding import Finding, Severity, around

ID, LABEL = "placeholder", "占位没有填"

_SUBJECT = "县|市|区|旗|省|乡|镇|村|小学|初中|中学|学校|校|年|月|日|人|名|所|个|间|万元|元|%|％|平方米|㎡"
_SPACE = r"[ \u3000\u00a0]"
_END = r"(?=[\]】〕）)，。；、]|$)"
_NUMERAL = "一二三四五六七八九十〇零"
# Marks that stand for something to come; never found in finished prose.
_CERTAIN = (
    (re.compile(r"(?<![A-Za-z0-9])[xX]{2,}(?![A-Za-z0-9])"), "“xx”是模板里的占位"),
    (re.compile(r"[×✕╳]{2,}"), "“××”是模板里的占位"),
    (re.compile(rf"(?<![A-Za-z0-9.%×㎡米）)])[xX×](?={_SUBJECT})(?!元[二三]?[一二]次)"), "“×”是模板里的占位"),
    (re.compile(r"[*＊]{2,}"), "“**”是遮住或没填的字"),
    (re.compile(r"[○◯]{2,}"), "“○○”是模板里的占位"),
    (re.compile(rf"(?<![{_NUMERAL}])〇{{2,}}(?![{_NUMERAL}])"), "“〇〇”是模板里的占位"),
    (re.compile(rf"[○◯](?={_SUBJECT})"), "“○”是模板里的占位"),
    (re.compile(r"[_＿﹍]{3,}"), "下划线上没有填写"),
    (re.compile(r"【[\s　]*】|［[\s　]*］|(?<!- )(?<!\* )\[[\s　]*\](?!\()"), "方括号里没有填写"),
    (re.compile(r"\{\{[^{}\n]{0,40}\}\}|\$?\{[^{}\n]{0,40}\}"), "花括号是模板里的变量，没有换成内容"),
    (re.compile(rf"待填(?:写|报)?{_END}|(?<![有亟急还正])待补充{_END}"), "写着“待填”"),
    (
        re.compile(r"此处请?(?:填写|插入|添加|补充)|[\[［【〔（(]请(?:填写|输入|插入)|单击此处|TODO|TBD"),
        "还留着填写的提示",
    ),
    (
        re.compile(
            rf"(?:共有?|现有|达到?|为|计|占|于|有|完成){_SPACE}{{2,}}(?:所|人|名|个|间|万?元|%|％|平方米|㎡)"
        ),
        "数字的地方空着",
    ),
    (
        re.compile(rf"(?<=[\u4e00-\u9fff]){_SPACE}{{2,}}(?:所|人|名|个|间|万?元|平方米|㎡)(?=[，。；、,;]|$)"),
        "数字的地方空着",
    ),
)  # fmt: skip
# Blanks for a date: meant in a form, forgotten in a letter.
_DATE = re.compile(rf"(?<!\d){_SPACE}+年{_SPACE}+月(?:{_SPACE}+日)?|年{_SPACE}{{2,}}月{_SPACE}{{2,}}日")


def find(document: Document) -> Iterator[Finding]:
    """Every blank, once a place; the marks of a redacted copy are meant."""
    if document.redacted:
        return
    for line in document.lines:
        taken: list[tuple[int, int]] = []
        for pattern, why in _CERTAIN:
            for match in pattern.finditer(line.text):
                if not any(start < match.end() and match.start() < end for start, end in taken):
                    taken.append(match.span())
                    place = around(line.text, *match.span())
                    yield _finding(line.place, place, f"{why}。", "填上内容，或删去这一处。", "须改")
        date = None if document.form or line.kind == "cell" else _DATE.search(line.text)
        if date:
            place = around(line.text, *date.span())
            yield _finding(line.place, place, "日期空着。", "写上日期；留给人手写的不用管。", "请核对")


def _finding(place: str, quote: str, why: str, next_step: str, severity: Severity) -> Finding:
    return Finding(ID, LABEL, place, quote, why, next_step, severity)
