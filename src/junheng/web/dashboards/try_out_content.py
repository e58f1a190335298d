"""试算: the cells of a school, what moved, which schools to raise first, and raising one to its limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from junheng.base.exact import half_up
from junheng.base.outcome import Outcome
from junheng.indicators.rows import DERIVED
from junheng.intake.change import Change
from junheng.intake.entered import as_typed
from junheng.standards.indicator import Indicator
from junheng.tables.model import Column
from junheng.verdict.balance import COMPOSITE
from junheng.verdict.comparison import compare
from junheng.verdict.drivers import drivers
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import shortages
from junheng.verdict.trace import members_of
from junheng.web.dashboards.answers import indicator_name, part_name
from junheng.web.dashboards.try_out_changes import filed_text
from junheng.web.dashboards.try_out_errors import CannotRaiseError
from junheng.web.templatetags.words import label, stage

_TABLES = ("stage_year", "school_year")
_RANKED = 12


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the form: its name in the form, what was filed, what is tried."""

    name: str
    label: str
    unit: str
    stage: str
    filed: str
    tried: str

    @property
    def is_changed(self) -> bool:
        return self.filed != self.tried


def school_found(judgement: Judgement, text: str) -> list[tuple[str, str]]:
    """The schools judged that a text names, as code and name: by code, by its whole name, else by a part of it."""
    schools = list(dict.fromkeys(judgement.rows.select("school_code", "school_name").iter_rows()))
    text = text.strip()
    exact = [entry for entry in schools if text in entry]
    return exact or [entry for entry in schools if text and text in (entry[1] or "")]


def cells_of(
    judgement: Judgement, school: str, indicator: str, text: str, tried: Mapping[tuple[str, str, str], str]
) -> list[Cell]:
    """The cells of one school that an indicator is computed from, or whose names hold a text.

    Args:
        tried: what is typed instead, by table, stage and column.
    """
    cells = []
    for table in _TABLES:
        for row in _rows(judgement, table, school):
            for column in _columns(judgement, table, row.get("stage"), indicator, text):
                own = str(row.get("stage", ""))
                filed = as_typed(column, row[column.name])
                cells.append(
                    Cell(
                        f"cell:{table}:{own}:{column.name}",
                        label(column),
                        column.form_unit or column.unit,
                        own,
                        filed,
                        tried.get((table, own, column.name), filed),
                    )
                )
    return cells


def changes_typed(judgement: Judgement, school: str, typed: Mapping[str, str]) -> list[Change]:
    """The changes of a posted form; fields that are no cells of the school are left out."""
    found = []
    for name, text in typed.items():
        kind, _sep, rest = name.partition(":")
        table, _sep, place = rest.partition(":")
        own, _sep, column = place.partition(":")
        if kind == "cell" and table in _TABLES and column in judgement.dataset.tables[table].columns:
            found.append(_change(judgement, table, school, own, column, text.strip()[:60]))
    return found


def _change(judgement: Judgement, table: str, school: str, own: str, column: str, typed: str) -> Change:
    values: dict[str, str | int] = {"school_code": school, "school_year": judgement.year, "stage": own}
    key = judgement.dataset.tables[table].key
    return Change(table, tuple((name, values[name]) for name in key), column, typed)


def _rows(judgement: Judgement, table: str, school: str) -> Iterator[dict[str, Any]]:
    frame = judgement.dataset[table]
    here = (pl.col("school_code") == school) & (pl.col("school_year") == judgement.year)
    return frame.filter(here).iter_rows(named=True)


def _columns(judgement: Judgement, table: str, own: str | None, indicator: str, text: str) -> Iterator[Column]:
    columns = judgement.dataset.tables[table].columns
    resources = judgement.standard.resources
    if text:
        wanted = {name for name, column in columns.items() if text in column.label.zh or text in column.label.en}
    elif indicator in resources:
        wanted = _behind(resources[indicator], own)
    else:
        wanted = {name for entry in resources.values() for name in _behind(entry, own)}
    for name, column in columns.items():
        if name in wanted and column.type.is_number and name not in judgement.dataset.tables[table].key:
            yield column


def _behind(indicator: Indicator, own: str | None) -> set[str]:
    formula = indicator.formula
    stages = [own] if own else ["primary", "junior"]
    terms = [term for s in stages for term in (*formula.amount.terms(s), *formula.base.terms(s))]
    return {term.column for term in terms if term.column not in DERIVED} | {"pupils"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as the list shows it."""

    place: int
    school: str
    name: str
    stage: str
    label: str
    unit: str
    filed: str
    tried: str


def change_lines(judgement: Judgement, changes: Sequence[Change]) -> list[ChangeLine]:
    names = dict(judgement.dataset["school"].select("school_code", "school_name").iter_rows())
    lines = []
    for place, change in enumerate(changes):
        key, column = dict(change.row), judgement.dataset.tables[change.table].columns[change.column]
        school = str(key["school_code"])
        lines.append(
            ChangeLine(
                place,
                school,
                names.get(school) or school,
                str(key.get("stage", "")),
                label(column),
                column.form_unit or column.unit,
                filed_text(judgement, change),
                change.typed,
            )
        )
    return lines


def what_moved(before: Judgement, after: Judgement, county: str, changes: Sequence[Change]) -> dict[str, Any]:
    """Before and after: the verdict, its parts, the coefficients, the schools, the values of the schools changed."""
    found = compare(before, after)
    here = pl.col("county_code") == county
    moved = found.balance.filter(
        here & ((pl.col("change").fill_null(0) != 0) | pl.col("before").ne_missing(pl.col("after")))
    )
    return {
        "before": str(before.outcome(county)),
        "after": str(after.outcome(county)),
        "parts": [
            {"name": part_name(after, row["part"]), "before": row["before"], "after": row["after"]}
            for row in found.parts.filter(here).iter_rows(named=True)
        ],
        "coefficients": [
            {**row, "name": indicator_name(after, row["indicator"])} for row in moved.iter_rows(named=True)
        ],
        "schools": list(found.rows.iter_rows(named=True)),
        "counts": {"before": _counted(before, county), "after": _counted(after, county)},
        "values": list(_values(before, after, changes)),
    }


def _counted(judgement: Judgement, county: str) -> dict[str, int]:
    rows = judgement.in_scope.filter(pl.col("county_code") == county)
    return dict(rows.drop_nulls("outcome").group_by("outcome").len().iter_rows())


def _values(before: Judgement, after: Judgement, changes: Sequence[Change]) -> Iterator[dict[str, Any]]:
    """The indicators of the schools that were changed, where their value is another now."""
    touched = {str(dict(change.row)["school_code"]) for change in changes}
    homes = dict(after.computed.members.select("school_code", "home").iter_rows())
    codes = sorted({homes.get(code, code) for code in touched})
    old = {(row["school_code"], row["stage"]): row for row in before.rows.iter_rows(named=True)}
    for row in after.rows.filter(pl.col("school_code").is_in(codes)).iter_rows(named=True):
        was = old.get((row["school_code"], row["stage"]), {})
        for name, entry in after.standard.resources.items():
            if row.get(f"{name}__value") != was.get(f"{name}__value"):
                yield {
                    "school": row["school_name"] or row["school_code"],
                    "stage": row["stage"],
                    "name": label(entry),
                    "unit": entry.unit,
                    "limit": row[f"{name}__limit"],
                    "value_before": was.get(f"{name}__value"),
                    "value_after": row[f"{name}__value"],
                    "before": was.get(f"{name}__outcome"),
                    "after": row[f"{name}__outcome"],
                }


def worst_indicator(judgement: Judgement) -> str:
    """The indicator whose coefficient is furthest over its limit, or closest below it."""
    known = judgement.balance.filter(pl.col("indicator") != COMPOSITE).drop_nulls("cv")
    ordered = known.sort(pl.col("cv") / pl.col("limit"), descending=True, nulls_last=True)
    return str(ordered["indicator"][0]) if ordered.height else next(iter(judgement.standard.resources), "")


def to_raise(judgement: Judgement, indicator: str) -> list[dict[str, Any]]:
    """Which schools to raise first for an indicator: by their share of the spread, with what they lack to the limit."""
    lacking = {
        (row["school_code"], row["stage"]): row
        for row in shortages(judgement).filter(pl.col("indicator") == indicator).iter_rows(named=True)
    }
    ranked = [
        {**row, **_lack(lacking.get((row["school_code"], row["stage"])))}
        for row in drivers(judgement, most=1000).filter(pl.col("indicator") == indicator).iter_rows(named=True)
        if row["value"] < row["mean"] or (row["school_code"], row["stage"]) in lacking
    ]
    known = {(row["school_code"], row["stage"]) for row in ranked}
    ranked += [{**row, **_lack(row), "share": None, "mean": None} for key, row in lacking.items() if key not in known]
    spread = {
        row["stage"]: row["cv"] / row["limit"] if row["limit"] else row["cv"]
        for row in judgement.balance.filter(pl.col("indicator") == indicator).drop_nulls("cv").iter_rows(named=True)
    }
    # The stage that is furthest over its limit first.
    return sorted(ranked, key=lambda row: (-spread.get(row["stage"], 0), -(row["share"] or 0)))[:_RANKED]


def _lack(row: Mapping[str, Any] | None) -> dict[str, Any]:
    lack = row["lack"] if row else None
    return {"lack": lack, "unit": row["unit"] if row else "", "missed": row is not None}


def raised_to_limit(judgement: Judgement, school: str, own: str, indicator: str) -> Change:
    """The one cell that brings a school to the limit of an indicator: its column with what is lacking added.

    Raises:
        CannotRaiseError: the amount is of several columns, is shared between stages, or nothing is lacking.
    """
    rows = judgement.rows.filter((pl.col("school_code") == school) & (pl.col("stage") == own))
    entry = judgement.standard.resources.get(indicator)
    found = shortages(judgement).filter(
        (pl.col("school_code") == school) & (pl.col("stage") == own) & (pl.col("indicator") == indicator)
    )
    name = rows["school_name"].first() or school
    words = label(entry) if entry else indicator

    def refuse(why: str) -> CannotRaiseError:
        return CannotRaiseError(school=name, indicator=words, why=why)

    if entry is None or found.is_empty() or not found["lack"][0]:
        raise refuse(_("没有缺口，或缺口算不出来"))
    lack = Decimal(repr(found["lack"][0]))
    if lack < 0:
        raise refuse(_("超出的是上限，要减多少请自己定"))
    terms = [term for term in entry.formula.amount.terms(own) if term.sign > 0]
    if len(terms) != 1 or terms[0].where:
        columns = [judgement.dataset.tables.column(term.column) for term in terms]
        names = _("、").join(map(label, columns))
        raise refuse(_("它由几栏相加（%(columns)s），补在哪一栏请自己定") % {"columns": names})
    split = judgement.standard.split
    if split and indicator in split.indicators and _stages(judgement, school) > 1:
        raise refuse(_("全校的数由几个学段分摊，补多少要一起看"))
    return _added(judgement, school, own, terms[0].column, lack, refuse(_("这一栏没有填报")))


def _stages(judgement: Judgement, school: str) -> int:
    frame = judgement.dataset["stage_year"]
    here = pl.col("school_code").is_in(members_of(judgement, school)) & (pl.col("school_year") == judgement.year)
    return int(frame.filter(here)["stage"].n_unique())


def _added(judgement: Judgement, school: str, own: str, name: str, lack: Decimal, blank: CannotRaiseError) -> Change:
    tables = judgement.dataset.tables
    table = tables.home_of(name).name
    if table not in _TABLES:
        raise blank
    row = next((row for row in _rows(judgement, table, school) if table != "stage_year" or row["stage"] == own), None)
    if row is None or row[name] is None:
        raise blank
    column = tables[table].columns[name]
    whole = row[name] + lack
    wanted = whole.quantize(Decimal("0.01"), rounding=ROUND_UP)
    value = int(wanted) if column.type.value == "count" else wanted
    return _change(judgement, table, school, own if table == "stage_year" else "", name, as_typed(column, value))


def sentence(moved: Mapping[str, Any], count: int) -> str:
    """What the changes come to, in one sentence."""
    words = [_("改 %(count)s 个数") % {"count": count}]
    before, after = moved["before"], moved["after"]
    names = {
        str(o): n for o, n in ((Outcome.MET, _("达标")), (Outcome.UNMET, _("未达标")), (Outcome.UNKNOWN, _("无法判定")))
    }
    if before == after:
        words.append(_("全县仍%(outcome)s") % {"outcome": names[after]})
    else:
        words.append(_("全县由%(before)s变为%(after)s") % {"before": names[before], "after": names[after]})
    unmet = {when: moved["counts"][when].get(str(Outcome.UNMET), 0) for when in ("before", "after")}
    if unmet["before"] != unmet["after"]:
        words.append(_("未达标学校 %(before)s → %(after)s 所") % unmet)
    coefficients = moved["coefficients"]
    if len(coefficients) == 1 and None not in (coefficients[0]["cv_before"], coefficients[0]["cv_after"]):
        [row] = coefficients
        words.append(
            _("%(stage)s%(name)s差异系数 %(before)s → %(after)s")
            % {
                "stage": stage(row["stage"]),
                "name": row["name"],
                "before": half_up(row["cv_before"], 3),
                "after": half_up(row["cv_after"], 3),
            }
        )
    elif coefficients:
        words.append(_("%(count)s 项差异系数有变化") % {"count": len(coefficients)})
    return _("，").join(words)
