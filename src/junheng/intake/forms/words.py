"""Whether the words of a row or a head, as printed, name what a mapping asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from junheng.intake.forms.mapping import comparable
from junheng.intake.wording import compact, key_of, split_unit

_ORDER = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d))")
_FIRST_ORDER = re.compile(r"^[一二三四五六七八九十]{1,3}[、.]")
_BY = re.compile(r"^按.+分$")


def row_word(label: str) -> str:
    """A row's label without its numbering, 其中, unit and marks: ``一、教学及辅助用房（平方米）`` is 教学及辅助用房."""
    text = _ORDER.sub("", compact(label).lstrip("#*·•-"))
    return key_of(split_unit(text.removeprefix("其中").lstrip(":"))[0])


def opens_block(label: str) -> bool:
    """Whether a label is numbered 一、二、三: what follows stands below it."""
    return bool(_FIRST_ORDER.match(compact(label)))


def names(printed: Sequence[str], wanted: Sequence[str], neutral: Collection[str]) -> bool:
    """Whether a printed path is the wanted one: its words in order, the last the same, all others merely grouping.

    专任教师 > 按学历分 > 本科 is 专任教师 > 本科; 离退休教师 > 本科 and 在校生数 > 女 are nothing that was asked for.
    """
    if not printed or not wanted or printed[-1] != wanted[-1]:
        return False
    left = len(wanted) - 1
    for word in reversed(printed):
        if left >= 0 and word == wanted[left]:
            left -= 1
        elif word not in neutral and not _BY.match(word):
            return False
    return left < 0


def names_row(printed: Sequence[str], block: str, wanted: Sequence[str], neutral: Collection[str]) -> bool:
    """The same for a row; the block that it stands in may give the words above it, and need not be asked for.

    A sum (计) in a row of its own below the block's word is the block itself.
    """
    return names(printed, wanted, neutral) or (bool(block) and names(comparable((block, *printed)), wanted, neutral))
