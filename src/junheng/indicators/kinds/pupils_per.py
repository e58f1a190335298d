"""生师比、生机比: pupils ÷ amount × scale. With pupils and nothing for them the value is infinite, not absent."""

from junheng.indicators.kind import Inputs, Kind, Quantity
from junheng.standards.formula import Formula


class PupilsPer(Kind):
    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        return inputs.pupils * int(formula.scale), inputs.amount


KIND = PupilsPer(
    "pupils_per", frozenset({"amount"}), "在校生数 ÷ {amount}{scale}", per_pupils=True, endless_over_zero=True
)
