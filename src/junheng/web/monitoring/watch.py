"""What is watched of an area by one standard: the frames of ``workflow.monitoring``, kept until a year changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from junheng.monitoring.layers import Layers
from junheng.monitoring.monitoring import Monitoring
from junheng.store.judged import JudgedYears
from junheng.store.national import NationalStore
from junheng.web.monitoring.area import Area
from junheng.web.monitoring.kept import Kept
from junheng.workflow.monitoring import monitor

_kept = Kept()
State = tuple[tuple[int, str, str, str], ...]


@dataclass(frozen=True)
class Watch:
    """An area under a standard.

    Attributes:
        state: each judged year with what it was judged from: frames of anything else are never shown.
        hidden: codes of counties that lie elsewhere, see ``area.elsewhere``.
        only: the years that are looked at; all by default.
    """

    standard: str
    area: Area
    state: State
    hidden: frozenset[str] = frozenset()
    only: tuple[int, ...] = ()

    @cached_property
    def monitoring(self) -> Monitoring:
        """What is watched of the area.

        Raises:
            NothingJudgedError: nothing was judged of it.
        """
        return monitor(NationalStore(nation()), standard=self.standard, region=self.area.code, years=self.only)

    def frame(self, what: str, /, **asked: Any) -> pl.DataFrame:  # noqa: ANN401 - what the method of that name takes
        """What the method ``what`` of ``Monitoring`` gives; rows of counties that lie elsewhere are left out."""
        found = self._kept(what, *sorted(asked.items()), make=lambda: getattr(self.monitoring, what)(**asked))
        if self.hidden and "county_code" in found.columns:
            return found.filter(~pl.col("county_code").is_in(list(self.hidden)))
        return found

    def layer(self, name: str, year: int) -> pl.DataFrame:
        """A view of a year: ``regions``, ``schools`` or ``groups`` of ``Layers``, without the hidden."""
        found = self._kept("layers", name, year, make=lambda: getattr(self._layers(year), name))
        if self.hidden and "group" in found.columns:
            return found.filter(~pl.col("group").is_in(list(self.hidden)).fill_null(value=False))
        return found

    def _layers(self, year: int) -> Layers:
        found = self.monitoring.layers(year)
        for name in ("regions", "schools", "groups"):  # all three are computed at once
            self._kept("layers", name, year, make=partial(getattr, found, name))
        return found

    def _kept(self, *about: object, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
        return _kept.get((str(nation()), self.standard, self.area.code, self.only, self.state, *about), make)

    def all_counties(self) -> list[str]:
        """The codes of all counties that were judged by the standard, of the whole nation."""

        def read() -> pl.DataFrame:
            counties = JudgedYears(nation()).frame(self.standard, "counties")
            return counties.select("county_code").unique().sort("county_code").collect()

        codes = _kept.get((str(nation()), self.standard, self.state, "codes"), read)["county_code"]
        return [code for code in codes if code not in self.hidden]

    def of(self, area: Area, *years: int) -> Watch:
        """The same of another area, and of some years only."""
        return Watch(self.standard, area, self.state, self.hidden, years)


def judged_standards() -> list[str]:
    """The standards that any year was judged by."""
    return JudgedYears(nation()).standards()


def state_of(standard: str) -> State:
    """The judged years of a standard, each with what it was judged from."""
    years = JudgedYears(nation()).years(standard)
    return tuple((about.year, about.state, about.content, about.version) for about in years)


def nation() -> Path:
    """Where the national store lies."""
    return Path(settings.NATION)
