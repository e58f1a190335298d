"""表Ⅴ: public money of this year and the last, in the units the form prints, with growth."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.form_funds import FormFunds
from junheng.reporting.report.blocks import Block, Cell, Table, cell

_YEARS = 3  # 三个增长 asks for the last three; the form itself for this year and the last
_ROWS = (
    ("义务教育预算内经费拨款", "appropriation", "千元"),
    ("地方财政经常性收入", "recurrent_revenue", "千元"),
    ("小学生均预算内教育事业费", "expense_primary", ""),
    ("初中生均预算内教育事业费", "expense_junior", ""),
    ("小学生均预算内公用经费", "public_funds_primary", ""),
    ("初中生均预算内公用经费", "public_funds_junior", ""),
    ("教职工年人均工资", "staff_pay_mean", ""),
)
_PART, _WHOLE = "budget_education_expenditure", "fiscal_expenditure"


def funds(facts: Facts) -> Iterator[Block]:
    """The fields of 表Ⅴ for the last three fiscal years; a year that was not filed stays blank and says so."""
    own = facts.now.form_funds
    years = own.years(_YEARS)
    yield Table(
        "form_5",
        ("表Ⅴ　义务教育经费情况",),
        (4.4, 1.1, *(1.9, 1.3) * _YEARS),
        (
            (
                cell("项目", rows=2, label=True),
                cell("单位", rows=2, label=True),
                *(cell(own.label(year), columns=2, label=True) for year in years),
            ),
            tuple(cell(head, label=True) for _ in years for head in ("数额", "比上年增长（%）")),
            _share(own, years),
            *(_row(own, label, column, unit, years) for label, column, unit in _ROWS),
            _margin(own, years),
        ),
        head=2,
        note=(
            "预算内教育经费取一般公共预算中用于教育的支出；增长率由数额算出，不取材料所印的数；上年没有填报的写“不能计算”。"
            "末行不在表Ⅴ规定的栏目之内，供核对三个增长。",
        ),
        landscape=True,
    )


def _share(own: FormFunds, years: tuple[int, ...]) -> tuple[Cell, ...]:
    return (
        cell("预算内教育经费占财政支出比例", label=True, align="left"),
        cell("%", align="centre"),
        *(cell(own.share(_PART, _WHOLE, year), columns=2, align="right") for year in years),
    )


def _row(own: FormFunds, label: str, column: str, unit: str, years: tuple[int, ...]) -> tuple[Cell, ...]:
    return (
        cell(label, label=True, align="left"),
        cell(unit or "元", align="centre"),
        *(
            cell(figure, align="right")
            for year in years
            for figure in (own.amount(column, year, unit), own.growth(column, year))
        ),
    )


def _margin(own: FormFunds, years: tuple[int, ...]) -> tuple[Cell, ...]:
    """What the first of the 三个增长 rests on."""
    return (
        cell("拨款增幅高于经常性收入增幅", label=True, align="left"),
        cell("个百分点", align="centre"),
        *(cell(own.margin("appropriation", "recurrent_revenue", year), columns=2, align="right") for year in years),
    )
