"""Which figure stands where: a mark in the text of a Word file, and the list of what the marks mean.

A figure is a content control whose tag (``junheng-3f2a91c0d7``) names an entry of a custom XML part: key, exact value,
and the words as written. The mark is made from the key and the way it is printed, so a sentence pasted from one report
into another still means the same. LibreOffice 7.4 keeps the controls and drops their tags, but keeps bookmarks; so each
control stands in a hidden bookmark that names the mark too. (Of controls for plain text it keeps the titles, but
writes those with Chinese in them several times over.)
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from lxml import etree

from junheng.reporting.report.report import Provenance
from junheng.reporting.report.runs import Figure, Number
from junheng.reporting.word.xml import Element, parse, printable, serialise

NAMESPACE: Final = "urn:junheng:report:figures"
_VERSION: Final = "1"
_TAG: Final = "junheng-"
_SMALL_PRINT: Final = "print_"
_BOOKMARK: Final = re.compile(r"_jh\d+_([0-9a-f]{10}(?:_\d+)?|print_[a-z]+)")


def _fraction(text: str) -> Fraction:
    """As ``str`` writes it; never ``1e99999999``, which ``Fraction`` would take hours to read."""
    return Fraction(*map(int, text.split("/")))


_NUMBERS: Final[dict[str, Callable[[str], Number]]] = {
    "int": int, "Fraction": _fraction, "Decimal": Decimal, "float": float,
}  # fmt: skip
_PROVENANCE: Final = (
    "snapshot", "standard", "standard_label", "day", "school_year", "version", "inferred", "gate", "county", "school",
)  # fmt: skip
_TITLE_LENGTH: Final = 64  # Word opens no file with a longer tag or title


@dataclass(frozen=True, slots=True)
class Marked:
    """An entry of the list: a figure and how it was printed.

    Attributes:
        bare: without its unit, which stands in the head of the column.
        written: the words of the control when the file was written.
    """

    figure: Figure
    bare: bool
    written: str

    def printed(self, figure: Figure) -> str:
        """Another value of the figure, with or without its unit as this one was."""
        return figure.number if self.bare else figure.text


class Marks:
    """The marks of one file, given out while it is written."""

    def __init__(self) -> None:
        self.entries: dict[str, Marked] = {}

    def of(self, figure: Figure, *, bare: bool) -> str:
        """The mark of a figure printed with or without its unit."""
        entry = Marked(figure, bare, figure.number if bare else figure.text)
        printed = f"{figure.key}\n{figure.unit}\n{figure.digits}\n{figure.fixed}\n{bare}"
        first = hashlib.sha256(printed.encode(errors="surrogatepass")).hexdigest()[:10]
        mark, turn = first, 1
        while self.entries.setdefault(mark, entry).written != entry.written:
            turn += 1  # one key, two values: a report of several years
            mark = f"{first}_{turn}"
        return mark


def print_mark(line: str) -> str:
    """The mark of a line of the small print (``standard``); it has no entry in the list of figures."""
    return _SMALL_PRINT + line


def line_of(mark: str) -> str | None:
    """The line of the small print that a mark stands for; None for figures."""
    return mark.removeprefix(_SMALL_PRINT) if mark.startswith(_SMALL_PRINT) else None


def tag(mark: str) -> str:
    """The tag of a control."""
    return _TAG + mark


def title(about: str) -> str:
    """The title of a control: what the figure is, for who clicks on it."""
    return printable(about).strip()[:_TITLE_LENGTH]


def bookmark(mark: str, number: int) -> str:
    """The name of the bookmark around a control; no two are alike, and Word shows none that begins so."""
    return f"_jh{number}_{mark}"


def mark_of_tag(tag: str | None) -> str | None:
    """The mark in the tag of a control; None where it is none of ours."""
    return tag.removeprefix(_TAG) if tag is not None and tag.startswith(_TAG) else None


def mark_of_bookmark(name: str) -> str | None:
    """The mark in the name of a bookmark; None where it is none of ours."""
    found = _BOOKMARK.match(name)  # LibreOffice may add to a name: _Copy_1
    return found.group(1) if found else None


def write_list(entries: Mapping[str, Marked], provenance: Provenance, *, report: str, checksum: str) -> bytes:
    """The custom XML part."""
    root = etree.Element(f"{{{NAMESPACE}}}report", nsmap={None: NAMESPACE})
    root.set("version", _VERSION)
    root.set("id", report)
    root.set("checksum", checksum)
    origin = _child(root, "provenance")
    for name in _PROVENANCE:
        if (said := getattr(provenance, name)) is not None:
            origin.set(name, printable(str(said)))
    for name, source in provenance.others:
        other = _child(origin, "other")
        other.set("name", printable(name))
        other.set("source", printable(source))
    for name, label in provenance.relaxed:
        relaxed = _child(origin, "relaxed")
        relaxed.set("name", printable(name))
        relaxed.set("label", printable(label))
    figures = _child(root, "figures")
    for mark, entry in entries.items():
        _write_entry(_child(figures, "figure"), mark, entry)
    return serialise(root)


def _write_entry(node: Element, mark: str, entry: Marked) -> None:
    figure = entry.figure
    node.set("mark", mark)
    node.set("key", printable(figure.key))
    if figure.value is not None:
        node.set("value", str(figure.value))
        node.set("type", type(figure.value).__name__)
    for name in ("unit", "absent", "about", "origin"):
        if text := getattr(figure, name):
            node.set(name, printable(text))
    node.set("digits", str(figure.digits))
    for name, is_so in (("fixed", figure.fixed), ("bare", entry.bare)):
        if is_so:
            node.set(name, "true")
    node.set("written", printable(entry.written))


@dataclass(frozen=True, slots=True)
class MarkList:
    """The list as read back."""

    report: str
    checksum: str
    provenance: Provenance
    entries: Mapping[str, Marked]


def read_list(data: bytes) -> MarkList | None:
    """The list of a custom XML part; None where it is one of somebody else.

    Raises:
        ValueError: it is ours, and cannot be understood.
    """
    try:
        root = parse(data)
    except etree.XMLSyntaxError:
        return None
    if root.tag != f"{{{NAMESPACE}}}report":
        return None
    if root.get("version") != _VERSION:
        raise ValueError(f"version {root.get('version')}")
    try:
        origin = root.find(f"{{{NAMESPACE}}}provenance")
        entries = {node.get("mark"): _read_entry(node) for node in root.iter(f"{{{NAMESPACE}}}figure")}
        return MarkList(root.attrib["id"], root.attrib["checksum"], _read_provenance(origin), entries)
    except (KeyError, TypeError, AttributeError, ArithmeticError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _read_provenance(node: Element) -> Provenance:
    said = node.attrib
    return Provenance(
        snapshot=said["snapshot"],
        standard=said["standard"],
        standard_label=said["standard_label"],
        day=date.fromisoformat(said["day"]) if "day" in said else None,
        school_year=int(said["school_year"]) if "school_year" in said else None,
        version=said["version"],
        inferred=int(said["inferred"]),
        gate=said["gate"],
        relaxed=tuple((it.get("name"), it.get("label")) for it in node.iterfind(f"{{{NAMESPACE}}}relaxed")),
        others=tuple((it.get("name"), it.get("source")) for it in node.iterfind(f"{{{NAMESPACE}}}other")),
        county=said["county"],
        school=said["school"],
    )


def _read_entry(node: Element) -> Marked:
    said = node.attrib
    figure = Figure(
        said["key"],
        _number(said["value"], said["type"]) if "value" in said else None,
        said.get("unit", ""),
        int(said["digits"]),
        said.get("fixed") == "true",
        said.get("absent", ""),
        said.get("about", ""),
        said.get("origin", ""),
    )
    return Marked(figure, said.get("bare") == "true", said["written"])


def _number(text: str, kind: str) -> Number:
    return _NUMBERS[kind](text)


def _child(parent: Element, name: str) -> Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
