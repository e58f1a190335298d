"""Lines of a report: figures that say what they are when somebody points at them, numbers of footnotes."""

from __future__ import annotations

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from junheng.reporting.report.runs import Figure, Note
from junheng.web.reports.preview import Line

register = template.Library()


@register.simple_tag
def line(of: Line, bare: bool = False) -> SafeString:
    """A line; ``bare`` figures go without their unit, which the head of their column names."""
    numbers = iter(of.notes)
    pieces = []
    for run in of.text:
        if isinstance(run, Figure):
            pieces.append(_figure(run, run.number if bare else run.text))
        elif isinstance(run, Note):
            number = next(numbers)
            pieces.append(format_html('<sup><a href="#note{}" id="at-note{}">{}</a></sup>', number, number, number))
        else:
            pieces.append(conditional_escape(str(run)))
    return mark_safe("".join(pieces))  # each piece is escaped


def _says(figure: Figure) -> str:
    """What a figure says of itself: what it is, where it comes from, its key; a line each."""
    told = [
        figure.about,
        _("来自：%(origin)s") % {"origin": figure.origin} if figure.origin else "",
        _("编号：%(key)s") % {"key": figure.key},
    ]
    return "\n".join(filter(None, told))


def _figure(figure: Figure, words: str) -> SafeString:
    return format_html('<span class="figure" title="{}">{}</span>', _says(figure), words)
