"""规定班额: how many pupils a class may have, read off a standard."""

from __future__ import annotations

import re
from datetime import date

from junheng.base.terms import Stage
from junheng.standards.model import Standard
from junheng.standards.on_day import on_day
from junheng.verdict.items import each_check

_BAND = re.compile(r"classes_(\d+)")


def class_limits(standard: Standard, day: date) -> dict[str, int]:
    """By stage, the largest class that the standard lets pass; stages it says nothing of are missing.

    A standard counts the classes above the permitted size by bands of sizes (46—50人班数, …): the band below the first
    one that is counted ends at the limit.
    """
    found = {}
    for _, _, _, _, check in each_check(on_day(standard, day)):
        for stage in (Stage.PRIMARY, Stage.JUNIOR):
            columns = [term.column for term in check.formula.amount.terms(str(stage))] if check.formula.amount else []
            bands = sorted(int(match[1]) for name in columns if (match := _BAND.fullmatch(name)))
            if bands and "classes_over_65" in columns:
                found[str(stage)] = bands[0] - _WIDTH
    return found


_WIDTH = 5  # pupils a band is wide, see tables/stage_year.csv
