"""The second opinion: the whole judgement again, slowly, on plain rows and in exact fractions.

Written from the rules and from what the docstrings promise, with no code of the indicators or of the verdict; it reads
the typed standard and the code lists only. Read it from top to bottom: numbers and conditions, the kinds of
computation, the rows, limits and outcomes, the differences between schools, items, parts, counties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor
from typing import Any

from junheng.standards.formula import Amount, Condition, Formula, Range, Term
from junheng.standards.indicator import Indicator
from junheng.standards.item import Deduction, Item, ItemPart
from junheng.standards.limit import Limit
from junheng.standards.model import Standard
from junheng.standards.source import Dated
from junheng.tables.dataset import Dataset

Row = dict[str, Any]
# The lowest and the highest that a score may be; nobody knows the highest, or even the lowest, where it is None.
Span = tuple[Fraction | None, Fraction | None]
MET, TOLERATED, UNMET, UNKNOWN = "met", "tolerated", "unmet", "unknown"
NOT_FILED, NO_PUPILS, NO_BASE, NOT_APPLICABLE = "not_filed", "no_pupils", "no_base", "not_applicable"
ENDLESS = "endless"
COMPULSORY, SENIOR = ("primary", "junior"), "senior"
COMPOSITE = "composite"
# Of what two campuses file the larger counts: the fullest class.
LARGEST = {"largest_class", "largest_entry_class"}
# What two campuses file cannot be added up: the school as a whole has it only where they agree.
NOT_SUMMED = {
    "computer_room_computers",
    *("ordinary_classroom_area", "lab_area", "computer_room_area", "language_room_area"),
    *("ring_track", "straight_track"),
}


@dataclass(frozen=True)
class Value:
    """A value, or why there is none. ``size`` is that of the numbers it was made from: what a float may be off by."""

    value: Fraction | str | None = None
    absent: str | None = None
    size: Fraction = Fraction(0)


@dataclass
class Balance:
    """One difference coefficient: squares are exact, ``cv`` has fifty digits."""

    schools: int
    absent: int
    mean: Fraction | None = None
    variance: Fraction | None = None
    cv_squared: Fraction | None = None
    cv: Decimal | None = None
    plain_cv: Decimal | None = None
    limit: Fraction | None = None
    outcome: str | None = None


@dataclass
class Opinion:
    """Everything that the judge says, by key."""

    rows: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[tuple[str, ...], dict[str, Value]]] = field(default_factory=dict)
    outcomes: dict[str, dict[tuple[str, ...], dict[str, str | None]]] = field(default_factory=dict)
    row_outcomes: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    balance: dict[tuple[str, str, str], Balance] = field(default_factory=dict)
    checks: dict[tuple[str, str], str] = field(default_factory=dict)
    school_scores: dict[tuple[str, str, str], Span | None] = field(default_factory=dict)
    items: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    item_scores: dict[tuple[str, str, str], Span | None] = field(default_factory=dict)
    parts: dict[tuple[str, str], tuple[str, Span]] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)


def second_opinion(
    dataset: Dataset,
    standard: Standard,
    day: date,
    *,
    year: int | None = None,
    relax: Sequence[str] = (),
    gate: Standard | None = None,
) -> Opinion:
    """Judge every county of a dataset, as ``junheng.verdict.judge.judge`` does."""
    return _Judge(dataset, standard, day, year, tuple(relax), gate).opinion


# Numbers, conditions, amounts


def fraction(value: bool | int | Decimal | Fraction) -> Fraction:
    return Fraction(int(value)) if isinstance(value, bool) else Fraction(value)


def holds(condition: Condition, row: Mapping[str, Any]) -> bool | None:
    """Yes, no, or None where a blank leaves it open."""
    answer: bool | None = True
    for column, wanted in condition.items():
        value = row.get(column)
        if value is None:
            answer = None if answer is not False else False
        elif not _fits(wanted, value):
            answer = False
    return answer


def _fits(wanted: bool | Range | tuple[str, ...], value: Any) -> bool:
    if isinstance(wanted, bool):
        return bool(value) == wanted
    if isinstance(wanted, tuple):
        return value in wanted
    number = fraction(value)
    return not (
        (wanted.at_least is not None and number < Fraction(wanted.at_least))
        or (wanted.at_most is not None and number > Fraction(wanted.at_most))
        or (wanted.above is not None and number <= Fraction(wanted.above))
        or (wanted.below is not None and number >= Fraction(wanted.below))
    )


def amount_of(amount: Amount, row: Mapping[str, Any], granted: Sequence[Term] = ()) -> tuple[Fraction, Fraction] | None:
    """The amount of a row, and the same with nothing subtracted; None as soon as one of its columns is blank.

    ``granted`` terms come from relaxations: a column counts once, and one that is blank claims nothing.
    """
    total = size = Fraction(0)
    counted = set()
    for term in amount.terms(row.get("stage")):
        counts = holds(term.where, row)
        if counts is None:
            return None
        if counts is True:
            if row[term.column] is None:
                return None
            counted.add(term.column)
            total += term.sign * fraction(row[term.column])
            size += abs(fraction(row[term.column]))
    for term in granted:
        if holds(term.where, row) is True and row[term.column] is not None and term.column not in counted:
            counted.add(term.column)
            total += term.sign * fraction(row[term.column])
            size += abs(fraction(row[term.column]))
    return total, size


def half_up(value: Fraction, digits: int) -> Fraction:
    """Round as official tables are printed: half away from zero."""
    whole = floor(abs(value) * 10**digits + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**digits)


def root(square: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 60
        return (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()


# The kinds of computation that are a top over a bottom


def _per_pupil(f: Formula, amount: Fraction, base: Fraction, pupils: Fraction) -> tuple[Fraction, Fraction]:
    return amount * Fraction(f.scale), pupils


def _pupils_per(f: Formula, amount: Fraction, base: Fraction, pupils: Fraction) -> tuple[Fraction, Fraction]:
    return pupils * Fraction(f.scale), amount


def _ratio(f: Formula, amount: Fraction, base: Fraction, pupils: Fraction) -> tuple[Fraction, Fraction]:
    return amount * Fraction(f.scale), base


def _share(f: Formula, amount: Fraction, base: Fraction, pupils: Fraction) -> tuple[Fraction, Fraction]:
    return amount * 100, base


def _amount(f: Formula, amount: Fraction, base: Fraction, pupils: Fraction) -> tuple[Fraction, Fraction]:
    return amount, Fraction(1)


def _rooms_for_classes(f: Formula, amount: Fraction, base: Fraction, pupils: Fraction) -> tuple[Fraction, Fraction]:
    return amount, Fraction(ceil(base / (f.per or 1)))


def _funded_as(f: Formula, amount: Fraction, base: Fraction, pupils: Fraction) -> tuple[Fraction, Fraction]:
    return amount, base * max(pupils, Fraction(f.floor or 0))


def _room_per_pupil(f: Formula, amount: Fraction, base: Fraction, pupils: Fraction) -> tuple[Fraction, Fraction]:
    return amount * base * Fraction(f.scale), pupils


QUOTIENTS: dict[str, Callable[[Formula, Fraction, Fraction, Fraction], tuple[Fraction, Fraction]]] = {
    "per_pupil": _per_pupil,
    "pupils_per": _pupils_per,
    "ratio": _ratio,
    "share": _share,
    "amount": _amount,
    "rooms_for_classes": _rooms_for_classes,
    "funded_as": _funded_as,
    "room_per_pupil": _room_per_pupil,
}
PER_PUPILS = {"per_pupil", "pupils_per", "room_per_pupil"}
KINDS = {*QUOTIENTS, "grows_faster", "rises", "yearly_share", "lowest", "highest", "years_since", "some_of"}


def row_value(
    formula: Formula, row: Mapping[str, Any], *, share: Fraction | None, split: bool, granted: Sequence[Term] = ()
) -> Value:
    """The value of one row. What is split has the row's ``share``; both need pupils to have any meaning."""
    applies = holds(formula.where, row)
    if applies is not True:
        return Value(absent=NOT_APPLICABLE if applies is False else NOT_FILED)
    pupils = row.get("pupils")
    per_pupils = formula.kind in PER_PUPILS or split
    if per_pupils and pupils == 0:
        return Value(absent=NO_PUPILS)
    amount = amount_of(formula.amount, row, granted)
    base = amount_of(formula.base, row)
    needs_pupils = per_pupils or formula.kind == "funded_as"
    if amount is None or base is None or (needs_pupils and pupils is None) or (split and share is None):
        return Value(absent=NOT_FILED)
    part = share if split and share is not None else Fraction(1)
    return _quotient(formula, amount[0] * part, amount[1] * part, base[0], fraction(pupils or 0))


def _quotient(formula: Formula, amount: Fraction, size: Fraction, base: Fraction, pupils: Fraction) -> Value:
    top, bottom = QUOTIENTS[formula.kind](formula, amount, base, pupils)
    if formula.kind == "pupils_per" and bottom == 0 and top > 0:
        return Value(ENDLESS)
    if bottom <= 0:
        return Value(absent=NO_BASE)
    largest = top if formula.kind == "pupils_per" else QUOTIENTS[formula.kind](formula, size, base, pupils)[0]
    return Value(top / bottom, size=largest / bottom)


# The kinds that look at several rows


def summed_value(formula: Formula, rows: Sequence[Row]) -> Value:
    """Amounts and bases of the rows concerned, added up first and divided then."""
    amount = size = base = Fraction(0)
    concerned = 0
    for row in rows:
        applies = holds(formula.where, row)
        if applies is False:
            continue
        concerned += 1
        own, below = amount_of(formula.amount, row), amount_of(formula.base, row)
        if applies is None or own is None or below is None:
            return Value(absent=NOT_FILED)
        amount, size, base = amount + own[0], size + own[1], base + below[0]
    if not concerned:
        nobody = bool(rows) and formula.over in ("", "stages", "schools") and "stage" not in formula.where
        return Value(absent=NOT_APPLICABLE if nobody else NOT_FILED)
    return _quotient(formula, amount, size, base, Fraction(1))


def extreme_value(formula: Formula, rows: Sequence[Row]) -> Value:
    """The lowest or highest amount of the rows concerned."""
    found = []
    for row in rows:
        applies = holds(formula.where, row)
        if applies is False:
            continue
        own = amount_of(formula.amount, row)
        if applies is None or own is None:
            return Value(absent=NOT_FILED)
        found.append(own[0])
    if not found:
        return Value(absent=NOT_FILED)
    value = min(found) if formula.kind == "lowest" else max(found)
    return Value(value, size=abs(value))


def yearly_value(formula: Formula, rows: Sequence[Row], day: date) -> Value:
    """The worst of the last fiscal years that are over on ``day``, or their mean; every one of them must be known."""
    last = day.year if (day.month, day.day) == (12, 31) else day.year - 1
    by_year = {row["fiscal_year"]: row for row in rows}
    found, size = [], Fraction(0)
    for year in range(last - (formula.years or 3) + 1, last + 1):
        now, before = by_year.get(year), by_year.get(year - 1)
        if formula.kind == "yearly_share":
            own = (amount_of(formula.amount, now), amount_of(formula.base, now)) if now else (None, None)
            if own[0] is None or own[1] is None:
                return Value(absent=NOT_FILED)
            if own[0][0] == 0 and own[1][0] == 0:
                continue  # nothing came in and nothing was asked for
            if own[1][0] <= 0:
                return Value(absent=NOT_FILED)  # something out of nothing has no share
            found.append(own[0][0] * 100 / own[1][0])
            size = max(size, own[0][1] * 100 / own[1][0])
            continue
        if now is None or before is None:
            return Value(absent=NOT_FILED)
        tops = [amount_of(formula.amount, row) for row in (now, before)]
        has_base = bool(formula.base.all)
        bases = [amount_of(formula.base, row) if has_base else (Fraction(1), Fraction(1)) for row in (now, before)]
        if None in tops or None in bases:
            return Value(absent=NOT_FILED)
        (top, top_before), (base, base_before) = [[pair[0] for pair in pairs if pair] for pairs in (tops, bases)]
        if formula.kind == "grows_faster":
            if top_before <= 0 or base_before <= 0:
                return Value(absent=NOT_FILED)
            parts = (top / top_before * 100 - 100, base / base_before * 100 - 100)
        else:
            if base <= 0 or base_before <= 0:
                return Value(absent=NOT_FILED)
            parts = (top / base, top_before / base_before)
        found.append(parts[0] - parts[1])
        size = max(size, abs(parts[0]) + abs(parts[1]) + 100 * (formula.kind == "grows_faster"))
    if not found:
        return Value(absent=NOT_APPLICABLE)
    return Value(min(found) if formula.span == "each" else sum(found, Fraction(0)) / len(found), size=size)


def years_between(since: date, day: date) -> int:
    """Whole years: the anniversary itself counts."""
    years = day.year - since.year
    return years if (day.month, day.day) >= (since.month, since.day) else years - 1


# Limits and outcomes


@dataclass(frozen=True)
class Bound:
    operator: str
    value: Fraction

    def met(self, value: Fraction | str) -> bool:
        upward = self.operator in ("at_least", "above")
        if value == ENDLESS:
            return upward
        strict = self.operator in ("above", "below")
        if value == self.value:
            return not strict
        return (value > self.value) == upward

    def tolerated(self, value: Fraction | str, rest: Fraction) -> bool:
        """余项: at least the share ``rest`` of a lower limit; an upper limit may be exceeded by as much."""
        if value == ENDLESS:
            return False
        if self.operator in ("at_least", "above"):
            return value >= self.value * rest
        return value * rest <= self.value


def possible_bounds(limits: Sequence[Limit], row: Mapping[str, Any]) -> list[Bound | None]:
    """The first limit whose rows match; where a blank leaves that open, each limit that it may be."""
    possible: list[Bound | None] = []
    for limit in limits:
        applies = holds(limit.where, row)
        if applies is False:
            continue
        possible.append(_bound(limit, row))
        if applies is True:
            return possible
    return [*possible, None]


def _bound(limit: Limit, row: Mapping[str, Any]) -> Bound | None:
    if limit.operator is None or limit.value is None:
        return None
    if isinstance(limit.value, Decimal):
        return Bound(limit.operator, Fraction(limit.value))
    size = row.get(limit.value.by)
    if size is None:
        return None
    points = sorted((Fraction(at), Fraction(value)) for at, value in limit.value.points.items())
    return Bound(limit.operator, _interpolated(points, fraction(size)))


def _interpolated(points: Sequence[tuple[Fraction, Fraction]], size: Fraction) -> Fraction:
    below = [point for point in points if point[0] <= size]
    above = [point for point in points if point[0] >= size]
    if not below:
        return points[0][1]
    if not above:
        return points[-1][1]
    (left, low), (right, high) = below[-1], above[0]
    return low if left == right else low + (high - low) * (size - left) / (right - left)


def all_pass(outcomes: Iterable[str]) -> str:
    """One failure fails, else one unknown leaves it open; nothing at all is unknown."""
    listed = list(outcomes)
    if UNMET in listed:
        return UNMET
    return UNKNOWN if UNKNOWN in listed or not listed else MET


def school_rule(outcomes: Sequence[str | None], at_least: int, rest: Fraction | None) -> str:
    """Try out what every unknown indicator may turn out to be; only what holds in every case is said."""
    worst, best = _counted_rule(outcomes, at_least, rest, UNMET), _counted_rule(outcomes, at_least, rest, MET)
    if UNKNOWN not in outcomes:
        return best
    if best == UNMET:
        return UNMET
    if worst == UNMET:
        return UNKNOWN
    return best


def school_score(outcomes: Sequence[str | None], points: Sequence[Decimal | None], total: Fraction) -> Span | None:
    """The score of a school: met indicators earn their points, what is open may earn all, the rest is rescaled."""
    known = [(outcome, Fraction(own)) for outcome, own in zip(outcomes, points, strict=True) if own is not None]
    nobodys = max(total - sum((own for _, own in known), Fraction(0)), Fraction(0))
    asked = [(outcome, own) for outcome, own in known if outcome is not None]
    whole = sum((own for _, own in asked), nobodys)
    if not whole:
        return None
    sure = sum((own for outcome, own in asked if outcome == MET), Fraction(0))
    maybe = sum((own for outcome, own in asked if outcome != MET), nobodys)
    return sure * total / whole, (sure + maybe) * total / whole


def _counted_rule(outcomes: Sequence[str | None], at_least: int, rest: Fraction | None, unknown: str) -> str:
    taken = [unknown if outcome == UNKNOWN else outcome for outcome in outcomes]
    missed = sum(outcome in (TOLERATED, UNMET) for outcome in taken)
    if missed > len(taken) - at_least or (rest is not None and UNMET in taken):
        return UNMET
    return TOLERATED if missed else MET


# The judgement itself


def in_force(entries: Sequence[Any], day: date) -> Any | None:
    """The latest of the dated entries that has begun."""
    begun: list[Dated] = [entry for entry in entries if entry.since <= day]
    return max(begun, key=lambda entry: entry.since) if begun else None


class _Judge:
    def __init__(
        self,
        dataset: Dataset,
        standard: Standard,
        day: date,
        year: int | None,
        relax: tuple[str, ...],
        gate: Standard | None,
    ) -> None:
        self.standard, self.day = standard, day
        self.relaxed = [standard.relaxations[name] for name in relax]
        self.tables = {name: frame.to_dicts() for name, frame in dataset.frames.items()}
        self.numbers = {
            column.name: column.type.is_number
            for table in ("school_year", "stage_year")
            for column in dataset.tables[table].columns.values()
        }
        codes = dataset.tables.code_lists["school_kind"].codes
        self.stages_of_kind = {code: set(entry.stages) for code, entry in codes.items()}
        self.year = year if year is not None else self._latest_year()
        self.rest = None
        if standard.school_rule and standard.school_rule.rest is not None:
            self.rest = Fraction(standard.school_rule.rest)

        self.opinion = Opinion()
        self._build_rows()
        self.counties = sorted(
            {row["county_code"] for row in self.tables["county"]} | {school["county_code"] for school in self.schools}
        )
        self._compute()
        self._decide()
        self._judge_rows()
        self._judge_balance()
        self._judge_checks()
        gated = second_opinion(dataset, gate, day, year=self.year).verdicts if gate else {}
        self._judge_items(gated)
        self._judge_parts()

    def _latest_year(self) -> int:
        current = self.day.year if (self.day.month, self.day.day) >= (9, 1) else self.day.year - 1
        return max(row["school_year"] for row in self.tables["stage_year"] if row["school_year"] <= current)

    def _of_year(self, table: str) -> list[Row]:
        return [row for row in self.tables[table] if row["school_year"] == self.year]

    # Rows

    def _build_rows(self) -> None:
        """学段行 and 学校行: schools open on 1 September, campuses with their homes, every stage to be expected."""
        first = date(self.year, 9, 1)
        self.schools = [
            school
            for school in self.tables["school"]
            if not (school["opened_on"] and school["opened_on"] > first)
            and not (school["closed_on"] and school["closed_on"] <= first)
        ]
        by_code = {school["school_code"]: school for school in self.schools}
        stage_rows: dict[tuple[str, str], Row] = {}
        for school in self.schools:
            for stage in self.stages_of_kind.get(school["school_kind"], ()):
                stage_rows[school["school_code"], stage] = {}
        for row in self._of_year("stage_year"):
            if row["school_code"] in by_code:
                stage_rows[row["school_code"], row["stage"]] = row
        facilities = {row["school_code"]: row for row in self._of_year("school_year")}
        county_years = {row["county_code"]: row for row in self._of_year("county_year")}

        homes = self._homes(by_code, stage_rows)
        self.opinion.members = {code: home for code, home in homes.items() if code != home}
        self.school_rows: dict[tuple[str, str], Row] = {}
        for home in sorted(set(homes.values())):
            members = [code for code in homes if homes[code] == home]
            main = by_code[home]
            stages: dict[str, Row] = {}
            for stage in (*COMPULSORY, SENIOR):
                filed = [stage_rows[code, stage] for code in members if (code, stage) in stage_rows]
                if filed:
                    stages[stage] = self._together("stage_year", filed)
            pupils = {stage: stages[stage].get("pupils") if stage in stages else 0 for stage in (*COMPULSORY, SENIOR)}
            both = [pupils[stage] for stage in COMPULSORY]
            about = {
                **county_years.get(main["county_code"], {}),
                **self._together("school_year", [facilities.get(code, {}) for code in members]),
                **main,
                **{f"pupils_{stage}": number for stage, number in pupils.items()},
                "school_pupils": None if None in both else sum(both),
            }
            judged = [stage for stage in self.standard.stages if stage in stages]
            for stage in judged:
                row = _Blanks({**about, **stages[stage], "stage": stage, "school_code": home})
                row["share"] = self._share_of(stage, pupils)
                row["left_out"] = self._left_out(row)
                self.opinion.rows[main["county_code"], home, stage] = row
            if judged:
                whole = self._together("stage_year", [stages[stage] for stage in judged])
                row = _Blanks({**about, **whole, "school_code": home})
                row.pop("stage", None)
                self.school_rows[main["county_code"], home] = row

    def _homes(self, by_code: Mapping[str, Row], stage_rows: Mapping[tuple[str, str], Row]) -> dict[str, str]:
        """School code → the school it is judged with."""
        rule = self.standard.campuses
        joins: dict[str, str] = {}
        for code, school in by_code.items():
            main = school["campus_of"]
            if main is None or main not in by_code:
                continue
            if rule.mode == "separate":
                filed = [stage_rows[code, stage].get("pupils") for stage in COMPULSORY if (code, stage) in stage_rows]
                small = bool(filed) and None not in filed and sum(filed) < rule.at_least
                always = bool(rule.merge) and holds(rule.merge, school) is True
                if not small and not always:
                    continue
            joins[code] = main
        # Nothing is lost: the campus of a campus stands for itself.
        return {code: joins[code] if code in joins and joins[code] not in joins else code for code in by_code}

    def _together(self, table: str, rows: Sequence[Row]) -> Row:
        """What several rows file, as one: numbers added up, blank as soon as one is blank."""
        if len(rows) == 1:
            return dict(rows[0])
        merged: Row = {}
        for column in {column for row in rows for column in row}:
            values = [row.get(column) for row in rows]
            if column in LARGEST:
                merged[column] = None if None in values else max(values)
            elif self.numbers.get(column) and column not in NOT_SUMMED:
                merged[column] = None if None in values else sum(values)
            else:
                merged[column] = values[0] if len(set(values)) == 1 else None
        return merged

    def _share_of(self, stage: str, pupils: Mapping[str, int | None]) -> Fraction | None:
        weights = self.standard.split.weights if self.standard.split else {}
        if None in pupils.values():
            return None
        weighted = {name: number * Fraction(weights.get(name, 1)) for name, number in pupils.items()}
        total = sum(weighted.values())
        return weighted[stage] / total if total else None

    def _left_out(self, row: Row) -> int | None:
        applying = [i for i, entry in enumerate(self.standard.leave_out) if holds(entry.where, row) is True]
        return applying[0] if applying else None

    # Values

    def _indicators(self, level: str) -> dict[str, Indicator]:
        resources = {name: i for name, i in self.standard.resources.items() if i.level == level}
        return resources | {name: i for _, _, name, i in self._checks() if i.level == level}

    def _is_in_force(self, item: Item) -> bool:
        return (item.since is None or item.since <= self.day) and (item.ends is None or self.day <= item.ends)

    def _checks(self) -> Iterable[tuple[str, str, str, Indicator]]:
        for part_name, part in self.standard.parts():
            for item_name, item in part.items.items():
                if self._is_in_force(item):
                    for name, check in item.checks.items():
                        yield part_name, item_name, name, check

    def _granted(self, name: str, stage: str | None) -> list[Term]:
        changes = [relaxation.changes[name] for relaxation in self.relaxed if name in relaxation.changes]
        return [term for change in changes for term in change.add.terms(stage)]

    def _compute(self) -> None:
        self._level_rows: dict[str, dict[tuple[str, ...], Row]] = {
            "stage": self.opinion.rows,
            "school": self.school_rows,
            "county_stage": {},
            "county": {},
        }
        own_rows = {
            county: _Blanks(
                {
                    **next((row for row in self._of_year("county_year") if row["county_code"] == county), {}),
                    **next((row for row in self.tables["county"] if row["county_code"] == county), {}),
                    "county_code": county,
                    "pupils": 1,
                }
            )
            for county in self.counties
        }
        self._level_rows["county"] = {(county,): row for county, row in own_rows.items()}
        for county, _, stage in self.opinion.rows:
            self._level_rows["county_stage"][county, stage] = _Blanks({**own_rows[county], "stage": stage})
        split = set(self.standard.split.indicators) if self.standard.split else set()
        for level, rows in self._level_rows.items():
            self.opinion.values[level] = {key: {} for key in rows}
            for name, indicator in self._indicators(level).items():
                for key, row in rows.items():
                    if indicator.formula.kind != "some_of":
                        self.opinion.values[level][key][name] = self._value(name, indicator, level, key, row, split)

    def _value(
        self, name: str, indicator: Indicator, level: str, key: tuple[str, ...], row: Row, split: set[str]
    ) -> Value:
        formula = indicator.formula
        if level in ("stage", "school"):
            granted = self._granted(name, row.get("stage"))
            is_split = name in split and level == "stage"
            return row_value(formula, row, share=row.get("share"), split=is_split, granted=granted)
        if formula.kind == "years_since":
            since = row[formula.amount.all[0].column]
            if since is None:
                return Value(absent=NOT_FILED)
            return Value(Fraction(years_between(since, self.day)), size=Fraction(1))
        if formula.kind in ("grows_faster", "rises", "yearly_share"):
            series = [other for other in self.tables["finance_year"] if other["county_code"] == key[0]]
            return yearly_value(formula, series, self.day)
        if not formula.over and formula.kind not in ("lowest", "highest"):
            return row_value(formula, row, share=None, split=False)
        if formula.over in ("", "stages"):
            rows = list(self.opinion.rows.values())
        elif formula.over == "schools":
            rows = list(self.school_rows.values())
        else:
            rows = [_Blanks(other) for other in self._of_year(formula.over)]
        rows = [other for other in rows if other["county_code"] == key[0]]
        if level == "county_stage":
            rows = [other for other in rows if other["stage"] == key[1]]
        return (extreme_value if formula.kind in ("lowest", "highest") else summed_value)(formula, rows)

    # Outcomes

    def _limits(self, name: str, indicator: Indicator, stage: str | None) -> list[Limit]:
        threshold = in_force(indicator.thresholds, self.day)
        if threshold is None:
            return []
        own = {"primary": threshold.primary, "junior": threshold.junior}.get(stage or "", ()) or threshold.all
        eased = [limit for r in self.relaxed if name in r.changes for limit in r.changes[name].limits]
        return [*eased, *own] if own else []

    def _decide(self) -> None:
        for level, rows in self._level_rows.items():
            self.opinion.outcomes[level] = {key: {} for key in rows}
            indicators = self._indicators(level)
            for key, row in rows.items():
                outcomes = self.opinion.outcomes[level][key]
                for name, indicator in indicators.items():
                    if indicator.formula.kind == "some_of":
                        outcomes[name] = self._some_of(indicator.formula, outcomes)
                    else:
                        rest = self.rest if name in self.standard.resources else None
                        limits = self._limits(name, indicator, row.get("stage"))
                        outcomes[name] = self._outcome(self.opinion.values[level][key][name], limits, row, rest)

    def _outcome(self, value: Value, limits: Sequence[Limit], row: Row, rest: Fraction | None) -> str | None:
        if value.absent == NOT_APPLICABLE:
            return None
        if value.value is None:
            return UNKNOWN
        compared = value.value
        if self.standard.compare.mode == "printed" and compared != ENDLESS:
            compared = half_up(compared, self.standard.compare.digits or 0)
        found = set()
        for bound in possible_bounds(limits, row):
            if bound is None:
                found.add(UNKNOWN)
            elif bound.met(compared):
                found.add(MET)
            else:
                found.add(TOLERATED if rest is not None and bound.tolerated(compared, rest) else UNMET)
        return found.pop() if len(found) == 1 else UNKNOWN

    @staticmethod
    def _some_of(formula: Formula, outcomes: Mapping[str, str | None]) -> str | None:
        parts = [outcomes[name] for name in formula.of]
        if parts.count(None) == len(parts):
            return None
        needed = formula.count or len(parts)
        if parts.count(MET) >= needed:
            return MET
        return UNKNOWN if parts.count(MET) + parts.count(UNKNOWN) >= needed else UNMET

    def _judge_rows(self) -> None:
        rule = self.standard.school_rule
        counted = self.standard.required or tuple(self.standard.resources)
        for key, row in self.opinion.rows.items():
            self.opinion.row_outcomes[key] = self.opinion.school_scores[key] = None
            if row["left_out"] is not None or rule is None:
                continue
            outcomes = [self.opinion.outcomes["stage"][key][name] for name in counted]
            unseen = [UNKNOWN] * rule.not_seen
            if rule.score and counted:
                points = [self.standard.resources[name].points for name in counted]
                span = school_score(outcomes, points, Fraction(rule.score.total))
                self.opinion.school_scores[key] = span
                outcome = _span_outcome(span or (None, None), rule.score.at_least)
            elif not any(outcomes):
                outcome = UNKNOWN  # nothing of the standard concerns the school: it has shown nothing
            elif rule.not_found:
                outcome = MET if {*outcomes, *unseen} <= {MET, None} else UNKNOWN
            else:
                outcome = school_rule([*outcomes, *unseen], rule.at_least or 0, self.rest)
            self.opinion.row_outcomes[key] = outcome

    # How alike the schools are

    def _judge_balance(self) -> None:
        rule = self.standard.balance_rule
        if rule is None:
            return
        balanced = [name for name, i in self.standard.resources.items() if rule.rule == "mean" or i.balance]
        names = list(rule.indicators) or balanced
        in_scope = {key: row for key, row in self.opinion.rows.items() if row["left_out"] is None}
        for county, stage in sorted({(county, stage) for county, _, stage in in_scope}):
            here = {key: row for key, row in in_scope.items() if (key[0], key[2]) == (county, stage)}
            for name in names:
                values = [(row["pupils"], self.opinion.values["stage"][key][name]) for key, row in here.items()]
                found = balance_of(values, weighted=rule.weights == "pupils")
                if rule.rule == "each":
                    limits = in_force(self.standard.resources[name].balance, self.day)
                    found.limit = _cv_limit(limits, stage)
                    if found.limit is not None:
                        found.outcome = _cv_outcome(found, [found], found.limit)
                self.opinion.balance[county, stage, name] = found
            if rule.rule == "mean":
                own = [self.opinion.balance[county, stage, name] for name in names]
                self.opinion.balance[county, stage, COMPOSITE] = composite_of(
                    own, _cv_limit(in_force(rule.limits, self.day), stage)
                )

    # Items, parts, counties

    def _judge_checks(self) -> None:
        for county in self.counties:
            for _, _, name, check in self._checks():
                found = [
                    outcomes[name] for key, outcomes in self.opinion.outcomes[check.level].items() if key[0] == county
                ]
                concerned = [outcome for outcome in found if outcome is not None]
                # Rows that a check does not concern leave nothing to miss; no rows at all leave everything open.
                self.opinion.checks[county, name] = all_pass(concerned) if concerned else (MET if found else UNKNOWN)

    def _judge_items(self, gated: Mapping[str, str]) -> None:
        own = [self.standard.id, *self.standard.ancestors]
        for county in self.counties:
            filed = [row for row in self._of_year("judged_item") if row["county_code"] == county]
            for part_name, part in self.standard.parts():
                for name, item in part.items.items():
                    if not self._is_in_force(item):
                        continue
                    found = [row for row in filed if row["item"] == name and row["standard"] in own]
                    found.sort(key=lambda row: own.index(row["standard"]))
                    finding, score = (found[0]["finding"], found[0]["score"]) if found else (None, None)
                    said = what_was_found(part, item, finding)
                    if item.gate and county in gated:
                        said = gated[county]
                    key = county, part_name, name
                    self.opinion.items[key] = self._item_outcome(county, item, said, finding)
                    if part.rule == "score":
                        self.opinion.item_scores[key] = self._item_score(county, part, item, said, score)

    def _item_outcome(self, county: str, item: Item, said: str | None, finding: str | None) -> str | None:
        if said is None:
            return None
        outcomes = [self.opinion.checks[county, check] for check in item.checks]
        if item.judged or item.gate or said == UNMET or finding == NOT_APPLICABLE:
            outcomes.append(said)
        outcome = all_pass(outcomes)
        return TOLERATED if outcome == MET and said == TOLERATED else outcome

    def _item_score(self, county: str, part: ItemPart, item: Item, said: str | None, score: Decimal | None) -> Span:
        """What an item earns; (None, None) where it is taken out, (0, None) where its points are not known."""
        if item.points is None:
            return Fraction(0), None
        points = Fraction(item.points)
        if said is None and part.rescale:
            return None, None
        judged = item.judged or item.gate
        if said is None or (said == UNMET and not judged):
            return Fraction(0), points
        if judged and score is not None:
            return (Fraction(score),) * 2 if 0 <= Fraction(score) <= points else (Fraction(0), points)
        if not item.checks:
            return Fraction(0), points
        least = most = Fraction(0)
        for check in item.checks:
            outcome = self.opinion.checks[county, check]
            rules = [rule for rule in item.deductions if rule.check == check]
            if outcome != MET and not rules:
                most += points
            for rule in rules:
                whole = points if rule.points is None else min(Fraction(rule.points), points)
                if outcome == UNKNOWN:
                    most += points if rule.per else whole
                elif outcome == UNMET and not rule.per:
                    least, most = least + whole, most + whole
                elif outcome == UNMET:
                    costs = self._costs(county, item.checks[check], rule, points)
                    least += max(low for low, _ in costs)
                    most += min(sum(high for _, high in costs), points)
        sure = not judged or said == MET
        return max(points - most, Fraction(0)) if sure else Fraction(0), max(points - least, Fraction(0))

    def _costs(
        self, county: str, check: Indicator, rule: Deduction, points: Fraction
    ) -> list[tuple[Fraction, Fraction]]:
        """What each school, stage or county costs: every one that misses the limit by how far it misses it, and one
        of which nobody knows whether it does anything from nothing to all."""
        level, costs = self.opinion.outcomes[check.level], []
        for key in (key for key in level if key[0] == county):
            outcome = level[key][rule.check]
            row, value = self._level_rows[check.level][key], self.opinion.values[check.level][key][rule.check].value
            if outcome == UNKNOWN or (outcome == UNMET and not isinstance(value, Fraction)):
                costs.append((Fraction(0), points))
            if outcome != UNMET or not isinstance(value, Fraction):
                continue
            if self.standard.compare.mode == "printed":
                value = half_up(value, self.standard.compare.digits or 0)
            bounds = possible_bounds(self._limits(rule.check, check, row.get("stage")), row)
            steps = [abs(bound.value - value) / Fraction(rule.per or 1) for bound in bounds if bound]
            rounded = [{"started": ceil, "full": floor, "part": Fraction}[rule.steps](step) for step in steps]
            lost = [min(Fraction(rule.points or 0) * step, points) for step in rounded]
            costs.append((min(lost), max(lost)))
        return costs

    def _judge_parts(self) -> None:
        for county in self.counties:
            parts: dict[str, tuple[str, Span]] = {}
            if self.standard.school_rule:
                rows = [key for key, row in self.opinion.rows.items() if key[0] == county and row["left_out"] is None]
                outcomes = [self.opinion.row_outcomes[key] or UNKNOWN for key in rows]
                parts["resources"] = all_pass([*outcomes, *self._stages_without_rows(county)]), (None, None)
            if self.standard.balance_rule:
                found = [b for key, b in self.opinion.balance.items() if key[0] == county and b.limit is not None]
                outcomes = [b.outcome or UNKNOWN for b in found]
                parts["balance"] = all_pass([*outcomes, *self._stages_without_rows(county)]), (None, None)
            for name, part in self.standard.parts():
                if part.items and not any(self._is_in_force(item) for item in part.items.values()):
                    continue  # a part that has not begun asks nothing of anybody
                own = {key[2]: o for key, o in self.opinion.items.items() if key[:2] == (county, name)}
                if part.rule == "all":
                    outcomes = [outcome for outcome in own.values() if outcome is not None]
                    unseen = part.not_seen or any(group.not_seen for group in part.groups.values())
                    parts[name] = all_pass([*outcomes, *([UNKNOWN] if unseen else [])]), (None, None)
                else:
                    spans = {item: self.opinion.item_scores[county, name, item] for item in own}
                    span = part_span(part, spans)
                    mark = in_force(part.pass_score, self.day)
                    known = mark is not None and part.total is not None and bool(own)
                    outcome = _span_outcome(span, mark.at_least if mark else None) if known else UNKNOWN
                    parts[name] = outcome, span
            for name, found_part in parts.items():
                self.opinion.parts[county, name] = found_part
            self.opinion.verdicts[county] = all_pass(outcome for outcome, _ in parts.values())

    def _stages_without_rows(self, county: str) -> list[str]:
        """One unknown for each stage of which the county has no school in scope."""
        there = {key[2] for key, row in self.opinion.rows.items() if key[0] == county and row["left_out"] is None}
        return [UNKNOWN for stage in self.standard.stages if stage not in there]


# Items, findings and scores


def what_was_found(part: ItemPart, item: Item, finding: str | None) -> str | None:
    """What a finding says of its item; None: it does not concern the county. One that may not be made says nothing."""
    if finding == NOT_APPLICABLE and item.may_not_apply:
        return None
    if finding == UNMET:
        return UNMET
    if finding not in part.findings:
        return UNKNOWN
    return {"met": MET, "basically": TOLERATED}.get(finding, UNMET)


def part_span(part: ItemPart, spans: Mapping[str, Span]) -> Span:
    """Add up what items earn: points that belong to no known item may be earned; those taken out are rescaled away."""
    known = {name: Fraction(part.items[name].points or 0) for name in spans if part.items[name].points is not None}
    out = sum((points for name, points in known.items() if spans[name] == (None, None)), Fraction(0))
    low = sum((spans[name][0] or 0 for name in known), Fraction(0))
    high = sum((spans[name][1] or 0 for name in known), Fraction(0))
    if part.total is None:
        nobodys = _nobodys_points(part, "", None, spans)
        return low, None if nobodys is None else high + nobodys
    total = Fraction(part.total)
    high += max(total - sum(known.values()), Fraction(0))
    if not part.rescale or not out:
        return low, high
    return (low * total / (total - out), high * total / (total - out)) if total > out else (Fraction(0), total)


def _nobodys_points(part: ItemPart, name: str, points: Decimal | None, spans: Mapping[str, Span]) -> Fraction | None:
    """Points below a branch that belong to no item whose points are known; None where nobody knows how many."""
    own = [part.items[item].points for item in spans if part.items[item].group == name]
    groups = {key: group for key, group in part.groups.items() if group.group == name}
    if points is not None:
        below = [part.items[item].points for item in spans if _stands_below(part, part.items[item].group, name)]
        return max(Fraction(points) - sum((Fraction(p) for p in below if p is not None), Fraction(0)), Fraction(0))
    unseen = part.groups[name].not_seen if name else part.not_seen
    if unseen or None in own or not (own or groups):
        return None
    found = [_nobodys_points(part, key, group.points, spans) for key, group in groups.items()]
    return None if None in found else sum((f for f in found if f is not None), Fraction(0))


def _stands_below(part: ItemPart, group: str, name: str) -> bool:
    return group == name or (bool(group) and _stands_below(part, part.groups[group].group, name))


def _span_outcome(span: Span, mark: Decimal | None) -> str:
    """What holds wherever in the span the score lies."""
    if mark is None or span[0] is None:
        return UNKNOWN
    if span[0] >= Fraction(mark):
        return MET
    return UNMET if span[1] is not None and span[1] < Fraction(mark) else UNKNOWN


def balance_of(values: Sequence[tuple[int | None, Value]], *, weighted: bool) -> Balance:
    """The difference coefficient of one indicator from pupils and value of each row in scope."""
    counted = [(pupils, v.value) for pupils, v in values if v.value is not None and pupils]
    found = Balance(len(counted), sum(v.absent in (NOT_FILED, NO_BASE) for _, v in values))
    if not counted or any(value == ENDLESS for _, value in counted):
        return found
    weights = [Fraction(pupils) if weighted else Fraction(1) for pupils, _ in counted]
    xs = [value for _, value in counted if isinstance(value, Fraction)]
    found.mean, found.variance = _moments(weights, xs)
    if found.mean > 0:
        found.cv_squared = found.variance / found.mean**2
        found.cv = root(found.cv_squared)
    plain_mean, plain_variance = _moments([Fraction(1)] * len(xs), xs)
    if plain_mean > 0:
        found.plain_cv = root(plain_variance / plain_mean**2)
    return found


def _moments(weights: Sequence[Fraction], xs: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    total = sum(weights)
    mean = sum(w * x for w, x in zip(weights, xs, strict=True)) / total
    return mean, sum(w * (x - mean) ** 2 for w, x in zip(weights, xs, strict=True)) / total


def composite_of(own: Sequence[Balance], limit: Fraction | None) -> Balance:
    """The plain mean of the coefficients; open as soon as one of them is."""
    found = Balance(min(b.schools for b in own), max(b.absent for b in own), limit=limit)
    with localcontext() as context:
        context.prec = 60
        cvs, plain = [b.cv for b in own if b.cv is not None], [b.plain_cv for b in own if b.plain_cv is not None]
        if len(cvs) == len(own):
            found.cv = sum(cvs, Decimal(0)) / len(own)
        if len(plain) == len(own):
            found.plain_cv = sum(plain, Decimal(0)) / len(own)
    if limit is not None:
        found.outcome = _cv_outcome(found, own, limit)
    return found


def _cv_limit(entry: Any | None, stage: str) -> Fraction | None:
    limit = entry.limit(stage) if entry else None
    return None if limit is None else Fraction(limit)


def _cv_outcome(found: Balance, own: Sequence[Balance], limit: Fraction) -> str:
    """The coefficient, or the mean of several, against its limit, decided on squares: roots are no fractions."""
    if found.absent or found.cv is None:
        return UNKNOWN
    squares = [b.cv_squared for b in own if b.cv_squared is not None]
    if len(squares) == 1:
        return MET if squares[0] <= limit**2 else UNMET
    with localcontext() as context:
        context.prec = 60
        rest = sum((root(square) for square in squares), Decimal(0)) - len(squares) * (
            Decimal(limit.numerator) / Decimal(limit.denominator)
        )
    # Fifty digits: a sum of roots of such small fractions is either exactly the limit or visibly off it.
    return MET if rest <= Decimal("1e-50") else UNMET


class _Blanks(dict):  # type: ignore[type-arg]
    """A row in which a column that nobody filed is blank."""

    def __missing__(self, column: str) -> None:
        return None
