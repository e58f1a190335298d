"""What a page of monitoring was asked for: the standard, the area, the year; and how its tabs and choices look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django import forms
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from junheng.monitoring.errors import NothingJudgedError
from junheng.standards.errors import StandardNotFoundError
from junheng.standards.library import load_standard
from junheng.web.monitoring.area import Area, area_asked, areas_below, code_in_url, elsewhere, said
from junheng.web.monitoring.watch import Watch, judged_standards, state_of
from junheng.web.templatetags.words import label
from junheng.workflow.judging import DEFAULT_STANDARD

# name of the address, what its tab is called, whether a single county has it
TABS: tuple[tuple[str, str | Promise, bool], ...] = (
    ("overview", _("总览"), False),
    ("trends", _("趋势"), True),
    ("warnings", _("预警"), True),
    ("ranking", _("排名与分布"), False),
    ("inequality", _("差距"), False),
    ("targets", _("阶段目标"), False),
)


class Choice(forms.Form):
    """Standard, area and year; a page adds its own. What does not read counts for nothing."""

    standard = forms.ChoiceField(label=_("标准"), required=False)
    region = forms.ChoiceField(label=_("地区"), required=False)
    year = forms.ChoiceField(label=_("学年"), required=False)

    def __init__(self, data: Mapping[str, Any], choices: Mapping[str, Sequence[tuple[str, Any]]]) -> None:
        super().__init__(data)
        for name, own in choices.items():
            if name not in self.fields:
                continue
            self.fields[name].choices = own  # type: ignore[attr-defined]
            if len(own) < 2 and name in ("standard", "region"):
                self.fields[name].widget = forms.HiddenInput()  # nothing to choose
        self.is_valid()
        self.chosen: dict[str, str] = {name: self.cleaned_data.get(name) or "" for name in self.fields}


@dataclass(frozen=True)
class Asked:
    """A page's subject.

    Attributes:
        years: in which any county of the area was judged, the earliest first.
        counties: the standings of all these years, a row per county and year.
    """

    watch: Watch
    year: int
    years: Sequence[int]
    areas: Sequence[Area]
    counties: pl.DataFrame

    @property
    def area(self) -> Area:
        return self.watch.area

    @property
    def now(self) -> pl.DataFrame:
        """The standings of the year."""
        return self.counties.filter(pl.col("school_year") == self.year)

    @property
    def last_year(self) -> int | None:
        """The year before, if anything was judged of it."""
        return self.year - 1 if self.year - 1 in self.years else None

    def choices(self, **more: Sequence[tuple[str, Any]]) -> dict[str, Sequence[tuple[str, Any]]]:
        standards = [(name, name_of_standard(name)) for name in judged_standards()]
        areas = [(code_in_url(area), said(area)) for area in self.areas]
        years = [(str(year), f"{year}—{year + 1}") for year in reversed(self.years)]
        return {"standard": standards, "region": areas, "year": years, **more}

    def given(self, request: HttpRequest) -> dict[str, Any]:
        """What was asked, with what was filled in for it."""
        own = {"standard": self.watch.standard, "region": code_in_url(self.area), "year": str(self.year)}
        return {**request.GET.dict(), **own}

    def query(self, **more: str) -> str:
        own = {"standard": self.watch.standard, "region": code_in_url(self.area), "year": str(self.year)}
        return urlencode({**own, **{name: value for name, value in more.items() if value}})

    def url(self, name: str, **more: str) -> str:
        return f"{reverse(f'monitoring:{name}')}?{self.query(**more)}"

    def county_url(self, code: str, page: str = "county") -> str:
        query = urlencode({"standard": self.watch.standard, "year": self.year})
        return f"{reverse(f'monitoring:{page}', args=[code])}?{query}"

    def url_above(self) -> str:
        """The overview of whatever is above; of a county's own people it leads back here."""
        query = urlencode({"standard": self.watch.standard, "year": self.year})
        return f"{reverse('monitoring:overview')}?{query}"

    def tabs(self, current: str) -> list[dict[str, Any]]:
        return [
            {"name": words, "url": self.url(name), "current": name == current}
            for name, words, of_county in TABS
            if of_county or not self.area.is_county
        ]


def ask(request: HttpRequest, region: str | None = None, *, of_several: bool = False) -> Asked | None:
    """What a request is about; None where nothing was judged of the area yet.

    Args:
        region: the code of a county page; else what ``?region=`` says.
        of_several: the page sets counties side by side: of a single one there is none.

    Raises:
        Http404: the area is not of whoever asks.
    """
    area = area_asked(request.user, request.GET.get("region", "") if region is None else region)
    if of_several and area.is_county:
        raise Http404
    standards = judged_standards()
    if not standards:
        return None
    wanted = request.GET.get("standard", "")
    standard = wanted if wanted in standards else DEFAULT_STANDARD if DEFAULT_STANDARD in standards else standards[0]
    watch = Watch(standard, area, state_of(standard), elsewhere(request.user, area))
    try:
        counties = watch.frame("standings")
    except NothingJudgedError:
        return None
    years = sorted(counties["school_year"].unique())
    if not years:
        return None
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else years[-1]
    return Asked(watch, year, years, areas_below(request.user, watch.all_counties()), counties)


def name_of_standard(name: str) -> str:
    """What a standard is called; one that is no longer installed by its id."""
    try:
        return label(load_standard(name))
    except StandardNotFoundError:
        return name
