"""Dates that cannot be, and years that run backwards."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from junheng.reporting.lint.document import Document, Line
from junheng.reporting.lint.finding import Finding, around

ID, LABEL = "dates", "日期或年份不对"

_DAY = re.compile(r"(?<!\d)(?P<year>\d{4})年(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?")
_RANGE = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)年?[—–－~～至到-]{1,2}(?P<last>(?:19|20)\d\d)(?=年|学年)")
_SCHOOL_YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)[—–－~～-]{1,2}(?P<last>(?:19|20)\d\d)学年(?!至|到|、)")


def find(document: Document) -> Iterator[Finding]:
    """Days and months that no calendar has; ranges that end before they begin; school years of more than a year."""
    for line in document.lines:
        for match in _DAY.finditer(line.text):
            if not _exists(match):
                yield _finding(line, match, "没有这一天。")
        for match in _RANGE.finditer(line.text):
            if int(match["last"]) < int(match["first"]):
                yield _finding(line, match, "后一个年份早于前一个。")
        for match in _SCHOOL_YEAR.finditer(line.text):
            if int(match["last"]) > int(match["first"]) + 1:
                yield _finding(line, match, "一个学年只跨两年。")


def _exists(match: re.Match[str]) -> bool:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"] or 1)
    return 1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]


def _finding(line: Line, match: re.Match[str], why: str) -> Finding:
    return Finding(ID, LABEL, line.place, around(line.text, *match.span()), why, "核对年月日。", "须改")
