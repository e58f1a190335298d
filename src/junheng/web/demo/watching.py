"""监测 of the example: its counties go into the national store, and their made-up outlines onto the map."""

from __future__ import annotations

from junheng.web.monitoring.area import area_of
from junheng.web.monitoring.boundaries import write_outlines
from junheng.web.monitoring.loading import judge_years, judged_on_approved, load_snapshot, years_to_judge
from junheng.web.monitoring.outlines import Outlines, Ring
from junheng.web.regions.models import Place, PlaceKind

# Corners where the four counties meet, in degrees; none of them is anywhere.
_A, _B, _C = [110.02, 34.31], [110.33, 34.62], [110.71, 34.52]
_D, _E, _F = [110.86, 34.20], [110.60, 33.93], [110.18, 33.98]
_M, _N = [110.36, 34.27], [110.55, 34.22]


def watch_example() -> None:
    """Load what was judged on approved data, judge its years, and keep the outlines."""
    counties = Place.objects.filter(kind=PlaceKind.COUNTY)
    loaded = [(evaluation, load_snapshot(evaluation)) for evaluation in judged_on_approved(counties)]
    for _judged in judge_years(years_to_judge(loaded)):
        pass
    province = Place.objects.get(kind=PlaceKind.PROVINCE)
    write_outlines(area_of(province), _outlines())


def _outlines() -> Outlines:
    rings: dict[str, Ring] = {
        "990101": [_A, [110.14, 34.50], _B, _M, [110.20, 34.22], _A],
        "990102": [_B, [110.52, 34.66], _C, [110.63, 34.36], _N, _M, _B],
        "990103": [_A, [110.20, 34.22], _M, [110.30, 34.12], _F, [110.05, 34.12], _A],
        "990201": [_C, _D, [110.75, 34.02], _E, _F, [110.30, 34.12], _M, _N, [110.63, 34.36], _C],
    }
    return {code: [[ring]] for code, ring in rings.items()}
