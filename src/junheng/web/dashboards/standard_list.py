"""What the pages of standards list: each with its region, purpose, dates and how much of it was seen in print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.reporting.catalogue import Catalogue
from junheng.standards.applying import Applying
from junheng.standards.diff import Difference, diff_standards
from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Standard
from junheng.standards.on_day import in_force
from junheng.standards.regions import region_label, region_of
from junheng.standards.tally import Tally, tally
from junheng.web.templatetags.words import label
from junheng.workflow import words_for


@dataclass(frozen=True, slots=True)
class StandardRow:
    """One standard of a list.

    Attributes:
        because: why it applies to a county (national, region, candidate); empty in the list of all.
        unverified: rules whose text was not seen in print; ``gaps``: what was not found at all.
    """

    id: str
    name: str
    region: str
    region_name: str
    purpose: str
    purpose_name: str
    since: date
    ends: date | None
    checked_on: date
    in_force: bool
    old: bool
    rules: int
    unverified: int
    gaps: int
    because: str = ""
    because_words: str = ""


def purpose_words() -> dict[str, str]:
    return {"evaluation": _("评估标准"), "gate": _("办学基本标准"), "checklist": _("工作清单")}


def all_rows(today: date) -> list[StandardRow]:
    """Every installed standard, the national ones first."""
    return [_row(standard, today) for standard in _installed()]


@lru_cache(maxsize=1)
def _installed() -> tuple[Standard, ...]:
    """They come with the software and change with it only."""
    return tuple(load_standard(name) for name in sorted(standard_ids(), key=lambda name: (region_of(name), name)))


@lru_cache(maxsize=128)
def _known(name: str) -> Tally:
    return tally(load_standard(name))


def applying_rows(found: Iterable[Applying], today: date) -> list[StandardRow]:
    words = {
        "national": _("全国通用"),
        "region": _("本省或本市县的标准"),
        "candidate": _("候选：省份不明，不自动适用"),
    }
    return [_row(entry.standard, today, entry.because, words[entry.because]) for entry in found]


def _row(standard: Standard, today: date, because: str = "", because_words: str = "") -> StandardRow:
    known, force = _known(standard.id), standard.in_force
    region = region_of(standard.id)
    return StandardRow(
        id=standard.id,
        name=label(standard),
        region=region,
        region_name=label(region_label(region)),
        purpose=standard.purpose,
        purpose_name=purpose_words()[standard.purpose],
        since=force.since,
        ends=force.ends,
        checked_on=force.checked_on,
        in_force=in_force(standard, today),
        old=is_old(standard, today),
        rules=known.rules,
        unverified=known.unverified,
        gaps=known.gaps,
        because=because,
        because_words=because_words,
    )


def is_old(standard: Standard, today: date) -> bool:
    """Whether nobody has made sure for more than a year that nothing newer replaced it."""
    checked = standard.in_force.checked_on
    return today > checked.replace(year=checked.year + 1, day=min(checked.day, 28))


class StandardFilter(forms.Form):
    """What the list can be narrowed by."""

    q = forms.CharField(label=gettext_lazy("名称或编号"), required=False, max_length=60)
    purpose = forms.ChoiceField(label=gettext_lazy("用途"), required=False)
    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    held = forms.BooleanField(label=gettext_lazy("只看今天有效的"), required=False)

    def __init__(self, asked: Mapping[str, str], rows: Sequence[StandardRow]) -> None:
        super().__init__(asked)
        every = ("", _("全部"))
        regions = dict.fromkeys((row.region, row.region_name) for row in rows)
        self._offer("purpose", [every, *purpose_words().items()])
        self._offer("region", [every, *regions])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def narrowed(self, rows: Sequence[StandardRow]) -> list[StandardRow]:
        self.is_valid()
        asked = self.cleaned_data
        text = asked.get("q", "")
        return [
            row
            for row in rows
            if text.casefold() in f"{row.id} {row.name}".casefold()
            and asked.get("purpose", "") in ("", row.purpose)
            and asked.get("region", "") in ("", row.region)
            and (row.in_force or not asked.get("held"))
        ]


def heads() -> list[str]:
    return [
        _("编号"),
        _("名称"),
        _("地区"),
        _("用途"),
        _("生效"),
        _("废止"),
        _("最近核对"),
        _("规则数"),
        _("未见原文"),
        _("值未见"),
    ]


def exported(rows: Iterable[StandardRow]) -> Iterator[list[object]]:
    for row in rows:
        yield [
            row.id,
            row.name,
            row.region_name,
            row.purpose_name,
            row.since,
            row.ends,
            row.checked_on,
            row.rules,
            row.unverified,
            row.gaps,
        ]


def facts_of(content: Catalogue) -> list[tuple[str, str]]:
    """Some facts stand several times under one name: they are shown below one another."""
    found: dict[str, list[str]] = {}
    for name, value in content.facts:
        found.setdefault(name, []).append(value)
    return [(name, "\n".join(values)) for name, values in found.items()]


def differences(old: Standard, new: Standard) -> list[Difference]:
    words = words_for(old, new)
    return diff_standards(old, new, words.column, words.code, words.formula)
