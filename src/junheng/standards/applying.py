"""Which standards apply to a county on a day: the national ones, its province's, its city's and its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Standard
from junheng.standards.on_day import in_force
from junheng.standards.regions import UNATTRIBUTED, province_of, region_code, region_label, region_of

Because = Literal["national", "region", "candidate"]


@dataclass(frozen=True, slots=True)
class Applying:
    """One standard and why it applies.

    Attributes:
        because: it is national; it is that of a region the county lies in; or (candidate) its province is not known and
            the county's region has none of that purpose, so that it applies only to whoever chooses it.
        replaces: the standards that it extends and stands for here.
    """

    standard: Standard
    because: Because
    replaces: tuple[str, ...] = ()

    def why(self) -> str:
        """The reason in Chinese."""
        if self.because == "candidate":
            return "候选：省份不明，不自动适用；与本省文件核对后自行选用"
        whose = "全国通用" if self.because == "national" else f"适用于{region_label(region_of(self.standard.id)).zh}"
        return whose + (f"，代替 {'、'.join(self.replaces)}" if self.replaces else "")


def applying(county_code: str, day: date, *, standards: Iterable[Standard] | None = None) -> list[Applying]:
    """The standards in force for a county on a day, newest first, candidates last.

    An overlay replaces what it extends. A standard whose province is not known never applies by itself: it is only a
    candidate, and only where the county's region has no standard of that purpose of its own.

    Args:
        county_code: of six digits; two or four ask for a whole province or prefecture.
        standards: among which to look; by default all that are installed.

    Raises:
        UnknownRegionError: no such province.
    """
    province_of(county_code)
    installed = map(load_standard, standard_ids()) if standards is None else standards
    held = [standard for standard in installed if in_force(standard, day)]
    here = [standard for standard in held if _covers(region_of(standard.id), county_code)]
    replaced = {standard.id: set(_replaced_by(standard, here)) for standard in here}
    gone = set().union(*replaced.values())
    found = [
        Applying(
            standard,
            "region" if region_code(region_of(standard.id)) else "national",
            tuple(sorted(replaced[standard.id])),
        )
        for standard in here
        if standard.id not in gone
    ]
    candidates = [Applying(standard, "candidate") for standard in held if region_of(standard.id) == UNATTRIBUTED]
    own = {entry.standard.purpose for entry in found if entry.because == "region"}
    candidates = [entry for entry in candidates if entry.standard.purpose not in own]
    return [*sorted(found, key=_newest_first), *sorted(candidates, key=_newest_first)]


def _covers(region: str, county_code: str) -> bool:
    code = region_code(region)
    return code is not None and county_code.startswith(code)


def _replaced_by(standard: Standard, others: Iterable[Standard]) -> Iterator[str]:
    """What a standard extends, where that is for a wider region and for the same purpose."""
    own = region_code(region_of(standard.id)) or ""
    for other in others:
        wider = len(region_code(region_of(other.id)) or "") < len(own)
        if other.id in standard.ancestors and wider and other.purpose == standard.purpose:
            yield other.id


def _newest_first(entry: Applying) -> tuple[int, str]:
    return -entry.standard.in_force.since.toordinal(), entry.standard.id


def basic_standard(found: Iterable[Applying]) -> Standard | None:
    """The basic standard (办学基本标准) among those that apply: that of the smallest region, of these the newest."""
    gates = [entry.standard for entry in found if entry.standard.purpose == "gate" and entry.because == "region"]
    return max(gates, key=lambda gate: (len(region_of(gate.id)), gate.in_force.since), default=None)
