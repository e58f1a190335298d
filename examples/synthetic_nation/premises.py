"""Rooms, grounds, equipment and money of schools: stocks that follow the pupils slowly."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from examples.synthetic_nation.county import FILED_FROM, Counties
from examples.synthetic_nation.draws import Mask, Numbers, Reals
from examples.synthetic_nation.schools import RURAL, URBAN, Schools
from examples.synthetic_nation.teachers import evenness

WEIGHTS = (1.0, 1.1, 1.32)  # a pupil of each stage against one of the primary stage
BY_SIZE, SIZE_OF_REFERENCE = -0.13, 450


@dataclass(frozen=True)
class Stock:
    """One thing that a school has.

    Attributes:
        per_pupil: a middling school's in 2016, per weighted pupil.
        growth: yearly.
        spread: standard deviation of the logarithm between schools, before a county evens them out.
        keeps: what is left of it after a year.
        least: per primary and per junior pupil under the 2017 rules; none for what they do not ask.
    """

    per_pupil: float
    growth: float
    spread: float
    keeps: float
    least: tuple[float, float] | None = None


STOCKS = {
    "teaching": Stock(5.2, 0.016, 0.46, 0.995, (4.5, 5.8)),
    "sports": Stock(8.6, 0.014, 0.60, 0.995, (7.5, 10.2)),
    "equipment": Stock(1_750, 0.060, 0.36, 0.96, (2_000, 2_500)),
    "multimedia": Stock(0.0215, 0.030, 0.42, 0.97, (0.023, 0.024)),
    "computers": Stock(0.135, 0.020, 0.29, 0.96),
    "books": Stock(24.0, 0.020, 0.15, 0.98),
}
QUICKEST = 1.40  # no stock grows more in a year
BUILT_AT_ONCE = 0.6  # the part of its size that a new school has on its first day
QUOTA = ((600, 800), (14, 14))  # running funds per pupil in 2016 and their yearly rise, primary and junior (assumed)


@dataclass
class Premises:
    """The stocks of every school, carried from year to year; ``made_for`` are weighted pupils."""

    made_for: Reals | None = None
    amounts: dict[str, Reals] = field(default_factory=dict)

    def follow(self, counties: Counties, schools: Schools, pupils: Numbers, here: Mask, year: int) -> None:
        """``pupils`` is (schools, 3)."""
        weighted = pupils @ np.array(WEIGHTS)
        if self.made_for is None:
            self.made_for = weighted
        before = self.made_for
        step = np.where(weighted > before, 0.40, 0.10)
        planned = np.maximum(weighted, BUILT_AT_ONCE * (schools.sizes @ np.array(WEIGHTS[:2])))
        self.made_for = np.where(here, np.where(before > 0, before + step * (weighted - before), planned), 0)
        for name, stock in STOCKS.items():
            self.amounts[name] = self._stock(counties, schools, name, stock, pupils, year) * here

    def _stock(
        self, counties: Counties, schools: Schools, name: str, stock: Stock, pupils: Numbers, year: int
    ) -> Reals:
        assert self.made_for is not None
        draws, key, of = schools.draws, schools.key, schools.county
        since = year - FILED_FROM
        level = np.exp((0.22 * draws.normal(counties.code, name) + 0.10 * counties.wealth)
                       * (0.5 if stock.least else 1.0))  # fmt: skip
        level = level * np.exp(stock.growth * since) * (0.82 + 0.42 * counties.done(year))
        own = draws.factor(stock.spread * evenness(counties, year)[of], key, name)
        size = (np.maximum(self.made_for, 40) / SIZE_OF_REFERENCE) ** BY_SIZE
        crowding = np.array((0.90, 1.0, 1.12))[schools.location] if name in ("teaching", "sports") else 1.0
        target = np.maximum(self.made_for, 12) * stock.per_pupil * level[of] * own * size * crowding
        before = self.amounts.get(name)
        if before is not None:
            grown = np.clip(target, before * stock.keeps, before * QUICKEST)
            target = np.where(before > 0, grown, target)
        if stock.least is None:
            return np.asarray(target)
        lifted = draws.uniform(key, "lifts", name) < counties.done(year)[of]
        weighted = pupils @ np.array(WEIGHTS)
        needed = np.maximum(
            np.where(pupils[:, 0] > 0, stock.least[0] * weighted, 0),
            np.where(pupils[:, 1] > 0, stock.least[1] / WEIGHTS[1] * weighted, 0),
        )
        spare = 1.005 + 0.12 * draws.uniform(key, "spare", name)
        bought = needed * spare
        if before is not None:
            bought = np.where(before > 0, np.minimum(bought, before * QUICKEST), bought)
        return np.asarray(np.where(lifted, np.maximum(target, bought), target))


def make_school_year(
    counties: Counties, schools: Schools, premises: Premises, pupils: Numbers, classes: Numbers, year: int
) -> dict[str, np.ndarray]:
    """The columns of ``school_year`` that hold amounts."""
    draws, key, of = schools.draws, schools.key, schools.county
    amounts = premises.amounts
    done = counties.done(year)[of]
    everyone = pupils.sum(1)
    teaching, sports = np.ceil(amounts["teaching"]), np.ceil(amounts["sports"])
    has_hall = (schools.location == URBAN) & (everyone > 900) & (draws.uniform(key, "hall") < 0.5)
    indoor = np.where(has_hall, np.ceil(sports * 0.08), 0.0)
    rooms = -(-classes // 12)
    short = draws.uniform(key, "rooms") >= done * 0.75 + 0.25 * (done >= 1)
    fewer = np.where(short & (rooms > 0), 1 + (draws.uniform(key, "two rooms") < 0.2), 0)
    music, art = np.maximum(rooms - fewer, 0), np.maximum(rooms - fewer * (draws.uniform(key, "art") < 0.8), 0)
    quota = quotas(counties, year)
    funded = np.where(pupils[:, 1] > pupils[:, 0], quota[1][of], quota[0][of])
    small = (everyone < 100) & (schools.location == RURAL)
    as_if = np.where(
        small & ~counties.fulfils("small schools", year)[of], np.maximum(everyone, 20), np.maximum(everyone, 100)
    )
    budget = np.ceil(as_if * funded * (1.0 + 0.06 * draws.uniform(key, "budget", year)) / 100) * 100
    trains = counties.fulfils("training funds", year)[of] | (draws.uniform(key, "trains") < 0.4 + 0.6 * done)
    share = np.where(
        trains, 0.0502 + 0.02 * draws.uniform(key, "training", year), 0.03 + 0.02 * draws.uniform(key, "training")
    )
    building = np.ceil((teaching + indoor) * (1.35 + 0.3 * draws.uniform(key, "building")))
    return {
        "teaching_area": teaching + indoor,
        "indoor_sports_area": indoor,
        "sports_ground_area": sports - indoor,
        "extra_sports_area": np.zeros(len(key)),
        "equipment_value": np.ceil(amounts["equipment"] / 100) * 100,
        "multimedia_classrooms": np.ceil(amounts["multimedia"]).astype(np.int64),
        "computers": np.rint(amounts["computers"]).astype(np.int64),
        "books": np.rint(amounts["books"]).astype(np.int64),
        "land_area": np.ceil((sports - indoor + building * 0.6) * 1.5),
        "building_area": building,
        "music_rooms_96": music,
        "art_rooms_90": art,
        "music_rooms_73_96": np.zeros(len(key), dtype=np.int64),
        "music_rooms_61_73": np.zeros(len(key), dtype=np.int64),
        "music_rooms_54_61": (fewer > 0).astype(np.int64),
        "art_rooms_67_90": np.zeros(len(key), dtype=np.int64),
        "art_rooms_61_67": np.zeros(len(key), dtype=np.int64),
        "art_rooms_54_61": (fewer > 0).astype(np.int64),
        "public_funds_budget": budget,
        "training_budget": np.ceil(budget * share / 10) * 10,
        "migrant_majority": (schools.location == URBAN) & (draws.uniform(key, "migrants") > 0.93),
    }


def quotas(counties: Counties, year: int) -> tuple[Reals, Reals]:
    """Running funds per pupil that a county applies, primary and junior, in 元."""
    more = 20 * np.floor(5 * counties.draws.uniform(counties.code, "quota"))
    base = [QUOTA[0][stage] + QUOTA[1][stage] * (year - FILED_FROM) for stage in (0, 1)]
    return base[0] + more, base[1] + more
