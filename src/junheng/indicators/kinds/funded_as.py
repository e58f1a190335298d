"""不足若干人按若干人拨付: budget ÷ (quota × the larger of pupils and the floor)."""

from fractions import Fraction

import narwhals.stable.v2 as nw

from junheng.indicators.kind import Inputs, Kind, Quantity
from junheng.standards.formula import Formula


class FundedAs(Kind):
    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        return inputs.amount, inputs.base * _at_least(inputs.pupils, int(formula.floor or 0))


def _at_least(pupils: Quantity, floor: int) -> Quantity:
    if isinstance(pupils, Fraction):
        return max(pupils, Fraction(floor))
    return nw.when(pupils < floor).then(nw.lit(float(floor))).otherwise(pupils)


KIND = FundedAs(
    "funded_as",
    frozenset({"amount", "base", "floor"}),
    "{amount} ÷（{base} × 学生数，不足 {floor} 人按 {floor} 人）",
    counts=True,
)
