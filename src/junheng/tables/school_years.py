"""The day of a school year: what is filed for it, and which schools are open in it."""

from __future__ import annotations

from datetime import date

YEAR_STARTS = (9, 1)  # 学年时点: stock figures are those of 1 September; a school closed by then files no more


def reference_day(year: int) -> date:
    """Stock figures of a school year are those of 1 September."""
    return date(year, *YEAR_STARTS)
