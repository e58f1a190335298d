"""满几年: whole years from a filed date to the day judged."""

from junheng.indicators.kind import Kind

KIND = Kind("years_since", frozenset({"amount"}), "{amount}至评估日的整年数", levels=frozenset({"county"}))
