"""WordprocessingML, element by element: made in its place in the tree, because moving a hundred thousand is slow."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, TypeAlias, cast

from lxml import etree

Element: TypeAlias = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML has no way to write; somebody pasted it into a form.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@cache
def w(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return f"{{{W}}}{name}"


def add(parent: Element, name: str, /, **attributes: str | int) -> Element:
    """A new last child; attributes are of the same namespace."""
    child = etree.SubElement(parent, w(name))
    for key, value in attributes.items():
        child.set(w(key), str(value))
    return child


def add_text(run: Element, text: str) -> None:
    """Words into a run; a new line in them is one on paper."""
    for index, line in enumerate(printable(text).replace("\r\n", "\n").split("\n")):
        if index:
            add(run, "br")
        if line:
            add_words(run, "t", line)


def add_words(run: Element, name: str, words: str) -> None:
    """An element of words whose blanks at either end count."""
    node = add(run, name)
    node.set(_SPACE, "preserve")
    node.text = words


def printable(text: str) -> str:
    """The text without what no XML file may hold."""
    return _FORBIDDEN.sub("", text)


def parse(data: bytes) -> Element:
    """The root of an XML file of others: no entity is expanded, nothing is fetched.

    Raises:
        etree.XMLSyntaxError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=False, huge_tree=False)
    return etree.fromstring(data, parser)


def serialise(root: Element) -> bytes:
    """An XML file as Office writes it."""
    return cast("bytes", etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def value_of(parent: Element, path: str) -> str | None:
    """The ``w:val`` of the element at a path of names without prefix (``sdtPr/tag``)."""
    found: Any = parent.find("/".join(w(name) for name in path.split("/")))
    return None if found is None else found.get(w("val"))
