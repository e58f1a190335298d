"""Names of prefectures and counties, to notice those that do not belong into a document."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from junheng.standards.library import roots
from junheng.standards.regions import provinces

# Names that are words of everyday or of this trade as well: 优质教育资源县域统筹, 城区, 平原县. They count as names
# only behind the name of what they lie in (桂林市资源县); so do all names of two characters (和县, 应县).
_WORDS = frozenset(
    {
        "三水区", "东方市", "东风区", "中原区", "中山区", "光明区", "全南县", "公安县", "兴国县", "前进区",
        "华容区", "南部县", "友好区", "合作市", "向阳区", "和平区", "和平县", "城东区", "城中区", "城关区",
        "城北区", "城西区", "大城县", "大安区", "安定区", "安居区", "富民县", "富裕县", "市中区", "平原县",
        "平安区", "开平市", "新兴县", "新华区", "新城区", "新市区", "桥东区", "桥西区", "民权县", "永和县",
        "江北区", "河东区", "河口区", "河西区", "海港区", "港口区", "红旗区", "资源县", "通城县",
        "通道侗族自治县", "长安区",
    }
)  # fmt: skip
# 和县里, 某市场, 县域, 区别: the last character belongs to the next word.
_NOT_BEFORE = "域级场民长区间别分管委域属直内城际"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a text names: where, and the codes of all places of that name."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Full name → codes of the provinces, prefectures and counties that have it."""
    found: dict[str, list[str]] = {}
    for code, label in provinces().items():
        found.setdefault(label.zh, []).append(code)
    for root in roots():
        file = root / "places.csv"
        if file.is_file():
            with file.open(encoding="utf-8", newline="") as lines:
                for row in csv.DictReader(line for line in lines if not line.startswith("#")):
                    found.setdefault(row["zh"], []).append(row["code"])
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted((name for name in names() if len(name) > 1), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?![{_NOT_BEFORE}])")


def mentions(text: str) -> list[Mention]:
    """The places named in a text; of overlapping names the longest, of ambiguous ones only those with their parent."""
    found: list[Mention] = []
    for match in _pattern().finditer(text):
        name, codes = match.group(), names()[match.group()]
        before = found[-1] if found and found[-1].end == match.start() else None
        inside = _inside(codes, before)
        if (len(name) <= 2 or name in _WORDS) and not inside:
            continue
        found.append(Mention(match.start(), match.end(), name, inside or codes))
    return found


def _inside(codes: Iterable[str], before: Mention | None) -> tuple[str, ...]:
    """Those codes that lie in the place named just before."""
    if before is None:
        return ()
    return tuple(code for code in codes if any(code.startswith(above) and code != above for above in before.codes))


def own_codes(county: str) -> frozenset[str]:
    """The codes of a county (by code or name), its prefecture and its province; of all counties of that name."""
    codes = (county,) if county.isdigit() else names().get(county, ())
    return frozenset(code[:length] for code in codes for length in (2, 4, 6) if len(code) >= length)
