"""间均面积折合生均: mean area of a room × classes ÷ pupils (Shaanxi's reading of an area per pupil)."""

from junheng.indicators.kind import Inputs, Kind, Quantity
from junheng.standards.formula import Formula


class RoomPerPupil(Kind):
    def quotient(self, formula: Formula, inputs: Inputs[Quantity]) -> tuple[Quantity, Quantity]:
        return inputs.amount * inputs.base * int(formula.scale), inputs.pupils


KIND = RoomPerPupil(
    "room_per_pupil",
    frozenset({"amount", "base"}),
    "{amount} × {base} ÷ 在校生数{scale}",
    per_pupils=True,
    of_one_room=True,
)
