"""生均、每百名学生: amount ÷ pupils × scale."""

from junheng.indicators.kind import Inputs, Kind, Quantity
from junheng.standards.formula import Formula


class PerPupil(Kind):
    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        return inputs.amount * int(formula.scale), inputs.pupils


KIND = PerPupil("per_pupil", frozenset({"amount"}), "{amount} ÷ 在校生数{scale}", per_pupils=True)
