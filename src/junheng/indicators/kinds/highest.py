"""最高值: the highest amount over the rows of a table."""

from junheng.indicators.kind import Kind

KIND = Kind(
    "highest", frozenset({"amount", "over"}), "各行{amount}的最高值", levels=frozenset({"county", "county_stage"})
)
