"""Small drawings in tables: a line over the years, room to a limit, where a measure moves."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from junheng.web.templatetags.components import badge
from junheng.web.templatetags.words import dash, number

register = template.Library()

_WIDTH, _HEIGHT, _EDGE = 96, 22, 3
_TONES = {"urgent": "bad", "warn": "warn", "notice": "info"}


@register.simple_tag
def spark(values: Sequence[float | None]) -> str | SafeString:
    """Shares from 0 to 1 over the years as a line with a dot at its end; a year that is not known is a gap."""
    known = [(n, value) for n, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return ""
    step = (_WIDTH - 2 * _EDGE) / max(1, len(values) - 1)

    def at(n: int, value: float) -> str:
        return f"{_EDGE + n * step:.1f} {_HEIGHT - _EDGE - value * (_HEIGHT - 2 * _EDGE):.1f}"

    path, before = [], -2
    for n, value in known:
        path.append(f"{'L' if n == before + 1 else 'M'}{at(n, value)}")
        before = n
    x, y = at(*known[-1]).split()
    return format_html(
        '<svg class="spark" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path d="{}" fill="none" stroke="#0f5c66" stroke-width="1.6"/><circle cx="{}" cy="{}" r="2.4" fill="#0f5c66"/>'
        "</svg>",
        _WIDTH,
        _HEIGHT,
        _WIDTH,
        _HEIGHT,
        "，".join("—" if value is None else f"{number(value * 100, 0)}%" for value in values),
        "".join(path),
        x,
        y,
    )


@register.simple_tag
def room(value: float | None) -> str | SafeString:
    """Distance to the limit: ``余 12.3%`` or ``差 4.0%``, with a sign for those who see no colour."""
    if value is None:
        return dash(_("没有限值或没有数据"))
    words = _("余 %(percent)s%%") if value >= 0 else _("差 %(percent)s%%")
    tone = "unmet" if value < 0 else "tolerated" if value < 0.05 else "met"
    return format_html(
        '<span class="outcome outcome-{}">{}</span>', tone, words % {"percent": number(abs(value) * 100, 1)}
    )


@register.simple_tag
def direction(value: str | None) -> str | SafeString:
    """↗ 好转, → 平稳, ↘ 变差; nothing where there are too few years."""
    match value:
        case "improving":
            return badge(f"↗ {_('好转')}", "good")
        case "worsening":
            return badge(f"↘ {_('变差')}", "bad")
        case "steady":
            return badge(f"→ {_('平稳')}", "quiet")
        case _:
            return dash(_("年份太少，看不出方向"))


@register.simple_tag
def severity(value: str, word: str) -> SafeString:
    return badge(word, _TONES.get(value, "quiet"))


@register.simple_tag
def state_badge(tone: str, word: str) -> SafeString:
    """Where a county stands against its date."""
    return badge(word, tone)
