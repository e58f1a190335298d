"""逐年占比: amount ÷ base × 100 of each fiscal year; the worst of the last years, or their mean.

A year with nothing to take a share of asks nothing.
"""

from junheng.indicators.kind import Kind

KIND = Kind(
    "yearly_share",
    frozenset({"amount", "base", "over", "years"}),
    "{amount} ÷ {base} × 100%，近 {years} 年{span}",
    spans=True,
    levels=frozenset({"county"}),
)
