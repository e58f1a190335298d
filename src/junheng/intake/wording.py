"""How words are compared: width, spaces, dashes and brackets make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from junheng.tables.units import is_unit

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\x00-\x1f\x7f]+")
_DASHES = re.compile(r"[‐‑‒–—―−－~〜～至]+")
_IGNORED = re.compile(r"[()\[\]{}<>《》「」【】〔〕,、。;:·*#_'\"“”‘’|/\\]+")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]+")
_APART = re.compile(r"[\d.,]\s+[\d.,]")
_GROUPED = re.compile(r"^[+-]?\d{1,3}(?: \d{3})+(?:\.\d*)?(?![\d.,]|\s+[\d.,])")
_LAST_BRACKET = re.compile(r"^(.*?)[(\[【]([^()\[\]【】]*)[)\]】]$")
_AFTER_SIGN = re.compile(r"^(.+?)(?:[/:,]|单位:?)(?:单位:?)?([^/:,]{1,5})$")
_COLUMN_NUMBER = re.compile(r"^(?:\d{1,3}|[甲乙丙丁戊己庚辛]|[A-Z])$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """One width, one dash, no spaces: ``５ — 6 人`` and ``5-6人`` read the same."""
    return _DASHES.sub("-", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=65536)
def key_of(text: str) -> str:
    """What is left to tell two heads apart: no case, brackets or punctuation."""
    return _IGNORED.sub("", compact(text).casefold())


def is_column_number(text: str) -> bool:
    """Whether a text is what forms and clerks number columns with: 甲, 1, A."""
    return bool(_COLUMN_NUMBER.match(compact(text)))


def two_numbers(text: str) -> bool:
    """Whether blanks part digits otherwise than into thousands: ``12 34`` is two numbers, ``1 234 567`` is one."""
    words = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()
    return bool(_APART.search(words)) and not _GROUPED.match(words)


@lru_cache(maxsize=65536)
def split_unit(head: str) -> tuple[str, str]:
    """A head's words and its unit: ``资产值（万元）`` → (资产值, 万元). Other brackets stay words."""
    text = compact(head)
    if match := _LAST_BRACKET.match(text):
        inside = match[2].removeprefix("单位").lstrip(":")
        if is_unit(inside):
            return match[1], inside
    if (match := _AFTER_SIGN.match(text)) and is_unit(match[2]):
        return match[1], match[2]
    return text, ""


def bare_unit(text: str) -> str:
    """The unit when the text is nothing else (``万元``, ``（㎡）``, ``单位：元``), else empty."""
    inside = compact(text).strip("()[]【】").removeprefix("单位").lstrip(":")
    return inside if is_unit(inside) else ""


def clean(text: str) -> str:
    """Words as typed, without what nobody can see: outer blanks and control characters."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip().strip("\ufeff\u200b").strip()
