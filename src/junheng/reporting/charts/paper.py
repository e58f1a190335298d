"""How large a chart is on paper: the same in Word and PDF. Points throughout."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

_TALLEST = 538.0  # what a page has room for beside the caption
_READABLE = 0.7  # of its size: smaller than that its words cannot be read
_OVERLAP = 24.0  # what the parts of a chart share, so that no line of words is cut in both


@dataclass(frozen=True, slots=True)
class Part:
    """What of a chart stands on one page.

    Attributes:
        width: of the chart; ``height`` of the part.
        top: of the part, from that of the chart, and ``bottom``: as shares of the chart's height.
    """

    width: float
    height: float
    top: float = 0.0
    bottom: float = 1.0


def parts(wide: float, high: float, width: float) -> list[Part]:
    """A chart of ``wide`` × ``high`` pixels, ``width`` points wide: made smaller for the page, or one part a page."""
    height = width * high / wide
    if height <= _TALLEST / _READABLE:
        share = min(1.0, _TALLEST / height)
        return [Part(width * share, height * share)]
    count = ceil((height - _OVERLAP) / (_TALLEST - _OVERLAP))
    each = (height + (count - 1) * _OVERLAP) / count
    tops = [at * (each - _OVERLAP) for at in range(count)]
    return [Part(width, each, top / height, min(1.0, (top + each) / height)) for top in tops]
