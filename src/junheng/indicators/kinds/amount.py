"""数量: the amount itself. A yes/no column counts 1 or 0."""

from junheng.indicators.kind import Inputs, Kind, Quantity
from junheng.standards.formula import Formula


class Plain(Kind):
    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        return inputs.amount, inputs.amount * 0 + 1


KIND = Plain("amount", frozenset({"amount"}), "{amount}", counts=True)
