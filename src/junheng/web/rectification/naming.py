"""A gap in the language of the page: its heading and what it lacks, from the names that the standard has."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.standards.library import load_standard, standard_ids
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.judge import BALANCE, RESOURCES
from junheng.web.templatetags.words import in_english, label, number, stage, unit

# What a judgement writes of a gap without an amount, and how it is said.
_COUNTED = (
    (re.compile(r"(\d+) 所缺数据"), gettext_lazy("%(count)s 所缺数据")),  # zh: data
    (re.compile(r"(\d+) 所未达到"), gettext_lazy("%(count)s 所未达到")),  # zh: data
    (re.compile(r"(\d+) 个学段未达到"), gettext_lazy("%(count)s 个学段未达到")),  # zh: data
)


def heading(*, standard: str, gate: str, part: str, own_stage: str, indicator: str, title: str) -> str:
    """What is missed. Chinese is as the judgement wrote it; so is what the standard of today does not have any more.

    Args:
        title: what the judgement wrote.
    """
    if not in_english():
        return title
    if part == "gate":
        return _("未达到《%(standard)s》") % {"standard": _name_of(gate)} if gate else title
    found = load_standard(standard) if standard in standard_ids() else None
    if found is None:
        return title
    if part in (RESOURCES, BALANCE):
        if indicator == COMPOSITE:
            name = _("综合")
        elif indicator in found.resources:
            name = label(found.resources[indicator])
        else:
            return title
        text = _("%(stage)s：%(indicator)s") if part == RESOURCES else _("%(stage)s：%(indicator)s差异系数")
        return text % {"stage": stage(own_stage), "indicator": name}
    items = dict(found.parts())[part].items if part in dict(found.parts()) else {}
    return label(items[indicator]) if indicator in items else title


def shortfall(*, amount: Decimal | None, own_unit: str, lacks: str) -> str:
    """What is lacking; in English the amount alone where there is one, else the judgement's words clause by clause."""
    if not in_english():
        return lacks
    if amount is None:
        return _("；").join(_clause(clause) for clause in lacks.split("；") if clause)  # zh: data
    text = _("差 %(amount)s") if amount > 0 else _("超出 %(amount)s")
    return text % {"amount": f"{number(abs(amount))} {unit(own_unit)}"}


def _clause(text: str) -> str:
    for form, words in _COUNTED:
        if found := form.fullmatch(text):
            return str(words) % {"count": found[1]}
    return _(text)


def _name_of(standard: str) -> str:
    return label(load_standard(standard)) if standard in standard_ids() else standard
