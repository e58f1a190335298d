"""One school in one year: what it filed, what each value was worked out from, what other items ask of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.base.outcome import Outcome
from junheng.base.terms import Absence, Stage
from junheng.indicators.amounts import exact
from junheng.indicators.exact import exact_share
from junheng.indicators.rows import DERIVED
from junheng.indicators.words import Words
from junheng.reporting.facts.digits import digits_beside
from junheng.reporting.facts.filed import Filed
from junheng.reporting.facts.money import in_wan
from junheng.reporting.facts.schools import Schools
from junheng.reporting.report.runs import Figure, Name, Number, Quote, Run, Text, listed, say
from junheng.standards.formula import Amount
from junheng.standards.indicator import Indicator
from junheng.standards.model import Standard
from junheng.tables.model import ColumnType
from junheng.verdict.judgement import Judgement
from junheng.verdict.lacks import amount_unit, lack
from junheng.verdict.limits import RowLimit
from junheng.verdict.trace import FiledCell, cells_behind

Row = Mapping[str, Any]
# What any account of a school begins with, whatever the standard asks.
_ALWAYS = ("pupils", "classes", "largest_class", "teachers")
_PREMISES = (
    "land_area", "building_area", "teaching_area", "sports_ground_area", "equipment_value", "computers", "books",
)  # fmt: skip
_MANY = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What an item of the standard asks of a school beside the indicators: its value, its limit, what is lacking.

    ``row`` is that of the school, or of one of its stages; ``limit`` holds for it, where one is known.
    """

    name: str
    check: Indicator
    row: Row
    outcome: Outcome
    limit: RowLimit | None

    @property
    def stage(self) -> Stage | None:
        """None for what is asked of the school as a whole."""
        return Stage(self.row["stage"]) if "stage" in self.row else None


@dataclass(frozen=True)
class OneSchool:
    """One school in one year.

    Attributes:
        entry: its line in the list of schools.
        rows: its rows in scope, a stage each; empty where the standard does not judge it.
        left_out: its stages that the standard leaves out.
        filed_stages: the stages that it filed, the senior one among them.
        home: the main school that it is judged with; None where it stands alone.
    """

    judgement: Judgement
    schools: Schools
    filed: Filed
    code: str
    entry: Row
    rows: tuple[Row, ...]
    left_out: tuple[Row, ...]
    filed_stages: tuple[Stage, ...]
    home: Name | None
    asked: tuple[Asked, ...]

    @property
    def standard(self) -> Standard:
        return self.judgement.standard

    @property
    def name(self) -> Name:
        return Name(self.entry["school_name"] or self.code, "school")

    @property
    def town(self) -> Name | None:
        return Name(self.entry["town"], "town") if self.entry["town"] else None

    def listed_as(self, column: str) -> Quote:
        """What the list of schools says of it: 办学类型, 城乡分类, 举办者; 未填报 where it says nothing."""
        value = self.entry[column]
        codes = self.judgement.dataset.tables["school"].columns[column].codes
        return Quote("未填报" if value is None else codes.zh(value) if codes else str(value))

    def why_left_out(self, row: Row) -> Quote:
        """The sort of schools that the standard does not judge and that this stage is of."""
        return Quote(self.standard.leave_out[row["left_out"]].label.zh)

    def tally(self, row: Row, *outcomes: Outcome) -> Figure:
        """How many indicators that count have one of these outcomes; all that concern the stage where none is named."""
        found = self.indicators(row, *(outcomes or Outcome))
        which = "+".join(outcome.value for outcome in outcomes) or "judged"
        what = "、".join(outcome.zh for outcome in outcomes) or "判定"
        at = f"tally/{self.code}/{row['stage']}/{which}"
        return Figure(f"{self.schools.before}{at}", len(found), "项", about=f"{what}的指标数", origin="学校判定")

    def indicators(self, row: Row, *outcomes: Outcome) -> list[str]:
        """The indicators that count and have one of these outcomes, as the standard lists them."""
        return [name for name in self.standard.counted() if row[f"{name}__outcome"] in outcomes]

    def rule(self) -> Text:
        """What the standard asks of a whole school: so many indicators, the others not far below; empty if no such."""
        rule = self.standard.school_rule
        if rule is not None and rule.not_found:
            return ("该标准未见学校须达到几项的规定，各项都达标才能判定",)
        if rule is None or rule.at_least is None:
            return ()
        least = Figure("rule/at_least", rule.at_least, "项", about="须达标的指标数", origin="标准")
        if rule.rest is None:
            return say("须至少{least}指标达标", least=least)
        rest = Figure("rule/rest", rule.rest * 100, "%", 2, about="余项须达到要求的比例", origin="标准")
        return say("须至少{least}指标达标，其余指标不低于要求的{rest}", least=least, rest=rest)

    def cell(self, column: str, stage: Stage | None = None) -> Figure:
        """One filed cell, of the school or of one of its stages."""
        return self.filed.school_cell(self.code, column, stage)

    def columns(self, table: str) -> list[str]:
        """The columns of a table worth showing: the usual ones and those the standard reckons with, in their order."""
        usual = _ALWAYS if table == "stage_year" else _PREMISES
        asked = set(usual).union(*(indicator.columns() for indicator in self.standard.resources.values()))
        shown = self.judgement.dataset.tables[table].columns
        return [name for name, column in shown.items() if name in asked and column.type.is_number]

    def label(self, column: str) -> Quote:
        return Quote(Words(self.judgement.dataset.tables).column(column))

    def behind(self, row: Row, name: str) -> Text:
        """The filed amounts a value was worked out from, as the judge took them: campuses judged together added up."""
        return self._worked_out(self.standard.resources[name], row)

    def behind_asked(self, asked: Asked) -> Text:
        return self._worked_out(asked.check, asked.row)

    def split(self, row: Row) -> Figure | None:
        """The share of a whole school's amounts that counts for this stage; None where the school has one stage."""
        share = exact_share(row, self.standard.split) if self.standard.split else None
        if share is None or share == 1:
            return None
        at = f"split/{self.code}/{row['stage']}"
        return Figure(f"{self.schools.before}{at}", share * 100, "%", 2, about="一贯制拆分比例", origin="学段情况表")

    def cells(self, row: Row, name: str) -> list[FiledCell]:
        """The filed cells behind a value, each with its place in the file."""
        return cells_behind(self.judgement, self.standard.resources[name], row)

    def bars(self, row: Row) -> list[dict[str, Any]]:
        """What a chart of the school draws: every indicator with a limit, in per cent of it (of an upper limit, the
        limit in per cent of the value, so that more is better for all)."""
        found = []
        for name, indicator in self.standard.resources.items():
            if indicator.formula.of or row[f"{name}__limit"] is None or row[f"{name}__outcome"] is None:
                continue
            value, limit = row[f"{name}__value"], row[f"{name}__limit"]
            upper = row[f"{name}__operator"] in ("at_most", "below")
            top, bottom = (limit, value) if upper else (value, limit)
            stage = Stage(row["stage"]).zh if len(self.rows) > 1 else ""
            found.append(
                {
                    "label": f"{stage}{indicator.label.zh}",
                    "percent": 100 * top / bottom if top is not None and bottom else None,
                    "said": self.schools.value(row, name).text,
                    "outcome": row[f"{name}__outcome"],
                }
            )
        return found

    def asked_value(self, asked: Asked) -> Figure:
        value, absent = asked.row[f"{asked.name}__value"], asked.row[f"{asked.name}__absent"]
        digits = 2 if value is None or asked.limit is None else digits_beside(value, asked.limit.value, 2)
        missing = Absence(absent).zh if absent else "不适用"
        return self._of(asked, "value", value, asked.check.unit, digits, missing, asked.check.label.zh)

    def asked_limit(self, asked: Asked) -> Figure:
        value = None if asked.limit is None else asked.limit.value
        return self._of(asked, "limit", value, asked.check.unit, 4, "未见限值", f"{asked.check.label.zh}要求")

    def asked_lack(self, asked: Asked) -> Figure:
        """What is lacking (negative: beyond what is allowed) to meet what an item asks; 0 where it is met."""
        tables = self.judgement.dataset.tables
        found = None
        if asked.limit is not None:
            found = lack(asked.name, asked.check, self.standard, asked.row, asked.limit, tables, Fraction(1))
        value, unit, digits = in_wan(found, amount_unit(asked.check, tables))
        return self._of(asked, "lack", value, unit, digits, "不能计算", f"{asked.check.label.zh}差额")

    def _of(
        self, asked: Asked, measure: str, value: Number | None, unit: str, digits: int, absent: str, about: str
    ) -> Figure:  # fmt: skip
        at = f"asked/{self.code}/{asked.stage or 'all'}/{asked.name}/{measure}"
        return Figure(
            f"{self.schools.before}{at}", value, unit, digits, absent=absent, about=about,
            origin="标准" if measure == "limit" else "事项",
        )  # fmt: skip

    def _worked_out(self, indicator: Indicator, row: Row) -> Text:
        formula = indicator.formula
        if formula.of:
            return listed(Quote(self.standard.resources[part].label.zh) for part in formula.of)
        base = ("；", *self._amount(formula.base, row)) if formula.base.columns() else ()
        return (*self._amount(formula.amount, row), *base)

    def _amount(self, amount: Amount, row: Row) -> Iterator[Run]:
        tables = self.judgement.dataset.tables
        terms = amount.terms(row.get("stage"))
        if len(terms) > _MANY:  # of many bands of classes, those that have any
            terms = tuple(term for term in terms if row[term.column] != 0)
            if not terms:
                yield "所计各项均为零"
        for place, term in enumerate(terms):
            if place or term.sign < 0:
                yield "－" if term.sign < 0 else "＋"
            yield self.label(term.column)
            if term.column in DERIVED:
                yield self._behind(row, term.column, "人", 0)
                continue
            column = tables.column(term.column)
            if column.type.is_number:
                digits = 0 if column.type is ColumnType.COUNT else 2
                yield self._behind(row, term.column, column.unit, digits, shown_in=column.form_unit)
            elif column.type is ColumnType.FLAG:
                yield {True: "（是）", False: "（否）", None: "（未填报）"}[row[term.column]]

    def _behind(self, row: Row, column: str, unit: str, digits: int, *, shown_in: str = "") -> Figure:
        """A filed number that a value is worked out from, in the unit that it was filed in."""
        at = f"behind/{self.code}/{row.get('stage', 'all')}/{column}"
        about = self.label(column).text
        value = row[column]
        if shown_in == "万元":
            value, unit, digits = in_wan(None if value is None else exact(value), unit)
        return Figure(f"{self.schools.before}{at}", value, unit, digits, about=about, origin="填报数")
