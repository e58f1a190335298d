"""The schools that a county ever has: kinds, places, sizes, who runs them, what they were founded for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from examples.synthetic_nation.county import FILED_FROM, FIRST_YEAR, Counties
from examples.synthetic_nation.draws import Draws, Mask, Numbers, Reals

NEVER = 9_999
KINDS = ("211", "218", "311", "312", "341", "345", "514", "219")
PRIMARY_SCHOOL, POINT, JUNIOR_SCHOOL, NINE_YEAR, COMPLETE, TWELVE_YEAR, SPECIAL, ATTACHED = range(8)
KIND_SHARES = (0.582, 0.145, 0.172, 0.075, 0.014, 0.006, 0.0, 0.006)
URBAN, TOWN, RURAL = range(3)
LOCATIONS = ("urban", "town", "rural")
STAGES = ("primary", "junior", "senior")
OF_STAGE = (
    (PRIMARY_SCHOOL, POINT, NINE_YEAR, TWELVE_YEAR, SPECIAL, ATTACHED),
    (JUNIOR_SCHOOL, NINE_YEAR, COMPLETE, TWELVE_YEAR),
    (COMPLETE, TWELVE_YEAR),
)
# Pupils of a school in the middle of its kind, in the city, the town and the village (assumed).
PRIMARY_SIZES = (1_320, 950, 240)
JUNIOR_SIZES = (1_270, 1_030, 415)
LARGEST = 4_000
SMALL = {POINT: 33, SPECIAL: 80, ATTACHED: 60}
CAMPUS, OPENING = 0.012, 0.085  # shares of the schools in cities and towns


@dataclass(frozen=True)
class Schools:
    """One entry a school, county by county; ``key`` is its code as a number and the key of its draws."""

    draws: Draws
    key: Numbers
    county: Numbers  # which of the counties
    serial: Numbers
    kind: Numbers
    location: Numbers
    town: Numbers
    private: Mask
    boarding: Mask
    main: Numbers  # the school it is a campus of, or -1
    counted: Mask
    opened: Numbers  # the year
    sizes: Reals  # pupils it was made for: one column for primary, one for junior
    receiver: Numbers  # the school that takes its pupils if it closes
    may_close: Mask

    def __len__(self) -> int:
        return len(self.key)

    def has(self, stage: int) -> Mask:
        return np.isin(self.kind, OF_STAGE[stage])


def make_schools(counties: Counties) -> Schools:
    draws = counties.draws
    of = np.repeat(np.arange(len(counties)), counties.schools)
    serial = np.arange(len(of)) - np.repeat(np.cumsum(counties.schools) - counties.schools, counties.schools) + 1
    key = counties.code[of] * 10_000 + serial
    kind = draws.choice(np.array(KIND_SHARES), key, "kind")
    kind = np.where(serial <= 2, np.where(serial == 1, PRIMARY_SCHOOL, JUNIOR_SCHOOL), kind)
    has_special = draws.uniform(counties.code, "special") < 0.75
    kind = np.where((serial == counties.schools[of]) & has_special[of], SPECIAL, kind)
    location = _locations(counties, of, serial, kind, key)
    opened = _opened(counties, of, serial, kind, location, key)
    main = _campuses(draws, of, serial, kind, location, key)
    private = (draws.uniform(key, "private") < 0.05) & (location != RURAL) & (main < 0) & (serial > 2)
    town = np.where(location == URBAN, 0, 1 + np.floor(draws.uniform(key, "town") * 11)).astype(np.int64)
    stays = (kind == PRIMARY_SCHOOL) & (location != RURAL) & (main < 0) & (opened < FILED_FROM) & ~private
    return Schools(
        draws=draws,
        key=key,
        county=of,
        serial=serial,
        kind=kind,
        location=location,
        town=town,
        private=private,
        boarding=(location != URBAN) & np.isin(kind, (JUNIOR_SCHOOL, NINE_YEAR)) & (draws.uniform(key, "boards") < 0.3),
        main=main,
        counted=main < 0,
        opened=opened,
        sizes=_sizes(counties, of, kind, location, main, key),
        receiver=_receivers(of, town, stays),
        may_close=((kind == POINT) | ((kind == PRIMARY_SCHOOL) & (location == RURAL))) & (serial > 2),
    )


def _locations(counties: Counties, of: Numbers, serial: Numbers, kind: Numbers, key: Numbers) -> Numbers:
    urban = counties.urban[of]
    upper = np.isin(kind, (JUNIOR_SCHOOL, COMPLETE, TWELVE_YEAR))
    town = (1 - urban) * np.where(upper, 0.62, 0.30)
    drawn = counties.draws.choice(np.stack([urban, town, 1 - urban - town], axis=1), key, "location")
    central = (serial <= 2) | np.isin(kind, (SPECIAL, COMPLETE, TWELVE_YEAR))
    drawn = np.where(central, np.where(counties.district[of], URBAN, TOWN), drawn)
    return np.where(kind == POINT, RURAL, drawn)


def _opened(
    counties: Counties, of: Numbers, serial: Numbers, kind: Numbers, location: Numbers, key: Numbers
) -> Numbers:
    """Most are old; in growing counties some schools of cities and towns open in the years that are filed."""
    draws = counties.draws
    old = 1955 + np.floor(draws.uniform(key, "built") * (FIRST_YEAR - 1955 + 1)).astype(np.int64)
    new = FILED_FROM - 1 + np.floor(draws.uniform(key, "opens") * 12).astype(np.int64)
    chance = OPENING * np.where(counties.growth[of] > 0, 1.6, 0.6)
    opens = (draws.uniform(key, "new") < chance) & (location != RURAL) & (serial > 2)
    return np.where(opens & np.isin(kind, (PRIMARY_SCHOOL, JUNIOR_SCHOOL, NINE_YEAR)), new, old)


def _campuses(draws: Draws, of: Numbers, serial: Numbers, kind: Numbers, location: Numbers, key: Numbers) -> Numbers:
    """Some schools are campuses of the county's first primary or junior school; attached classes always belong."""
    first = np.arange(len(of)) - serial + 1
    campus = (draws.uniform(key, "campus") < CAMPUS) & (location != RURAL) & (serial > 2)
    main = np.where(campus & (kind == PRIMARY_SCHOOL), first, -1)
    main = np.where(campus & (kind == JUNIOR_SCHOOL), first + 1, main)
    return np.where(kind == ATTACHED, first + 1, main)


def _sizes(counties: Counties, of: Numbers, kind: Numbers, location: Numbers, main: Numbers, key: Numbers) -> Reals:
    draws, dense = counties.draws, counties.dense[of]
    spread = np.exp(0.52 * np.clip(draws.normal(key, "size"), -2.2, 1.9))
    primary = np.array(PRIMARY_SIZES)[location] * dense * spread
    junior = np.array(JUNIOR_SIZES)[location] * dense * spread
    joint = np.isin(kind, (NINE_YEAR, TWELVE_YEAR))
    primary, junior = np.where(joint, primary * 0.8, primary), np.where(joint, junior * 0.6, junior)
    for small, size in SMALL.items():
        primary = np.where(kind == small, size * spread, primary)
    primary = np.where(main >= 0, primary * 0.5, primary)
    junior = np.where(main >= 0, junior * 0.5, junior)
    has = [np.isin(kind, OF_STAGE[stage]) for stage in (0, 1)]
    made_for = np.stack([np.where(has[0], primary, 0.0), np.where(has[1], junior, 0.0)], axis=1)
    return np.asarray(np.minimum(made_for, LARGEST))


def _receivers(of: Numbers, town: Numbers, stays: Mask) -> Numbers:
    """The first lasting primary school of the same town, else of the county: its very first."""
    first = np.searchsorted(of, of)
    places = of * 100 + town
    lasting = np.flatnonzero(stays)
    found, at = np.unique(places[lasting], return_index=True)
    where = np.searchsorted(found, places).clip(0, max(len(found) - 1, 0))
    known = found[where] == places
    return np.where(known, lasting[at[where]], first)
