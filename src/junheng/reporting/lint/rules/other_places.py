"""Another county's or city's name: what a text that was taken over from elsewhere leaves behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.reporting.lint.document import Document, Line
from junheng.reporting.lint.finding import Finding, around
from junheng.reporting.lint.places import Mention, mentions, names, own_codes

ID, LABEL = "other_place", "别的县市的名称"

_TITLES = re.compile(r"《[^《》]*》")
# Others are named on purpose there: partners, neighbours, where teachers came from.
_MEANT = re.compile(
    r"对口|帮扶|协作|结对|学习|考察|交流|邻|毗|接壤|支教|联合|共建|毕业|籍|来自|借鉴|赴|前往|转入|转出|调入|与$|和$"
)


def find(document: Document) -> Iterator[Finding]:
    """Every other place, once a line; nothing where nobody said whose document it is."""
    county = document.county or _county_of(document.title)
    if not county:
        return
    own, name = own_codes(county), county if not county.isdigit() else _name(county)
    for line in document.lines:
        seen: set[str] = set()
        for mention in _others(line, own, name):
            if mention.name in seen:
                continue
            seen.add(mention.name)
            yield _finding(line, mention, name)


def _others(line: Line, own: frozenset[str], name: str) -> Iterator[Mention]:
    # Titles of documents and names of schools may hold any place.
    text = _TITLES.sub(lambda match: "\N{REPLACEMENT CHARACTER}" * len(match.group()), line.own)
    for mention in mentions(text):
        if own.isdisjoint(mention.codes) and mention.name not in name and name not in mention.name:
            yield mention


def _finding(line: Line, mention: Mention, name: str) -> Finding:
    near = line.text[max(0, mention.start - 12) : mention.end + 12]
    certain = line.kind in ("title", "heading") and not _MEANT.search(near)
    return Finding(
        ID,
        LABEL,
        line.place,
        around(line.text, mention.start, mention.end),
        f"这份材料是{name}的，这里写着{mention.name}。",
        f"不是有意写到{mention.name}的话，改成本县的名称，并核对前后的数字是不是也从别处带来。",
        "须改" if certain else "请核对",
    )


def _county_of(title: str) -> str:
    """The county that a title names, where it names just one."""
    found = [mention for mention in mentions(title) if any(len(code) == 6 for code in mention.codes)]
    return found[0].codes[0] if len(found) == 1 and len(found[0].codes) == 1 else ""


def _name(code: str) -> str:
    return next((name for name, codes in names().items() if code in codes), code)
