"""最低值: the lowest amount over the rows of a table."""

from junheng.indicators.kind import Kind

KIND = Kind(
    "lowest", frozenset({"amount", "over"}), "各行{amount}的最低值", levels=frozenset({"county", "county_stage"})
)
