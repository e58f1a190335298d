"""增长高于: yearly growth of the amount minus that of the base, in percentage points; the worst of the last years, or
their mean.
"""

from junheng.indicators.kind import Kind

KIND = Kind(
    "grows_faster",
    frozenset({"amount", "base", "over", "years"}),
    "{amount}年增长率 − {base}年增长率，近 {years} 年{span}",
    spans=True,
    counts=True,
    levels=frozenset({"county"}),
)
