"""The sentences of the checker, in both languages; what fills the braces is quoted from the report or computed."""

from __future__ import annotations

from types import MappingProxyType

from junheng.base.terms import Label
from junheng.claims.claim import Reason

_REASONS = MappingProxyType(
    {
        "nothing_to_compare": Label(  # zh: data
            "报告里没有能重新算出它的数字", "nothing in the report recomputes it"
        ),
    }
)


def words(reason: Reason, language: str = "zh") -> str:
    """The sentence of a reason in Chinese (``zh``) or English (``en``)."""
    label = _REASONS[reason.template]
    return (label.en if language == "en" else label.zh).format(**reason.values)
