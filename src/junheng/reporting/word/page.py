"""Pages: upright as the file says, lying for wide tables, with the same margins turned by a quarter."""

from __future__ import annotations

from copy import deepcopy

from junheng.reporting.word.xml import Element, w

_LOWEST_FOOTER = 400  # twips from the edge: nearer than that, printers cut off


class Pages:
    """The properties of sections, upright and lying.

    Args:
        section: of the first upright section of a file (``w:sectPr``).
    """

    def __init__(self, section: Element) -> None:
        self._upright = section
        self._lying = _turned(section)
        self._written = False

    def width(self, *, lying: bool) -> int:
        """Of the text, in twips."""
        section = self._lying if lying else self._upright
        margins = section.find(w("pgMar"))
        taken = sum(_of(margins, side) for side in ("left", "right"))
        return _of(section.find(w("pgSz")), "w") - taken - _of(margins, "gutter")

    def end(self, parent: Element, *, lying: bool) -> None:
        """Close a section: the properties of what stands before."""
        section = deepcopy(self._lying if lying else self._upright)
        first_page = section.find(w("titlePg"))
        if self._written and first_page is not None:
            section.remove(first_page)  # only the letter's first page has a head of its own
        restart = section.find(w("pgNumType"))
        if self._written and restart is not None:
            restart.attrib.pop(w("start"), None)
        self._written = True
        parent.append(section)


def _turned(section: Element) -> Element:
    """The same paper lying: its top is the edge where upright pages are bound."""
    lying = deepcopy(section)
    size, margins = lying.find(w("pgSz")), lying.find(w("pgMar"))
    wide, high = _of(size, "w"), _of(size, "h")
    if wide > high:
        return lying
    size.set(w("w"), str(high))
    size.set(w("h"), str(wide))
    size.set(w("orient"), "landscape")
    top, right, bottom, left = (_of(margins, side) for side in ("top", "right", "bottom", "left"))
    turned = {"top": left, "right": top, "bottom": right, "left": bottom}
    below = bottom - _of(margins, "footer")  # as far below the text as on upright pages
    turned["footer"] = max(right - below, _LOWEST_FOOTER)
    turned["header"] = max(min(_of(margins, "header"), left - _LOWEST_FOOTER), _LOWEST_FOOTER)
    for side, twips in turned.items():
        margins.set(w(side), str(twips))
    return lying


def upright_of(body: Element) -> Element | None:
    """The properties of the first section of a body whose pages stand upright; None where it has none."""
    for section in body.iter(w("sectPr")):
        size = section.find(w("pgSz"))
        if size is not None and section.find(w("pgMar")) is not None and _of(size, "w") <= _of(size, "h"):
            return section
    return None


def _of(element: Element, name: str) -> int:
    return round(float(element.get(w(name), "0")))
