"""比例: amount ÷ base × 100, of one row or of rows summed over a county."""

from junheng.indicators.kind import Inputs, Kind, Quantity
from junheng.standards.formula import Formula


class Share(Kind):
    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        return inputs.amount * 100, inputs.base


KIND = Share("share", frozenset({"amount", "base"}), "{amount} ÷ {base} × 100%")
