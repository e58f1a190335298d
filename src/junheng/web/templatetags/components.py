"""Small parts of pages that need a decision: outcomes, badges, figures as doors, heads that sort, bars."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from junheng.base.outcome import Outcome
from junheng.web.paging import SIZES
from junheng.web.templatetags.icons import ICONS, MARKS
from junheng.web.templatetags.words import absence, dash, label, number
from junheng.web.templatetags.words import outcome as outcome_word

register = template.Library()

# The tone of each state of a filing (filings/states.py), and of a job.
TONES = {
    "draft": "quiet",
    "handed_in": "info",
    "signed": "info",
    "town_passed": "info",
    "returned": "warn",
    "approved": "good",
    "verified": "good",
    "locked": "good",
    "running": "info",
    "waiting": "quiet",
    "done": "good",
    "failed": "bad",
    "cancelled": "quiet",
    "open": "warn",
    "mended": "info",
    "closed": "good",
}


@register.simple_tag
def outcome(value: Outcome | str | None, short: bool = False) -> str | SafeString:
    """A badge with icon and word; ``short`` shows the icon only and keeps the word for screen readers."""
    if not value:
        return ""
    word = outcome_word(value)
    if short:
        parts = ('<span class="outcome short outcome-{}" title="{}">{}<span class="sr-only">{}</span></span>', word)
        return format_html(parts[0], str(value), word, mark(value), word)
    return format_html('<span class="outcome outcome-{}">{}{}</span>', str(value), mark(value), word)


@register.simple_tag
def mark(value: Outcome | str) -> SafeString:
    """The sign of an outcome alone: ✓ △ ✗ ?"""
    return format_html(
        '<svg class="mark-{}" viewBox="0 0 12 12" aria-hidden="true"><path d="{}"/></svg>',
        str(value),
        MARKS[str(value)],
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawn sign beside a word; it says nothing by itself."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        mark_safe(ICONS[name]),  # our own drawings
    )


@register.simple_tag
def badge(word: str, tone: str = "quiet") -> SafeString:
    return format_html('<span class="badge {}">{}</span>', tone, word)


@register.simple_tag
def state(key: str, word: str) -> SafeString:
    """Where something stands; the tone follows from the state."""
    return badge(word, TONES.get(str(key), "quiet"))


@register.simple_tag
def amount(
    value: object, digits: int | None = None, unit: str = "", absent: str | None = None, href: str = ""
) -> str | SafeString:
    """A figure as a door to where it comes from, with its unit; one that is not there says why."""
    text = dash(absence(absent)) if value is None or absent else number(value, digits)
    if href:
        text = format_html('<a href="{}">{}</a>', href, text)
    return format_html('{} <span class="unit">{}</span>', text, label(unit)) if unit and value is not None else text


@register.simple_tag(takes_context=True)
def sort_head(
    context: Context, key: str, name: object, number: bool = False, unit: str = "", target: str = ""
) -> SafeString:
    """A head that sorts the list by its column: ascending, then descending."""
    query: QueryDict = context["request"].GET.copy()
    now = query.get("sort", "")
    query.pop("page", None)
    query["sort"] = f"-{key}" if now == key else key
    address = f"?{query.urlencode()}"
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    sign = {"ascending": "up", "descending": "down"}.get(direction, "sort")
    return format_html(
        '<th scope="col"{} aria-sort="{}"><a href="{}"{}>{}{}{}</a></th>',
        mark_safe(' class="num"') if number else "",
        direction,
        address,
        swaps(address, target),
        label(name),
        format_html(' <span class="unit">{}</span>', label(unit)) if unit else "",
        icon(sign),
    )


@register.simple_tag
def swaps(address: str, target: str = "") -> str | SafeString:
    """Attributes that let a link or form replace ``target`` by itself; without script it stays a link."""
    if not target:
        return ""
    address = address or "?"
    return format_html(
        ' hx-get="{}" hx-target="{}" hx-select="{}" hx-swap="outerHTML show:none" hx-push-url="true"',
        address,
        target,
        target,
    )


@register.simple_tag
def progress(done: int, total: int, word: str = "") -> SafeString:
    words = f"{done:,} / {total:,}"
    return format_html(
        '<span class="progress"><progress value="{}" max="{}" aria-label="{}"></progress>'
        '<span class="progress-words">{} {}</span></span>',
        done,
        max(total, 1),
        f"{word} {words}".strip(),
        words,
        word,
    )


@register.simple_tag
def cv_bar(
    value: float | None, limit: float | None = None, href: str = "", outcome: str | None = None, top: float = 1.0
) -> str | SafeString:
    """A 差异系数 as a bar from 0 to ``top`` with a tick at its limit; what cannot be judged yet has no colour."""
    if value is None:
        return dash(_("未填报"))
    length = min(float(value) / top, 1) * 100
    tone = outcome or ("unknown" if limit is None else "unmet" if float(value) > float(limit) else "met")
    tick = (
        format_html(
            '<rect class="limit-tick" x="{}" y="0" width="0.8" height="14"/>', f"{float(limit) / top * 100:.1f}"
        )
        if limit is not None
        else ""
    )
    return format_html(
        '<span class="cv-bar"><svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="track-line" y="3" width="100" height="8"/><rect class="bar-{}" y="3" width="{}" height="8"/>{}'
        '</svg><span class="num">{}</span></span>',
        tone,
        f"{length:.1f}",
        tick,
        amount(value, digits=3, href=href),
    )


@register.simple_tag
def page_sizes() -> tuple[int, ...]:
    return SIZES


@register.simple_tag
def pages(page: Page[Any]) -> list[int | str]:
    """Numbers of pages near this one, with the gaps between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
