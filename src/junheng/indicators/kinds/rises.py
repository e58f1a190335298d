"""逐年提高: the amount (or amount ÷ base) minus that of the year before; the worst of the last years, or their mean."""

from junheng.indicators.kind import Kind

KIND = Kind(
    "rises",
    frozenset({"amount", "over", "years"}),
    "{amount}{over_base}比上年的增加额，近 {years} 年{span}",
    spans=True,
    counts=True,
    levels=frozenset({"county"}),
)
