"""How far schools are apart: by road where the county says so, straight where there are coordinates, else unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from junheng.base.exact import half_up

_RADIUS = 6371.0088  # mean radius of the earth in km


@dataclass(frozen=True)
class Distances:
    """Distances in tenths of a kilometre, rounded half up: all that is decided or shown is decided in tenths.

    Attributes:
        roads: (from, to) → tenths; where only one direction was given it stands for both.
        places: school → (longitude, latitude) in degrees.
    """

    roads: Mapping[tuple[str, str], int]
    places: Mapping[str, tuple[float, float]]

    @classmethod
    def of(cls, schools: Sequence[Mapping[str, Any]], distances: Sequence[Mapping[str, Any]]) -> Distances:
        """From the rows of the tables ``school`` and ``distance``."""
        roads: dict[tuple[str, str], int] = {}
        for row in distances:
            roads[row["from_school"], row["to_school"]] = int(half_up(row["distance"] * 10, 0))
        for (here, there), tenths in list(roads.items()):
            roads.setdefault((there, here), tenths)
        places = {
            row["school_code"]: (float(row["longitude"]), float(row["latitude"]))
            for row in schools
            if row["longitude"] is not None and row["latitude"] is not None
        }
        return cls(roads, places)

    def tenths(self, here: str, there: str) -> int | None:
        """Tenths of a kilometre between two schools, None where nobody said."""
        road = self.roads.get((here, there))
        if road is not None:
            return road
        if here not in self.places or there not in self.places:
            return None
        return int(half_up(_great_circle(self.places[here], self.places[there]) * 10, 0))

    def reaches(self, school: str) -> bool:
        """Whether the distance to any other school can be known."""
        return school in self.places or any(school == here for here, _ in self.roads)


def _great_circle(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres along the great circle (haversine formula)."""
    (west, south), (east, north) = ([radians(degree) for degree in place] for place in (here, there))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(half))
