"""Full-width digits beside half-width ones: a piece that was pasted from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.reporting.lint.document import Document
from junheng.reporting.lint.finding import Finding, around

ID, LABEL = "digit_width", "数字全角半角混用"

_WIDE = re.compile(r"[０-９](?:[０-９．，％]*[０-９％])?")
_NARROW = re.compile(r"[0-9]")


def find(document: Document) -> Iterator[Finding]:
    """Every line with full-width digits, where the document writes others half-width."""
    if not any(_NARROW.search(line.text) for line in document.lines):
        return
    for line in document.lines:
        if match := _WIDE.search(line.own):
            yield Finding(
                ID,
                LABEL,
                line.place,
                around(line.text, *match.span()),
                "别处的数字是半角，这里是全角。",
                f"改成半角：{match.group().translate(_HALF)}。",
                "请核对",
            )


_HALF = str.maketrans("０１２３４５６７８９．，％", "0123456789.,%")
