"""Counties to judge: random, but with a liking for everything that has ever been a trap.

A strategy draws the shape (counties, schools, how blank, how near the limits) and one seed for each school, so that
Hypothesis can drop schools and counties while it shrinks; the cells follow from the seeds, or a batch of counties would
need more choices than an example may have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
from hypothesis import strategies as st

from junheng.standards.formula import Formula, Term
from junheng.standards.indicator import Indicator
from junheng.standards.limit import Graded, Limit
from junheng.standards.model import Standard
from junheng.tables.catalogue import load_tables
from junheng.tables.dataset import Dataset
from junheng.tables.model import Column, ColumnType, Tables

Row = dict[str, Any]
YEAR = 2023
DAY = date(2023, 12, 31)
DAYS = (DAY, date(2024, 6, 1), date(2024, 2, 29), date(2024, 8, 31))

KINDS = {
    "211": 14, "212": 2, "213": 1, "218": 6, "219": 1, "311": 8, "312": 6, "313": 1, "314": 1, "319": 1, "321": 1,
    "341": 3, "342": 1, "343": 1, "345": 2, "361": 1, "371": 1, "511": 1, "514": 1, "518": 1, "519": 1,
}  # fmt: skip
ATTACHED = ("219", "319", "518", "519")
OPERATORS = {"county": 14, "private": 3, "city": 1, "province": 1, "university": 1, "enterprise": 1, "other": 1}
SIZES = (
    0,
    1,
    2,
    7,
    49,
    50,
    51,
    99,
    100,
    101,
    110,
    170,
    200,
    500,
    550,
    1000,
    1001,
    1100,
    2000,
    2001,
    2500,
    10000,
    20000,
)
# Other values rest on these; 室内体育用房 is subtracted elsewhere and stays within its whole.
NOT_PLACED = ("pupils", "classes", "teachers", "indoor_sports_area")
FIRST, LATE = date(YEAR, 9, 1), date(YEAR, 9, 2)


def tables_of(standard: Standard) -> Tables:
    """The built-in tables with the columns that the standard brings along."""
    return load_tables(*(Path(folder) for folder in standard.tables_folders))


@dataclass(frozen=True)
class CountyShape:
    """How a county looks before its cells are filled in.

    ``blank`` is the share of cells left out, ``filed`` that of findings made; ``aim`` says where values lie: ``good``
    above the limits, ``edge`` at them, ``mixed`` anywhere, ``twins`` two schools whose differences are the limits.
    """

    seed: int
    aim: str
    blank: float
    filed: float
    schools: tuple[int, ...]


def county_shapes(max_schools: int = 9, blanks: Sequence[float] = (0.0, 0.0, 0.01, 0.15)) -> st.SearchStrategy:
    return st.builds(
        CountyShape,
        seed=st.integers(0, 2**32 - 1),
        aim=st.sampled_from(["mixed", "edge", "good", "twins"]),
        blank=st.sampled_from(list(blanks)),
        filed=st.sampled_from([1.0, 1.0, 0.9, 0.5, 0.0]),
        schools=st.lists(st.integers(0, 2**32 - 1), max_size=max_schools).map(tuple),
    )


def counties(
    standard: Standard,
    *,
    min_counties: int = 1,
    max_counties: int = 8,
    max_schools: int = 9,
    blanks: Sequence[float] = (0.0, 0.0, 0.01, 0.15),
) -> st.SearchStrategy[Dataset]:
    """Datasets of several counties with at least one stage row, filed with this standard in mind."""
    shapes = st.lists(county_shapes(max_schools, blanks), min_size=min_counties, max_size=max_counties)
    return shapes.map(lambda drawn: county_dataset(standard, drawn))


@dataclass(frozen=True, repr=False)
class Drawn(Dataset):
    """A dataset that a failing test shows as the call that makes it again, not as its thousand cells."""

    def __repr__(self) -> str:
        return self.name

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.name)


def county_dataset(standard: Standard, shapes: Sequence[CountyShape]) -> Drawn:
    """One dataset of all the counties, and one far-away school so that the year is never empty."""
    tables = tables_of(standard)
    rows: dict[str, list[Row]] = {name: [] for name in tables.tables}
    for number, shape in enumerate(shapes):
        for name, more in _County(standard, tables, f"32{number:04d}", shape).rows.items():
            rows[name] += more
    rows["school"].append(school_row("990000000001", "990000"))
    rows["stage_year"].append({"school_code": "990000000001", "school_year": YEAR, "stage": "primary", "pupils": 100})
    call = f"county_dataset(load_standard({standard.id!r}), {list(shapes)!r})"
    return Drawn(tables, dataset_of(tables, rows).frames, name=call)


def dataset_of(tables: Tables, rows: Mapping[str, Sequence[Row]]) -> Dataset:
    """Frames with the declared types; tables without rows are empty, columns nobody filed are blank."""
    return Dataset(tables, {name: frame_of(tables, name, rows.get(name, ())) for name in tables.tables})


def frame_of(tables: Tables, table: str, rows: Sequence[Row]) -> pl.DataFrame:
    schema = tables[table].schema
    columns = {
        name: pl.Series(name, [row.get(name) for row in rows], dtype, strict=True) for name, dtype in schema.items()
    }
    return pl.DataFrame(columns)


def shuffled(dataset: Dataset, random: Random) -> Dataset:
    """The same rows, and the tables themselves, in another order."""
    frames = {}
    for name in random.sample(list(dataset.frames), len(dataset.frames)):
        frame = dataset.frames[name]
        frames[name] = frame[random.sample(range(frame.height), frame.height)] if frame.height else frame
    return Dataset(dataset.tables, frames)


def school_row(code: str, county: str, **more: Any) -> Row:
    ordinary = {
        "school_code": code, "school_name": f"学校{code}", "county_code": county, "town": "甲镇", "school_kind": "211",
        "location": "town", "operator": "county", "boarding": False, "campus_of": None, "counted": True,
        "opened_on": date(1990, 9, 1), "closed_on": None, "built_year": 2005, "dense_centre": False,
        "mountain_or_lake": False,
    }  # fmt: skip
    return {**ordinary, **more}


@dataclass
class Filing:
    """What one school files."""

    school: Row
    premises: Row
    stages: dict[str, Row] = field(default_factory=dict)


class _County:
    """Fills in one county."""

    def __init__(self, standard: Standard, tables: Tables, code: str, shape: CountyShape) -> None:
        self.standard, self.tables, self.code, self.shape = standard, tables, code, shape
        self.random = Random(shape.seed)
        self.good = shape.aim == "good"
        self.placed: set[tuple[int, str]] = set()
        self.rows: dict[str, list[Row]] = {name: [] for name in tables.tables}
        self.kind_stages = {c.code: c.stages for c in tables.code_lists["school_kind"].codes.values()}
        self.county_year = self._county_year()
        filings = list(self._twins() if shape.aim == "twins" else self._schools())
        for filing in filings:
            self.rows["school"].append(filing.school)
            if filing.premises:
                self.rows["school_year"].append(filing.premises)
            self.rows["stage_year"] += filing.stages.values()
        self._county_tables()

    # Schools

    def _schools(self) -> Iterator[Filing]:
        codes: list[str] = []
        for number, seed in enumerate(self.shape.schools):
            random = Random(seed)
            code = f"{self.code}{number:06d}"
            # A school that is not listed, and a campus of a campus, are among the mains.
            main = random.choice([*codes, "000000000000"]) if codes and random.random() < 0.25 else None
            codes.append(code)
            yield self._school(random, code, main)

    def _school(self, random: Random, code: str, main: str | None) -> Filing:
        kind = random.choices(list(KINDS), list(KINDS.values()))[0]
        if main is not None and random.random() < 0.3:
            kind = random.choice(ATTACHED)
        opened = random.choices([date(1990, 9, 1), FIRST, LATE, None], [20, 1, 1, 1])[0]
        closed = random.choices([None, FIRST, LATE, date(YEAR, 7, 31)], [20, 1, 1, 1])[0]
        school = school_row(
            code,
            self.code,
            school_kind=kind,
            location=random.choice(["urban", "town", "rural"]),
            operator=random.choices(list(OPERATORS), list(OPERATORS.values()))[0],
            boarding=random.random() < 0.3,
            campus_of=main,
            counted=main is None or random.random() < 0.5,
            opened_on=opened,
            closed_on=closed,
            built_year=random.choice([2005, 2010, 2011, 2016, 2017, None]),
            dense_centre=random.choice([True, False, None]),
            mountain_or_lake=random.choice([True, False, None]),
        )
        filing = Filing(school, self._premises(random, code))
        stages = list(self.kind_stages[kind])
        if random.random() < 0.05 or (not stages and random.random() < 0.5):
            stages = sorted({*stages, random.choice(["primary", "junior", "senior"])})
        elif random.random() < 0.04:
            stages = stages[1:]
        small = main is not None and random.random() < 0.6
        for stage in stages:
            filing.stages[stage] = self._stage(random, code, stage, small=small)
        if self.shape.aim != "mixed" or random.random() < 0.3:
            self._place_all(random, filing)
        self._leave_blanks(random, filing)
        return filing

    def _premises(self, random: Random, code: str) -> Row:
        row: Row = {"school_code": code, "school_year": YEAR}
        row |= self._cells("school_year", random)
        if random.random() < 0.8 and row["teaching_area"] is not None:
            row["indoor_sports_area"] = Decimal(random.randint(0, 3)) * row["teaching_area"] / 10
        return row

    def _stage(self, random: Random, code: str, stage: str, *, small: bool) -> Row:
        pupils = random.choice(SIZES) if random.random() < 0.5 else random.randint(1, 2400)
        if self.good:
            pupils = random.choice([60, 170, 200, 500, 1000])
        if small:
            pupils = random.choice([0, 1, 20, 25, 30, 49, 50, 51])
        row: Row = {"school_code": code, "school_year": YEAR, "stage": stage, "pupils": pupils}
        if stage == "senior":
            return row
        row |= self._cells("stage_year", random)
        row["pupils"] = pupils
        row["classes"] = max(0, round(pupils / 40) + random.randint(-1, 1))
        for name in row:
            if name.startswith("classes_"):
                row[name] = 0 if self.good or random.random() < 0.85 else random.randint(0, 3)
        teachers = pupils // 16 + random.randint(0, 3)
        row["teachers"] = teachers
        left = teachers
        for name in ("teachers_bachelor", "teachers_associate", "teachers_master", "teachers_doctor"):
            row[name] = random.randint(left // 2, left)
            left -= row[name]
        row["teachers_secondary"] = left
        for name in ("certified_teachers", "teachers_360_hours"):
            row[name] = teachers if self.good or random.random() < 0.95 else max(0, teachers - 1)
        row["zone_pupils"] = pupils if self.good or random.random() < 0.9 else pupils * 19 // 20
        if self.good:
            row |= {"graduates": row["grade7_entry"], "transferred_in": 0, "transferred_out": 0}
        row["largest_class"] = random.choice([20, 29, 30, 31, 45])
        if row["pupils_year_before"] is not None:
            row["dropped_out"] = min(row["dropped_out"] or 0, row["pupils_year_before"])
        row["deaths"] = 0
        return row

    def _cells(self, table: str, random: Random) -> Row:
        definition = self.tables[table]
        return {c.name: _cell(c, random) for c in definition.columns.values() if c.name not in definition.key}

    def _leave_blanks(self, random: Random, filing: Filing) -> None:
        if not self.shape.blank:
            return
        for row, table in [(filing.premises, "school_year"), *((row, "stage_year") for row in filing.stages.values())]:
            for name in row:
                if name not in self.tables[table].key and random.random() < self.shape.blank:
                    row[name] = None
        # Intake refuses these blanks; a dataset made elsewhere may have them, and then who is concerned is open.
        for name in ("school_kind", "location", "operator", "boarding"):
            if random.random() < self.shape.blank / 5:
                filing.school[name] = None
        if random.random() < self.shape.blank:
            filing.premises = {}
        for stage in list(filing.stages):
            if random.random() < self.shape.blank / 2:
                del filing.stages[stage]

    # Values at their limits

    def _place_all(self, random: Random, filing: Filing) -> None:
        """Set the amounts so that values come out where the county aims."""
        for stage, row in filing.stages.items():
            if stage == "senior":
                continue
            share = self._share(filing, stage)
            for name, indicator in self.standard.resources.items():
                split = self.standard.split is not None and name in self.standard.split.indicators
                if random.random() < 0.95:
                    owners = [row, filing.premises]
                    self._place(random, indicator, owners, row, share if split else Fraction(1), filing.school)
        whole = {"pupils": sum(row["pupils"] for stage, row in filing.stages.items() if stage != "senior")}
        for _, part in self.standard.parts():
            for item in part.items.values():
                for check in item.checks.values():
                    if check.level in ("stage", "school"):
                        for row in filing.stages.values():
                            self._place(random, check, [row, filing.premises], row | whole, Fraction(1), filing.school)

    def _share(self, filing: Filing, stage: str) -> Fraction:
        weights = self.standard.split.weights if self.standard.split else {}
        weighted = {s: row["pupils"] * Fraction(weights.get(s, 1)) for s, row in filing.stages.items()}
        total = sum(weighted.values())
        return weighted[stage] / total if total else Fraction(0)

    def _place(
        self, random: Random, check: Indicator, owners: Sequence[Row], row: Row, share: Fraction, about: Row
    ) -> None:
        if not check.thresholds:
            return
        limits = check.thresholds[-1].limits(row.get("stage"))
        limit = limits[-1] if len(limits) == 1 else random.choice(limits) if limits else None
        aimed = self._target(random, limit, row)
        if aimed is None:
            return
        target, unit = aimed
        read = _reader([*owners, about, self.county_year, row])
        needed = _amount_needed(check.formula, target, read, row.get("pupils"), share)
        terms = [term for term in check.formula.amount.terms(row.get("stage")) if not term.where]
        if needed is not None and terms:
            self._set_amount(random, terms, needed, owners, unit)

    def _target(self, random: Random, limit: Limit | None, row: Row) -> tuple[Fraction, int] | None:
        """A value and by how many units of the amount to miss it."""
        if limit is None or limit.value is None:
            return None
        if isinstance(limit.value, Graded):
            size = row.get(limit.value.by)
            if size is None:
                return None
            value = limit.value.at(Fraction(size))
        else:
            value = Fraction(limit.value)
        lower = limit.operator in ("at_least", "above")
        if self.shape.aim == "good":
            factor = Fraction(random.choice([100, 100, 105, 110, 120]), 100)
            return (value * factor if lower else value / factor), (0 if random.random() < 0.5 else 1 if lower else -1)
        if self.shape.aim == "mixed":
            return value * Fraction(random.randint(50, 200), 100), 0
        rest = self.standard.school_rule.rest if self.standard.school_rule else None
        edge = value
        if rest is not None and random.random() < 0.3:
            edge = value * Fraction(rest) if lower else value / Fraction(rest)
        return edge, random.choices([-1, 0, 1], [1, 3, 1])[0]

    def _set_amount(
        self, random: Random, terms: Sequence[Term], needed: Fraction, owners: Sequence[Row], miss: int
    ) -> None:
        """Change one added column so that the sum is ``needed`` (as nearly as its type allows), ``miss`` units off."""
        own = [(term, next((row for row in owners if term.column in row), None)) for term in terms]
        added = [(t, row) for t, row in own if t.sign > 0 and row is not None and t.column not in NOT_PLACED]
        if not added:
            return
        chosen, home = random.choice(added)
        rest = Fraction(0)
        for term, row in own:
            if row is None or term is chosen:
                continue
            if row.get(term.column) is None or term.sign * Fraction(row[term.column]) > needed / (2 * len(own)):
                row[term.column] = 0 if self.tables.column(term.column).type is ColumnType.COUNT else Decimal(0)
            rest += term.sign * Fraction(row[term.column])
        amount = max(needed - rest, Fraction(0))
        before = home[chosen.column] if (id(home), chosen.column) in self.placed else None
        self.placed.add((id(home), chosen.column))
        kind = self.tables.column(chosen.column).type
        if kind is ColumnType.FLAG:
            home[chosen.column] = amount >= 1
        elif kind is ColumnType.COUNT:
            near = [ceil(amount)] if self.good and miss >= 0 else [floor(amount), ceil(amount)]
            home[chosen.column] = max(random.choice(near) + miss, 0)
        else:
            home[chosen.column] = max(_decimal(random, amount) + miss * Decimal("0.01"), Decimal(0))
        if self.good and before is not None and miss >= 0:
            home[chosen.column] = max(home[chosen.column], before)

    # Two schools exactly at the limit of the difference coefficient

    def _twins(self) -> Iterator[Filing]:
        """Two schools of one size with (1 − c) and (1 + c) times the mean have a coefficient of exactly c."""
        rule = self.standard.balance_rule
        random = self.random
        for stage, kind in (("primary", "211"), ("junior", "311")):
            pupils = random.choice([170, 200, 1000, 340])
            pair = [
                Filing(
                    school_row(f"{self.code}{kind}{i:03d}", self.code, school_kind=kind, operator="county"),
                    self._premises(random, f"{self.code}{kind}{i:03d}"),
                )
                for i in range(2)
            ]
            for filing in pair:
                row = self._stage(random, filing.school["school_code"], stage, small=False)
                filing.stages[stage] = row | {"pupils": pupils}
            off = random.choice([0, 0, 0, 1, -1])
            names = list(self.standard.resources)
            for place, name in enumerate(names):
                limits = rule.limits if rule and rule.rule == "mean" else self.standard.resources[name].balance
                cv = limits[-1].limit(stage) if limits else None
                twentieths = int(cv * 20) if cv is not None and cv * 20 == int(cv * 20) else 10
                if rule and rule.rule == "mean" and place < len(names) // 2 * 2:
                    twentieths += 1 if place % 2 else -1
                elif random.random() < 0.2:
                    twentieths -= 1
                size = random.choice([1, 1, 2, 5])
                for filing, sign in zip(pair, (-1, 1), strict=True):
                    amount = Fraction((20 + sign * twentieths) * size)
                    miss = off if sign > 0 and place == 0 else 0
                    terms = list(self.standard.resources[name].formula.amount.terms(stage))
                    if terms:
                        owners = [filing.stages[stage], filing.premises]
                        self._set_amount(random, terms, amount, owners, miss)
            yield from pair
        for filing in self._schools():
            # Company that counts for nothing: no pupils, or out of every scope.
            filing.school |= {"school_kind": "514", "campus_of": None}
            yield filing

    # The county's own tables

    def _county_year(self) -> Row:
        random = self.random
        row = {"county_code": self.code, "school_year": YEAR, **self._cells("county_year", random)}
        for _, part in self.standard.parts():
            for item in part.items.values():
                for check in item.checks.values():
                    if check.level in ("county", "county_stage") and not check.formula.over:
                        self._place_in_county(random, check, row)
        for name in row:
            if name not in ("county_code", "school_year") and random.random() < self.shape.blank:
                row[name] = None
        return row

    def _place_in_county(self, random: Random, check: Indicator, row: Row) -> None:
        if not check.thresholds or random.random() < 0.1:
            return
        for stage in ("primary", "junior"):
            aimed = self._target(random, (check.thresholds[-1].limits(stage) or (None,))[0], row)
            if aimed is None:
                continue
            needed = _amount_needed(check.formula, aimed[0], _reader([row]), 1, Fraction(1))
            terms = [term for term in check.formula.amount.terms(stage) if term.column in row]
            if needed is not None and terms:
                self._set_amount(random, terms, needed, [row], aimed[1])

    def _county_tables(self) -> None:
        random, key = self.random, {"county_code": self.code, "school_year": YEAR}
        if random.random() < 0.95:
            recognised = random.choices(
                [date(2018, 5, 1), date(2020, 12, 31), date(2021, 1, 1), date(2021, 2, 28), date(2024, 5, 1), None],
                [6, 2, 1, 1, 1, 1 if self.shape.blank else 0],
            )[0]
            about = {
                "county_code": self.code,
                "county_name": f"县{self.code}",
                "basic_balance_recognised_on": recognised,
            }
            self.rows["county"].append(about)
        if random.random() < 0.97:
            self.rows["county_year"].append(self.county_year)
        if random.random() < 0.3:
            # Figures of other years are there to be left alone.
            self.rows["county_year"].append({**self.county_year, "school_year": YEAR - 1, "rotated": 0})
            if self.rows["stage_year"]:
                self.rows["stage_year"].append({**self.rows["stage_year"][0], "school_year": YEAR - 1, "pupils": 3})
        self._finance(random)
        asked = [(part, name, item) for _, part in self.standard.parts() for name, item in part.items.items()]
        for part, name, item in asked:
            for standard in [self.standard.id, *self.standard.ancestors]:
                if random.random() < self.shape.filed * (1.0 if standard == self.standard.id else 0.3):
                    # Besides what the part knows, one finding that it may not know.
                    others = [*(code for code in part.findings if code not in ("met", "unmet")), "not_applicable"]
                    weights = [1000 if self.good else 40, 1, 1, *[3 if len(others) > 1 else 0.3] * len(others)]
                    finding = random.choices(["met", "unmet", None, *others], weights)[0]
                    score = _cell_score(item.points, random)
                    self.rows["judged_item"].append(
                        {**key, "standard": standard, "item": name, "finding": finding, "score": score}
                    )
        for method in ("questionnaire", "visit"):
            for group in ("all", "parents"):
                if random.random() < 0.97:
                    valid = random.choice([0, 20, 100, 200, 999, 1000]) if random.random() < 0.3 else 200
                    share = random.choice([0, 1, 1, 40] if self.good else [0, 1, -1, 40])
                    satisfied = min(max(ceil(valid * 85 / 100) + share, 0), valid)
                    self.rows["satisfaction"].append(
                        {**key, "method": method, "group": group, "distributed": valid, "valid": valid,
                         "satisfied": satisfied}
                    )  # fmt: skip
        for stage in ("primary", "junior"):
            for subject in ("语文", "数学")[: random.choice([0, 1, 2, 2, 2])]:
                odd = 0 if self.good else 1
                level = random.choices([3, 4, 2, None], [8, 4, odd, odd if self.shape.blank else 0])[0]
                difference = Decimal(random.choices(["0.1", "0.1499999999999999", "0.15"], [8, 4, odd])[0])
                row = {**key, "stage": stage, "subject": subject, "level": level, "school_difference": difference}
                self.rows["monitoring"].append(row)

    def _finance(self, random: Random) -> None:
        columns = [c for c in self.tables["finance_year"].columns.values() if c.type.is_number]
        row: Row = {c.name: Decimal(random.randint(8_000, 9_000)) for c in columns}
        gap = random.choice([None, None, None, YEAR, YEAR - 1, YEAR - 3, YEAR - 4])
        for year in range(YEAR - 5, YEAR + 2):
            fast = not self.good and random.random() < 0.1
            for column in columns:
                if row[column.name] is not None:
                    step = random.choices(
                        [Decimal("1.05"), Decimal("1.1"), Decimal(1), Decimal("0.97")],
                        [8, 8, *((0, 0) if self.good else (1, 0.3))],
                    )[0]
                    if column.name in ("recurrent_revenue", "gdp", "fiscal_expenditure") and not fast:
                        step = Decimal("1.03")
                    row[column.name] = round(row[column.name] * step, random.choice([2, 4]))
            if year == gap:
                continue
            filed = {"county_code": self.code, "fiscal_year": year, **row}
            for column in columns:
                if random.random() < self.shape.blank / 4:
                    filed[column.name] = None
                elif random.random() < self.shape.blank / 8:
                    filed[column.name] = Decimal(0)
            self.rows["finance_year"].append(filed)


def _cell(column: Column, random: Random) -> Any:
    match column.type:
        case ColumnType.FLAG:
            return random.choice([True, False, False])
        case ColumnType.COUNT:
            return random.randint(0, 60)
        case ColumnType.DECIMAL:
            return Decimal(random.randint(0, 200_000)).scaleb(-random.choice([0, 1, 1, 2]))
        case ColumnType.YEAR:
            return random.randint(2000, 2020)
        case _:
            return None


def _cell_score(points: Decimal | None, random: Random) -> Decimal | None:
    if random.random() < 0.1:
        return None
    full = points if points is not None else Decimal(6)
    return random.choices(
        [full, full / 2, full + Decimal("0.1"), Decimal("-0.5"), full - Decimal("0.1")], [8, 3, 0.1, 0.1, 2]
    )[0]


def _reader(rows: Sequence[Row]) -> Callable[[str], Any]:
    return lambda column: next((row[column] for row in rows if row.get(column) is not None), None)


def _amount_needed(
    formula: Formula, target: Fraction, read: Callable[[str], Any], pupils: int | None, share: Fraction
) -> Fraction | None:
    """The amount that gives the target, where there is one."""
    terms = formula.base.all
    if any(read(term.column) is None for term in terms):
        return None
    base = sum((term.sign * Fraction(read(term.column)) for term in terms), Fraction(0))
    scale, heads = Fraction(formula.scale), Fraction(pupils or 0)
    if not share:
        return None
    match formula.kind:
        case "per_pupil":
            return target * heads / scale / share
        case "pupils_per":
            return heads * scale / target / share if target else None
        case "share":
            return target * base / 100
        case "ratio":
            return target * base / scale
        case "amount":
            return target / share
        case "rooms_for_classes":
            return target * ceil(base / (formula.per or 1))
        case "funded_as":
            return target * base * max(heads, Fraction(formula.floor or 0))
        case "room_per_pupil":
            return target * heads / base if base else None
        case _:
            return None


def _decimal(random: Random, amount: Fraction) -> Decimal:
    """The number itself where eight decimals suffice, else one of its neighbours with two."""
    if (amount * 10**8).denominator == 1:
        return Decimal(int(amount * 10**8)).scaleb(-8)
    return Decimal(random.choice([floor, ceil])(amount * 100)).scaleb(-2)
