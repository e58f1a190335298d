"""Regions: the names of the provinces by their two-digit codes (GB/T 2260), and the region that a standard is for."""

from __future__ import annotations

import csv
import re
from functools import lru_cache

from junheng.base.terms import Label
from junheng.standards.errors import UnknownRegionError
from junheng.standards.library import roots

NATIONAL, UNATTRIBUTED = "CN", "CN-unattributed"
_ANY_PROVINCE = Label("省份不明", "province not known")
# A province, a prefecture or a county: two digits each.
_CODE = re.compile(r"(?:\d\d){1,3}")


@lru_cache(maxsize=1)
def provinces() -> dict[str, Label]:
    """Two-digit code → name."""
    found: dict[str, Label] = {}
    for root in roots():
        file = root / "regions.csv"
        if file.is_file():
            with file.open(encoding="utf-8", newline="") as lines:
                found |= {row["code"]: Label(row["zh"], row["en"]) for row in csv.DictReader(lines)}
    return found


def province_of(code: str) -> str:
    """The two-digit code of the province that a county, prefecture or province lies in.

    Raises:
        UnknownRegionError: it is no code of GB/T 2260.
    """
    if not _CODE.fullmatch(code) or code[:2] not in provinces():
        raise UnknownRegionError(code=code, known=" ".join(provinces()))
    return code[:2]


def region_of(standard: str) -> str:
    """The folder that says whom a standard is for: ``CN``, ``CN-37``, ``CN-340207``; empty for a folder elsewhere."""
    region, slash, _ = standard.partition("/")
    return region if slash else ""


def region_code(region: str) -> str | None:
    """The digits of a region, empty for the whole country; None where it names no place."""
    if region == NATIONAL:
        return ""
    code = region.removeprefix(f"{NATIONAL}-")
    return code if _CODE.fullmatch(code) else None


def region_label(region: str) -> Label:
    """What a region is called; a part of a province by its code, for only provinces have names here."""
    code = region_code(region)
    if code is None:
        return _ANY_PROVINCE
    if not code:
        return Label("全国", "national")
    name = provinces().get(code[:2], Label(code[:2], code[:2]))
    return name if len(code) == 2 else Label(f"{name.zh} {code}", f"{name.en} {code}")
