"""Filters for words and figures: labels in the language of the page, numbers as tables print them."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import isinf, isnan

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from junheng.base.exact import half_up, plain
from junheng.base.outcome import Outcome
from junheng.base.terms import Absence, Stage

register = template.Library()

MOST_DIGITS = 2
# What things are counted in, as the definitions of tables and indicators write it.
_UNITS = {
    "人": pgettext_lazy("unit", "人"),  # zh: data
    "名": pgettext_lazy("unit", "名"),  # zh: data
    "间": pgettext_lazy("unit", "间"),  # zh: data
    "元": pgettext_lazy("unit", "元"),  # zh: data
    "万元": pgettext_lazy("unit", "万元"),  # zh: data
    "册": pgettext_lazy("unit", "册"),  # zh: data
    "台": pgettext_lazy("unit", "台"),  # zh: data
    "套": pgettext_lazy("unit", "套"),  # zh: data
    "米": pgettext_lazy("unit", "米"),  # zh: data
    "个": pgettext_lazy("unit", "个"),  # zh: data
    "份": pgettext_lazy("unit", "份"),  # zh: data
    "项": pgettext_lazy("unit", "项"),  # zh: data
    "类": pgettext_lazy("unit", "类"),  # zh: data
    "倍": pgettext_lazy("unit", "倍"),  # zh: data
    "级": pgettext_lazy("unit", "级"),  # zh: data
    "分": pgettext_lazy("unit", "分"),  # zh: data
    "年级": pgettext_lazy("unit", "年级"),  # zh: data
    "百分点": pgettext_lazy("unit", "百分点"),  # zh: data
    "人/教职工": pgettext_lazy("unit", "人/教职工"),  # zh: data
    "台/百名学生": pgettext_lazy("unit", "台/百名学生"),  # zh: data
    "人/学生": pgettext_lazy("unit", "人/学生"),  # zh: data
    "名/生": pgettext_lazy("unit", "名/生"),  # zh: data
    "人/台": pgettext_lazy("unit", "人/台"),  # zh: data
    "人/名": pgettext_lazy("unit", "人/名"),  # zh: data
    "人/百名学生": pgettext_lazy("unit", "人/百名学生"),  # zh: data
    "间/百名学生": pgettext_lazy("unit", "间/百名学生"),  # zh: data
}
_NUMBER = re.compile(r"-?\d+(\.\d+)?(/[1-9]\d*)?")


def in_english() -> bool:
    return (get_language() or "").startswith("en")


@register.filter
def label(value: object) -> str:
    """A name in the language of the page; what is not named in two languages is shown as it is."""
    if isinstance(value, dict):
        zh, en = value.get("zh"), value.get("en")
    else:
        value = getattr(value, "label", value)
        zh, en = getattr(value, "zh", None), getattr(value, "en", None)
    if zh is None:
        return "" if value is None else str(value)
    return str(en if in_english() and en else zh)


@register.filter
def outcome(value: Outcome | str | None) -> str:
    """达标, 余项容许, 未达标, 无法判定; empty where nothing was to be judged."""
    if not value:
        return ""
    match Outcome(value):
        case Outcome.MET:
            return _("达标")
        case Outcome.TOLERATED:
            return _("余项容许")
        case Outcome.UNMET:
            return _("未达标")
        case Outcome.UNKNOWN:
            return _("无法判定")


@register.filter
def stage(value: Stage | str | None) -> str:
    """小学, 初中, 高中."""
    if not value:
        return ""
    match Stage(value):
        case Stage.PRIMARY:
            return _("小学")
        case Stage.JUNIOR:
            return _("初中")
        case Stage.SENIOR:
            return _("高中")


@register.filter
def absence(value: Absence | str | None) -> str:
    """Why a figure is not there: 未填报, 无学生, 分母为零, 不适用."""
    match Absence(value or Absence.NOT_FILED):
        case Absence.NOT_FILED:
            return _("未填报")
        case Absence.NO_PUPILS:
            return _("无学生")
        case Absence.NO_BASE:
            return _("分母为零")
        case Absence.NOT_APPLICABLE:
            return _("不适用")


@register.filter
def unit(value: object) -> str:
    """What something is counted in; a unit that has no word of its own (%, ㎡) stays as it is."""
    written = str(value or "")
    return str(_UNITS.get(written, written))


@register.filter
def number(value: object, digits: int | None = None) -> str | SafeString:
    """A figure with thousands apart, rounded half up; without ``digits`` as many decimals as needed, at most two."""
    exact = _exact(value)
    if exact is None:
        return dash(_("未填报"))
    if isinstance(exact, float):
        return "∞" if exact > 0 else "-∞"
    rounded = Decimal(plain(exact, MOST_DIGITS)) if digits is None else half_up(exact, int(digits))
    return f"{rounded:,f}"


@register.filter
def percent(value: object, digits: int = 1) -> str | SafeString:
    """A share of one as per cent."""
    exact = _exact(value)
    return f"{number(exact * 100, digits)}%" if isinstance(exact, Fraction) else number(value)


def dash(why: str) -> SafeString:
    """What stands in place of a figure that is not there; a blank is never a zero."""
    return format_html('<span class="absent" title="{}">—<span class="sr-only">{}</span></span>', why, why)


def _exact(value: object) -> Fraction | float | None:
    """The number itself; a float that is infinite stays one, and what is no number is None."""
    match value:
        case float():
            return None if isnan(value) else value if isinf(value) else Fraction(repr(value))
        case int() | Decimal() | Fraction():
            return Fraction(value)
        case str() if _NUMBER.fullmatch(value):  # as results keep exact figures in JSON
            return Fraction(value)
        case _:
            return None
