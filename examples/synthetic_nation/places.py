"""Where the counties lie: real provinces in real shares, county codes that no real county has."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from examples.synthetic_nation.draws import Numbers

import junheng_standards

ALL = 2_900
# Real prefectures have the third and fourth digits 01 to 59 or 90 (places.csv); these are made up.
FIRST_PREFECTURE, COUNTIES_A_PREFECTURE, PREFECTURES = 60, 30, 30


class TooManyCountiesError(ValueError):
    """More counties than there are made-up codes in the provinces."""


@lru_cache(maxsize=1)
def real_counties() -> dict[str, int]:
    """Two-digit code of a province → the number of its county-level units."""
    with (junheng_standards.FOLDER / "places.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        found = Counter(row["code"][:2] for row in rows if not row["code"].endswith("00"))
    return dict(sorted(found.items()))


def counties_of(counties: int = ALL, provinces: Sequence[str] = ()) -> dict[str, Numbers]:
    """The codes of ``counties`` counties, spread over the provinces (all by default) as the real ones are.

    Raises:
        TooManyCountiesError: there are not so many codes.
        KeyError: no real province has this code.
    """
    real = {code: real_counties()[code] for code in sorted(set(provinces) or real_counties())}
    exact = {code: counties * number / sum(real.values()) for code, number in real.items()}
    chosen = {code: int(share) for code, share in exact.items()}
    by_rest = sorted(exact, key=lambda code: (chosen[code] - exact[code], code))
    for code in by_rest[: counties - sum(chosen.values())]:
        chosen[code] += 1
    if max(chosen.values()) > COUNTIES_A_PREFECTURE * PREFECTURES:
        most = COUNTIES_A_PREFECTURE * PREFECTURES
        message = (
            f"每个省份最多 {most} 个合成县（{len(real)} 个省份，要 {counties} 个县）；请少要一些，或多选几个省份。"
        )
        raise TooManyCountiesError(message)
    return {code: _codes(code, number) for code, number in chosen.items() if number}


def _codes(province: str, number: int) -> Numbers:
    serial = np.arange(number)
    prefecture = FIRST_PREFECTURE + serial // COUNTIES_A_PREFECTURE
    return np.asarray(int(province) * 10_000 + prefecture * 100 + 1 + serial % COUNTIES_A_PREFECTURE)
