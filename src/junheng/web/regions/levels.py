"""Which places stand below which, and what their codes look like."""

from __future__ import annotations

import re

from junheng.web.regions.models import Place, PlaceKind

_K = PlaceKind
BELOW: dict[PlaceKind, tuple[PlaceKind, ...]] = {
    _K.NATION: (_K.PROVINCE,),
    _K.PROVINCE: (_K.CITY, _K.COUNTY),
    _K.CITY: (_K.COUNTY,),
    _K.COUNTY: (_K.TOWN, _K.SCHOOL),
    _K.TOWN: (_K.SCHOOL,),
    _K.SCHOOL: (),
}
# GB/T 2260, and 学校标识码; no code holds a stroke, which parts the levels of a path.
CODES: dict[PlaceKind, re.Pattern[str]] = {
    _K.PROVINCE: re.compile(r"\d{2}(?:0{4})?"),
    _K.CITY: re.compile(r"\d{4}(?:00)?"),
    _K.COUNTY: re.compile(r"\d{6}"),
    _K.SCHOOL: re.compile(r"[0-9A-Za-z_-]{1,40}"),
}


def county_of(place: Place) -> Place | None:
    """The county that a town or a school belongs to; the county itself."""
    standing: Place | None = place
    while standing is not None and standing.kind != PlaceKind.COUNTY:
        standing = standing.parent
    return standing
