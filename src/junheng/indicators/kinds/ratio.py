"""比值: amount ÷ base × scale."""

from junheng.indicators.kind import Inputs, Kind, Quantity
from junheng.standards.formula import Formula


class Ratio(Kind):
    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        return inputs.amount * int(formula.scale), inputs.base


KIND = Ratio("ratio", frozenset({"amount", "base"}), "{amount} ÷ {base}{scale}")
