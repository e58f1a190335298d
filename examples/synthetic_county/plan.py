"""Which schools the county has: towns, kinds, and how many pupils each is meant to have in the latest year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from synthetic_county.published import PRIMARY_PUPILS
from synthetic_county.seeds import random_for

COUNTY_CODE = "990101"  # no province has the number 99, so no real county can have this code
COUNTY_NAME = "示例县（合成数据）"
STREETS = ("城东街道", "城西街道")

# Primary pupils of the centre school and of a second school (0: none), villages, teaching points of 50 pupils and
# more, smaller ones, junior pupils of the junior school, primary and junior pupils of a nine-year school.
TOWNS = {
    "青石镇": (1150, 620, 5, 1, 1, 1380, 0, 0),
    "白河镇": (1080, 560, 5, 1, 1, 1260, 460, 250),
    "柳林镇": (980, 480, 5, 1, 1, 1150, 0, 0),
    "大桥镇": (940, 450, 5, 1, 1, 1080, 420, 230),
    "枫树镇": (880, 420, 5, 1, 1, 980, 0, 0),
    "云岭镇": (820, 380, 5, 1, 2, 900, 390, 210),
    "石塘镇": (760, 340, 5, 1, 1, 860, 360, 190),
    "三河镇": (700, 0, 4, 1, 1, 780, 520, 310),
    "桃源乡": (560, 0, 4, 1, 2, 620, 0, 0),
    "双溪乡": (480, 0, 4, 1, 1, 0, 640, 480),
}
URBAN_PRIMARY = (1960, 1850, 1720, 1620, 1540, 1450, 1380, 1300, 1210, 1120, 1040, 960, 880)
URBAN_JUNIOR = (2086, 1840, 1620, 1430, 1220)

KIND_PRIMARY, KIND_POINT, KIND_JUNIOR, KIND_NINE = "211", "218", "311", "312"
KIND_ATTACHED_JUNIOR, KIND_COMPLETE, KIND_TWELVE, KIND_SPECIAL = "319", "341", "345", "514"


@dataclass(frozen=True)
class School:
    """One school as planned. ``pupils`` are those of the latest year by stage; ``grades`` limits the primary grades."""

    code: str
    name: str
    town: str
    kind: str
    location: str
    pupils: dict[str, int]
    operator: str = "county"
    boarding: bool = False
    campus_of: str | None = None
    opened_on: date = date(1970, 9, 1)
    closed_on: date | None = None
    built_year: int = 2005
    grades: int = 6
    crowded: int = 0  # how many pupils beyond the limit the classes of a popular school may have

    @property
    def counts_for_resources(self) -> bool:
        """Whether the resource indicators concern it: no special schools, no teaching points under 50 pupils."""
        small_point = self.kind == KIND_POINT and sum(self.pupils.values()) < 50
        return self.closed_on is None and self.kind != KIND_SPECIAL and not small_point

    @property
    def is_attached(self) -> bool:
        """Whether it is a set of classes in the rooms of another school, judged together with it."""
        return self.kind == KIND_ATTACHED_JUNIOR

    @property
    def is_private(self) -> bool:
        return self.operator == "private"

    def is_open_in(self, year: int) -> bool:
        opened = self.opened_on <= date(year, 9, 1)
        return opened and (self.closed_on is None or self.closed_on > date(year, 9, 1))


def plan_schools(seed: int) -> list[School]:
    """Return all schools, with exactly the published number of primary pupils where the indicators count them."""
    rng = random_for(seed, "schools")
    drafts = [*_urban(rng), *_rural(rng)]
    schools = [replace(school, code=f"{COUNTY_CODE}{number:04d}") for number, school in enumerate(drafts, start=1)]
    codes = {school.name: school.code for school in schools}
    schools = [replace(school, campus_of=codes[school.campus_of]) if school.campus_of else school for school in schools]
    return _with_published_total(schools)


def _school(rng: Random, name: str, town: str, kind: str, location: str, **rest: object) -> School:
    built_year = rng.choice((1996, 2003, 2007, 2009, 2012, 2014, 2016, 2018, 2020))
    founded = date(rng.randint(1951, min(built_year, 1995)), 9, 1)
    school = School("", f"示例县{name}", town, kind, location, {}, built_year=built_year, opened_on=founded)
    return replace(school, **rest)  # type: ignore[arg-type]


def _urban(rng: Random) -> Iterator[School]:
    numerals = "一二三四五六七八九十"
    names = [f"第{numeral}小学" for numeral in numerals] + ["实验小学", "育才小学", "新城小学"]
    crowded = {"第一小学": 4, "第二小学": 2, "第三小学": 7}
    for name, size in zip(names, URBAN_PRIMARY, strict=True):
        street = STREETS[names.index(name) % 2]
        pupils = {"primary": _near(rng, size, 0.02)}
        new = {"opened_on": date(2024, 9, 1), "built_year": 2023, "grades": 4} if name == "新城小学" else {}
        yield _school(rng, name, street, KIND_PRIMARY, "urban", pupils=pupils, crowded=crowded.get(name, 0), **new)
    yield _school(
        rng, "第四小学南校区", "城东街道", KIND_PRIMARY, "urban", pupils={"primary": 268}, campus_of="示例县第四小学"
    )
    yield _school(
        rng, "启明小学（民办）", "城西街道", KIND_PRIMARY, "urban", pupils={"primary": 612}, operator="private"
    )
    for name, primary, junior, operator in (
        ("东湖学校", 1180, 690, "county"),
        ("西苑学校", 940, 560, "county"),
        ("博文学校（民办）", 660, 480, "private"),
    ):
        yield _school(
            rng, name, STREETS[0], KIND_NINE, "urban", operator=operator, boarding=operator == "private",
            pupils={"primary": _near(rng, primary, 0.03), "junior": _near(rng, junior, 0.03)},
        )  # fmt: skip
    yield _school(
        rng, "外国语学校（民办）", STREETS[1], KIND_TWELVE, "urban", operator="private", boarding=True,
        pupils={"primary": 704, "junior": 516, "senior": 462},
    )  # fmt: skip
    for numeral, size in zip(numerals, URBAN_JUNIOR, strict=False):
        pupils = {"junior": size if size > 2000 else _near(rng, size, 0.02)}
        over = {"一": 5, "三": 2}.get(numeral, 0)
        street = STREETS[numerals.index(numeral) % 2]
        yield _school(rng, f"第{numeral}初级中学", street, KIND_JUNIOR, "urban", pupils=pupils, crowded=over)
    for name, junior, senior in (("第一中学", 1480, 2310), ("第二中学", 1120, 1840)):
        yield _school(
            rng, name, STREETS[0], KIND_COMPLETE, "urban", boarding=True, pupils={"junior": junior, "senior": senior}
        )
    yield _school(
        rng, "特殊教育学校", STREETS[1], KIND_SPECIAL, "urban", boarding=True, pupils={"primary": 96, "junior": 43}
    )


def _rural(rng: Random) -> Iterator[School]:
    villages = [front + back for front in "上下东西南北大小新老" for back in "湾坪冲塘岭桥庄店"]
    rng.shuffle(villages)
    for town, (centre, second, in_villages, points, small_points, junior, nine_primary, nine_junior) in TOWNS.items():
        place = "rural" if town.endswith("乡") else "town"
        yield _school(rng, f"{town}中心小学", town, KIND_PRIMARY, place, pupils={"primary": _near(rng, centre, 0.03)})
        if second:
            pupils = {"primary": _near(rng, second, 0.04)}
            yield _school(rng, f"{town}第二小学", town, KIND_PRIMARY, place, pupils=pupils)
        for _ in range(in_villages):
            pupils = {"primary": min(max(round(rng.lognormvariate(5.22, 0.36)), 84), 420)}
            yield _school(rng, f"{town}{villages.pop()}小学", town, KIND_PRIMARY, "rural", pupils=pupils)
        for number in range(points + small_points):
            size = rng.randint(52, 88) if number < points else rng.randint(9, 46)
            yield _school(
                rng, f"{town}{villages.pop()}教学点", town, KIND_POINT, "rural", pupils={"primary": size},
                grades=rng.choice((3, 4)) if size < 70 else 5,
            )  # fmt: skip
        if junior:
            yield _school(
                rng, f"{town}初级中学", town, KIND_JUNIOR, place, boarding=junior < 1000,
                pupils={"junior": _near(rng, junior, 0.03)},
            )  # fmt: skip
        if nine_primary:
            sizes = {"primary": _near(rng, nine_primary, 0.04), "junior": _near(rng, nine_junior, 0.04)}
            name = f"{town}{villages.pop()}学校" if junior else f"{town}学校"
            yield _school(rng, name, town, KIND_NINE, "rural", boarding=True, pupils=sizes)
    yield _school(
        rng, "桃源乡中心小学附设初中班", "桃源乡", KIND_ATTACHED_JUNIOR, "rural", pupils={"junior": 63},
        campus_of="示例县桃源乡中心小学",
    )  # fmt: skip
    yield _school(
        rng, f"云岭镇{villages.pop()}小学（已撤并）", "云岭镇", KIND_PRIMARY, "rural", pupils={"primary": 47},
        closed_on=date(2024, 7, 31),
    )  # fmt: skip


def _near(rng: Random, size: int, spread: float) -> int:
    return round(size * (1 + rng.uniform(-spread, spread)))


def _with_published_total(schools: list[School]) -> list[School]:
    """Move the difference to the published number of primary pupils into the larger schools, in proportion."""
    counted = sum(school.pupils.get("primary", 0) for school in schools if school.counts_for_resources)
    flexible = [
        number
        for number, school in enumerate(schools)
        if school.kind == KIND_PRIMARY and school.counts_for_resources and 150 < school.pupils["primary"] < 1900
    ]
    total = sum(schools[number].pupils["primary"] for number in flexible)
    left = PRIMARY_PUPILS - counted
    for number in flexible:
        size = schools[number].pupils["primary"]
        change = round(left * size / total)
        left, total = left - change, total - size
        schools[number] = replace(schools[number], pupils={"primary": size + change})
    return schools
