"""若干项中至少几项: met when at least ``count`` of the indicators ``of`` are met. Decided where outcomes are."""

from junheng.indicators.kind import Kind

KIND = Kind("some_of", frozenset({"of", "count"}), "所列各项中至少 {count} 项达标", levels=frozenset({"stage"}))
