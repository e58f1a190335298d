"""What counties are measured by: the share of schools that pass, the coefficients, the checks of the county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from junheng.monitoring.observed import CHECK, CV, ROWS
from junheng.web.monitoring.asked import Asked
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import stage as stage_word

SHARE = "share"
MET_SHARE = "met_share"
_ORDER = {CV: 0, CHECK: 1, ROWS: 2}
_STAGES = {"primary": 0, "junior": 1}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure; ``key`` is how it is named in addresses."""

    kind: str
    stage: str
    name: str
    label: str

    @property
    def key(self) -> str:
        return ".".join((self.kind, self.stage, self.name))

    @property
    def is_share(self) -> bool:
        return self.kind == SHARE


def measures_of(asked: Asked) -> dict[str, Measure]:
    """The measures of the year by their keys: first the schools, then coefficients by stage, then checks."""
    found = [Measure(SHARE, "", MET_SHARE, _("达标学校比例"))]
    known = asked.watch.frame("directions", year=asked.year).select("kind", "stage", "name").unique(maintain_order=True)
    rows = sorted(known.iter_rows(named=True), key=_order)
    found += [
        Measure(row["kind"], row["stage"] or "", row["name"], measure_name(asked, row))
        for row in rows
        if row["kind"] in _ORDER
    ]
    return {measure.key: measure for measure in found}


def chosen_measure(request: HttpRequest, measures: Mapping[str, Measure]) -> str:
    """The key of the measure that was asked for; else the first coefficient, else the first of all."""
    asked = request.GET.get("measure", "")
    if asked in measures:
        return asked
    return next((key for key, measure in measures.items() if measure.kind == CV), next(iter(measures)))


def measure_name(asked: Asked, row: Mapping[str, Any]) -> str:
    """What a measure is called, with its stage: ``小学 · 差异系数：生均教学及辅助用房面积``."""
    name = label(asked.watch.monitoring.label(row["kind"], row["name"]))
    return _("%(stage)s · %(name)s") % {"stage": stage_word(row["stage"]), "name": name} if row["stage"] else name


def _order(row: Mapping[str, Any]) -> tuple[int, int, str]:
    return _ORDER.get(row["kind"], len(_ORDER)), _STAGES.get(row["stage"], len(_STAGES)), row["name"]
