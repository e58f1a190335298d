"""The whole cohort model again, slowly, school by school in plain Python: it shares no code with the fast one."""

from math import inf
from random import Random

import polars as pl
import pytest
from forecast_panels import dataset_of

from junheng.monitoring.forecast.cohort import Past, project
from junheng.monitoring.forecast.panel import panel_of
from junheng.monitoring.forecast.settings import Settings

YEARS = range(2019, 2026)
S = Settings()


def random_nation(seed):
    """Three counties, town and country: primary schools that lose or gain, junior schools that take in the leavers."""
    draw = Random(seed)
    rows, about = {}, {}
    for county in range(3):
        primary, junior = [f"A{county}{n}" for n in range(4)], [f"J{county}{n}" for n in range(2)]
        for place, school in enumerate(primary + junior):
            location = "town" if place % 2 else "rural"
            about[school] = {"county_code": f"33010{county}", "location": location, "town": location}
        stay = {school: draw.uniform(0.9, 1.05) for school in primary + junior}
        grades = {school: [draw.randint(20, 200) for _ in range(6)] for school in primary}
        grades |= {school: [draw.randint(100, 300) for _ in range(3)] for school in junior}
        for year in YEARS:
            for school, counts in grades.items():
                rows[school, year] = counts
            leavers = sum(grades[school][5] for school in primary)
            grades = {
                school: [
                    round((counts[0] if school in primary else leavers / 2) * draw.uniform(0.85, 1.1)),
                    *(round(count * stay[school] * draw.uniform(0.95, 1.05)) for count in counts[:-1]),
                ]
                for school, counts in grades.items()
            }
    return rows, about


class Moves:
    """Pairs (before, after) of one unit."""

    def __init__(self, pairs):
        self.pairs = pairs
        self.before, self.after = sum(b for b, _ in pairs), sum(a for _, a in pairs)

    @property
    def some(self):
        return [(b, a) for b, a in self.pairs if b > 0]


def pulled(own, group_of, ratio_of_group):
    """Bühlmann–Straub by the textbook: squares within units over years, between units of a group."""
    units = {unit: moves for unit, moves in own.items() if moves.before > 0}
    groups = {}
    for unit, moves in units.items():
        groups.setdefault(group_of(unit), []).append(moves)
    within = sum(b * (a / b - m.after / m.before) ** 2 for m in units.values() for b, a in m.some)
    free = sum(len(m.some) - 1 for m in units.values())
    between = spread = 0
    for members in groups.values():
        weight = sum(m.before for m in members)
        mean = sum(m.after for m in members) / weight
        between += sum(m.before * (m.after / m.before - mean) ** 2 for m in members)
        spread += weight - sum(m.before**2 for m in members) / weight
    # Seen once each: as noisy as persons who decide by themselves.
    noise = within / free if free else sum(m.after for m in units.values()) / sum(m.before for m in units.values())
    differ = (between - (len(units) - len(groups)) * noise) / spread if spread else 0
    k = noise / differ if differ > 0 else inf
    found = {}
    for unit, moves in own.items():
        above = ratio_of_group(group_of(unit))
        found[unit] = above if k == inf or not moves.before else (moves.after + k * above) / (moves.before + k)
    return found


def together(parts):
    """The moves of a group, its members being the moves."""
    return Moves([(m.before, m.after) for m in parts])


def ratios_of(rows, about, schools, origin, step):
    """By school of a stage: ratio of grade ``step + 1`` to ``step``, counted from 0 within the stage."""
    years = range(origin - S.moves, origin)
    own = {s: Moves([(rows[s, y][step], rows[s, y + 1][step + 1]) for y in years]) for s in schools}
    assert all(0 < m.after <= S.jump * m.before for m in own.values())
    places = {}
    for school, moves in own.items():
        places.setdefault((about[school]["county_code"], about[school]["location"]), []).append(moves)
    places = {place: together(parts) for place, parts in places.items()}
    kinds = {}
    for (_, location), moves in places.items():
        kinds.setdefault(location, []).append(moves)
    of_kind = {kind: sum(m.after for m in parts) / sum(m.before for m in parts) for kind, parts in kinds.items()}
    of_place = pulled(places, lambda place: place[1], of_kind.get)
    return pulled(own, lambda s: (about[s]["county_code"], about[s]["location"]), of_place.get)


def yearly(rows, members, origin, first, grade):
    """One move a year: the grade's pupils of all members."""
    return Moves(
        [
            (sum(rows[s, y][grade] for s in members), sum(rows[s, y + 1][grade] for s in members))
            for y in range(first, origin)
        ]
    )


def growths(rows, about, origin, schools):
    """Growth by county and drift by place of the entrants of one stage's schools."""
    first = origin - S.growth_moves
    by_county, by_place = {}, {}
    for school in schools:
        county, location = about[school]["county_code"], about[school]["location"]
        by_county.setdefault(county, []).append(school)
        by_place.setdefault((county, location), []).append(school)
    counties = {c: yearly(rows, members, origin, first, 0) for c, members in by_county.items()}
    nation = sum(m.after for m in counties.values()) / sum(m.before for m in counties.values())
    places = {p: yearly(rows, members, origin, first, 0) for p, members in by_place.items()}
    kinds = {location for _, location in places}
    of_kind = {
        kind: sum(m.after for p, m in places.items() if p[1] == kind)
        / sum(m.before for p, m in places.items() if p[1] == kind)
        for kind in kinds
    }
    return pulled(counties, lambda _: 0, lambda _: nation), pulled(places, lambda p: p[1], of_kind.get)


def slow_forecast(rows, about, origin, ahead):
    primary = [s for s in about if s.startswith("A")]
    junior = [s for s in about if s.startswith("J")]
    county_of = {s: about[s]["county_code"] for s in about}
    counties = sorted(set(county_of.values()))
    ratio = {step: ratios_of(rows, about, primary, origin, step) for step in range(5)}
    for step in range(2):
        ratio[step] |= ratios_of(rows, about, junior, origin, step)
    grown, drift = growths(rows, about, origin, primary)
    _, junior_drift = growths(rows, about, origin, junior)

    def of(schools, county):
        return [s for s in schools if county_of[s] == county]

    def share(schools, school):
        years = range(origin - S.share_years + 1, origin + 1)
        own = [rows[school, y][0] / sum(rows[s, y][0] for s in of(schools, county_of[school])) for y in years]
        return sum(own) / len(own)

    pools = {}
    for county in counties:
        pairs = [
            (sum(rows[s, y][5] for s in of(primary, county)), sum(rows[s, y + 1][0] for s in of(junior, county)))
            for y in range(origin - S.moves, origin)
        ]
        pools[county] = Moves(pairs)
    nation = sum(m.after for m in pools.values()) / sum(m.before for m in pools.values())
    pool_ratio = pulled(pools, lambda _: 0, lambda _: nation)
    state = {s: list(map(float, rows[s, origin])) for s in about}
    for years in range(1, ahead + 1):
        trend = sum(S.damping**i for i in range(1, years + 1))
        drifted = sum(S.drift_damping**i for i in range(1, years + 1))
        later = {}
        for county in counties:
            total = sum(rows[s, origin][0] for s in of(primary, county)) * grown[county] ** trend
            weights = {
                s: share(primary, s) * drift[county, about[s]["location"]] ** drifted for s in of(primary, county)
            }
            pool = sum(state[s][5] for s in of(primary, county)) * pool_ratio[county]
            takes = {
                s: share(junior, s) * junior_drift[county, about[s]["location"]] ** drifted for s in of(junior, county)
            }
            for school in of(about, county):
                first = (
                    total * weights[school] / sum(weights.values())
                    if school in weights
                    else pool * takes[school] / sum(takes.values())
                )
                moved = [count * ratio[step][school] for step, count in enumerate(state[school][:-1])]
                later[school] = [first, *moved]
        state = later
    return state


@pytest.mark.parametrize("seed", range(3))
def test_the_fast_model_agrees_with_the_slow_one(seed):
    rows, about = random_nation(seed)
    panel = panel_of(dataset_of(rows, about))
    found = project(Past(panel), 2025, 3, S).filter(pl.col("year") == 2028)
    found = found.join(panel.units.select("unit", "school_code"), on="unit")
    expected = slow_forecast(rows, about, 2025, 3)
    for row in found.to_dicts():
        grades = [row[f"grade_{g}"] for g in range(1, 10) if row[f"grade_{g}"] is not None]
        assert grades == pytest.approx(expected[row["school_code"]], rel=1e-9), row["school_code"]
