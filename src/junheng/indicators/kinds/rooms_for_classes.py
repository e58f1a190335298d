"""按班数配备: rooms ÷ rooms needed, where every ``per`` classes or part of them need one room."""

from junheng.indicators.kind import Inputs, Kind, Quantity
from junheng.standards.formula import Formula


class RoomsForClasses(Kind):
    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        per = formula.per or 1
        # Classes are whole, so this is the ceiling; ×1 keeps a fraction a fraction.
        return inputs.amount, (inputs.base + (per - 1)) // per * (inputs.base * 0 + 1)


KIND = RoomsForClasses(
    "rooms_for_classes", frozenset({"amount", "base", "per"}), "{amount} ÷（{base}每 {per} 个班 1 间）", counts=True
)
