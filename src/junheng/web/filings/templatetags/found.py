"""What is found, in words that fit beside a cell."""

from __future__ import annotations

from django import template

from junheng.tables.finding import Finding

register = template.Library()

_LONGEST = 40  # characters of a value within a message


@register.filter
def told(finding: Finding) -> str:
    """The message of a finding; of a long value that it quotes, the beginning only."""
    value = finding.value
    if len(value) <= _LONGEST:
        return finding.message
    return finding.message.replace(value, value[: _LONGEST - 1] + "…")
