"""A second look at a resource plan, with no code of the planner or of the judge: rules typed in, all in fractions.

It knows the standard of 2017 by heart, reads what a measure changes from the data file alone, and takes schools from
the tables after the plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import yaml

import junheng_standards
from junheng.planning.resources.measures import Inputs
from junheng.planning.resources.plan import ResourcePlan
from junheng.tables.dataset import Dataset

MEASURES: dict[str, Any] = yaml.safe_load(
    (junheng_standards.FOLDER / "planning/resources/measures.yaml").read_text(encoding="utf-8")
)
WEIGHTS = {"primary": Fraction(1), "junior": Fraction("1.1"), "senior": Fraction("1.32")}
# Indicator: (columns of primary, of junior), per how many pupils, limits, whether filed for the whole school.
ARTS = ("teachers_pe", "teachers_music", "teachers_fine_arts", "teachers_arts")
ABOVE = ("teachers_bachelor", "teachers_master", "teachers_doctor")
INDICATORS: dict[str, tuple[tuple[str, ...], tuple[str, ...], int, str, str, bool]] = {
    "teachers_above_required_education_per_100": (("teachers_associate", *ABOVE), ABOVE, 100, "4.2", "5.3", False),
    "backbone_teachers_per_100": (("backbone_teachers",), ("backbone_teachers",), 100, "1", "1", False),
    "pe_arts_teachers_per_100": (ARTS, ARTS, 100, "0.9", "0.9", False),
    "teaching_area_per_pupil": (("teaching_area",), ("teaching_area",), 1, "4.5", "5.8", True),
    "sports_area_per_pupil": (("sports_ground_area",), ("sports_ground_area",), 1, "7.5", "10.2", True),
    "equipment_value_per_pupil": (("equipment_value",), ("equipment_value",), 1, "2000", "2500", True),
    "multimedia_classrooms_per_100": (("multimedia_classrooms",), ("multimedia_classrooms",), 100, "2.3", "2.4", True),
}
CV = {"primary": Fraction("0.5"), "junior": Fraction("0.45")}
REST, ENOUGH = Fraction("0.85"), 6
TOO_SMALL = 50  # pupils of a teaching point
SPECIAL = {"511", "512", "513", "514", "518", "519", "361", "321"}
Row = dict[str, Any]
Values = dict[tuple[str, str], dict[str, Fraction]]
Pupils = dict[tuple[str, str], int]


def values_of(dataset: Dataset, year: int) -> tuple[Values, Pupils]:
    """The seven values of each school and stage that are judged. Campuses are not known here."""
    values: Values = {}
    pupils: Pupils = {}
    for code, (whole, rows) in schools_of(dataset, year).items():
        for stage, own in school_values(whole, rows).items():
            values[code, stage] = own
            pupils[code, stage] = rows[stage]["pupils"]
    return values, pupils


def schools_of(dataset: Dataset, year: int) -> dict[str, tuple[Row, dict[str, Row]]]:
    """By school: what it filed for the whole, and by stage. Those that are not judged are left out."""
    kinds = {row["school_code"]: row["school_kind"] for row in dataset["school"].iter_rows(named=True)}
    whole = {r["school_code"]: r for r in dataset["school_year"].iter_rows(named=True) if r["school_year"] == year}
    stages: dict[str, dict[str, Row]] = {}
    for row in dataset["stage_year"].iter_rows(named=True):
        if row["school_year"] == year:
            stages.setdefault(row["school_code"], {})[row["stage"]] = row
    return {
        code: (whole[code], rows)
        for code, rows in stages.items()
        if kinds[code] not in SPECIAL
        and not (kinds[code] == "218" and sum(row["pupils"] for row in rows.values()) < TOO_SMALL)
    }


def school_values(whole: Row, rows: Mapping[str, Row]) -> dict[str, dict[str, Fraction]]:
    """The seven values of each stage of one school; what is filed for the whole is split by weighed pupils."""
    weighed = sum(row["pupils"] * WEIGHTS[stage] for stage, row in rows.items())
    values: dict[str, dict[str, Fraction]] = {}
    for stage, row in rows.items():
        if stage == "senior":
            continue
        own = values[stage] = {}
        for name, (primary, junior, scale, _, _, of_school) in INDICATORS.items():
            source = whole if of_school else row
            columns = primary if stage == "primary" else junior
            amount = sum((Fraction(source[column] or 0) for column in columns), Fraction(0))
            indoor = Fraction(whole["indoor_sports_area"] or 0)
            amount += {"teaching_area_per_pupil": -indoor, "sports_area_per_pupil": indoor}.get(name, 0)
            if of_school:
                amount *= row["pupils"] * WEIGHTS[stage] / weighed
            own[name] = amount * scale / row["pupils"]
    return values


def missed(values: Values, pupils: Pupils) -> list[str]:
    """Every rule of the standard that these values break, in words."""
    return [*_schools(values), *_coefficients(values, pupils)]


def _schools(values: Values) -> Iterator[str]:
    for (code, stage), own in values.items():
        if not school_passes(stage, own):
            yield f"{code} {stage}: { ({name: float(value) for name, value in own.items()}) }"


def school_passes(stage: str, own: Mapping[str, Fraction]) -> bool:
    limits = {name: Fraction(one[3] if stage == "primary" else one[4]) for name, one in INDICATORS.items()}
    met = sum(own[name] >= limit for name, limit in limits.items())
    return met >= ENOUGH and all(own[name] >= REST * limit for name, limit in limits.items())


def _coefficients(values: Values, pupils: Pupils) -> Iterator[str]:
    for stage, limit in CV.items():
        rows = [place for place in values if place[1] == stage]
        for name in INDICATORS:
            square, mean = spread([values[place][name] for place in rows], [pupils[place] for place in rows])
            if square > limit**2 * mean**2:
                yield f"{stage} {name}: {float(square) ** 0.5 / float(mean)} > {float(limit)}"


def spread(values: list[Fraction], pupils: list[int]) -> tuple[Fraction, Fraction]:
    """Variance and mean, by pupils."""
    total = sum(pupils)
    if not total:
        return Fraction(0), Fraction(0)
    mean = sum((w * v for w, v in zip(pupils, values, strict=True)), Fraction(0)) / total
    return sum((w * (v - mean) ** 2 for w, v in zip(pupils, values, strict=True)), Fraction(0)) / total, mean


def faults(plan: ResourcePlan) -> list[str]:
    """Everything that is wrong with a plan: with what it writes back, its money, its years and what it may do."""
    year = plan.before.year
    return [
        *_written_back(plan),
        *_money(plan),
        *_moved(plan),
        *_allowed(plan.before.dataset, year, plan, plan.inputs),
        *(missed(*values_of(plan.after.dataset, year)) if _knows(plan) else ()),
    ]


def _knows(plan: ResourcePlan) -> bool:
    """Whether the rules typed in here are those of the plan: one standard, and no campuses that count together."""
    campuses = plan.before.dataset["school"]["campus_of"].drop_nulls()
    return plan.before.standard.id == "CN/youzhi_2017" and campuses.is_empty()


def _written_back(plan: ResourcePlan) -> Iterator[str]:
    """The tables after the plan are those before and the additions, cell by cell, and nothing else has changed."""
    changes: dict[tuple[str, str, str | None, str], Fraction] = {}
    for dated in plan.additions:
        one, measure = dated.addition, MEASURES[dated.addition.measure]
        adds = measure["adds"].get("all") or measure["adds"][one.stage]
        table = "school_year" if one.stage is None else "stage_year"
        for column, by in adds.items():
            key = (table, one.school, one.stage, column)
            changes[key] = changes.get(key, Fraction(0)) + by * one.amount
        for column, by in measure.get("with", {}).items():
            key = ("school_year", one.school, None, column)
            changes[key] = changes.get(key, Fraction(0)) + by * one.amount
    for table, frame in plan.before.dataset.frames.items():
        after = plan.after.dataset.frames[table]
        if table not in ("school_year", "stage_year"):
            if not frame.equals(after):
                yield f"{table} changed"
            continue
        for was, now in zip(frame.iter_rows(named=True), after.iter_rows(named=True), strict=True):
            for column, value in was.items():
                key = (table, was["school_code"], was.get("stage"), column)
                change = changes.get(key, Fraction(0)) if was["school_year"] == plan.before.year else Fraction(0)
                if not isinstance(value, int | Decimal) or isinstance(value, bool):
                    right = now[column] == value
                else:
                    right = Fraction(now[column]) == Fraction(value) + change
                if not right:
                    yield f"{key}: {value} → {now[column]}, not {change} more"


def _money(plan: ResourcePlan) -> Iterator[str]:
    total = Fraction(0)
    years: dict[int | None, Fraction] = {}
    for dated in plan.additions:
        cost = max(dated.addition.amount, Fraction(0)) * plan.inputs.choices[dated.addition.measure].cost
        if cost != dated.cost:
            yield f"{dated}: costs {cost}"
        total += cost
        years[dated.year] = years.get(dated.year, Fraction(0)) + cost
    if total != plan.cost:
        yield f"cost {plan.cost}, not {total}"
    if not 0 <= plan.bound <= plan.cost:
        yield f"bound {plan.bound} of {plan.cost}"
    if plan.inputs.budgets:
        for year, cost in years.items():
            if year not in plan.inputs.budgets or cost > plan.inputs.budgets[year]:
                yield f"{year}: {float(cost)} of {plan.inputs.budgets.get(year or 0)}"


def _moved(plan: ResourcePlan) -> Iterator[str]:
    balance: dict[tuple[str, str | None, int | None], Fraction] = {}
    for dated in plan.additions:
        one = dated.addition
        if MEASURES[one.measure].get("moves"):
            key = (one.measure, one.stage, dated.year)
            balance[key] = balance.get(key, Fraction(0)) + one.amount
        elif one.amount < 0:
            yield f"{one}: gives what does not move"
    yield from (f"{key}: {amount} more taken than given" for key, amount in balance.items() if amount)


def _allowed(dataset: Dataset, year: int, plan: ResourcePlan, inputs: Inputs) -> Iterator[str]:
    """Lots, what there is to give or to train, the most of each school."""
    amounts: dict[tuple[str, str | None, str], Fraction] = {}
    for dated in plan.additions:
        one = dated.addition
        key = (one.school, one.stage, one.measure)
        amounts[key] = amounts.get(key, Fraction(0)) + one.amount
        lot = MEASURES[one.measure].get("lot")
        if lot is not None and one.amount % Fraction(lot):
            yield f"{one}: not in lots of {lot}"
    filed: dict[tuple[str, str | None], dict[str, Any]] = {}
    for table in ("school_year", "stage_year"):
        for row in dataset[table].iter_rows(named=True):
            if row["school_year"] == year:
                filed[row["school_code"], row.get("stage")] = row
    for (school, stage, name), amount in amounts.items():
        measure, choice = MEASURES[name], inputs.choices[name]
        if not choice.allowed:
            yield f"{name} was not allowed"
        gives = bool(measure.get("moves"))
        used = -amount if gives else amount
        ceiling = inputs.ceilings.get((school, name))
        limits = [limit for limit in (choice.most, ceiling) if limit is not None]
        for key, share in (("of", Fraction(measure.get("share", "1"))), ("within", Fraction(1))):
            if key in measure:
                columns = measure[key].get("all") or measure[key][stage]
                there = sum(
                    (-1 if column[0] == "-" else 1) * Fraction(filed[school, stage][column.lstrip("-")] or 0)
                    for column in columns
                )
                limits.append(max(there, Fraction(0)) * share)
        if any(used > limit for limit in limits):
            yield f"{school} {stage} {name}: {float(used)}, but {[float(limit) for limit in limits]}"
