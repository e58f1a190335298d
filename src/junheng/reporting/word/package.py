"""The parts of a Word file around its text: ours, or those of a file that somebody made to look otherwise."""

from __future__ import annotations

import io
import uuid
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import cast
from zipfile import BadZipFile, ZipFile

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from junheng.reporting.word.errors import DAMAGED, MISSING, TEMPLATE, NotWordError, TooLargeWordError
from junheng.reporting.word.marks import NAMESPACE
from junheng.reporting.word.numbering import HeadingLists, add_list, style_lists
from junheng.reporting.word.page import upright_of
from junheng.reporting.word.xml import Element, add, parse, serialise, value_of, w

# In this order, so that files of one report are alike byte for byte. The name of a footer's relation is its file's.
_PARTS = (
    ("styles", CT.WML_STYLES, RT.STYLES),
    ("numbering", CT.WML_NUMBERING, RT.NUMBERING),
    ("settings", CT.WML_SETTINGS, RT.SETTINGS),
    ("fontTable", CT.WML_FONT_TABLE, RT.FONT_TABLE),
    ("footer_odd", CT.WML_FOOTER, RT.FOOTER),
    ("footer_even", CT.WML_FOOTER, RT.FOOTER),
)
# What a file that was made to look otherwise keeps when its text goes.
_KEPT = {
    RT.STYLES, RT.NUMBERING, RT.SETTINGS, RT.FONT_TABLE, RT.THEME, RT.WEB_SETTINGS, RT.HEADER, RT.FOOTER,
}  # fmt: skip
_CUSTOM_XML_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
# A damaged package is answered with whatever the code that reads it runs into.
_DAMAGE = (
    PackageNotFoundError, BadZipFile, etree.XMLSyntaxError, OSError, RuntimeError,
    AttributeError, LookupError, TypeError, ValueError,
)  # fmt: skip
_LARGEST = 300 * 1024 * 1024


@dataclass(frozen=True)
class Shell:
    """A Word file without text.

    Attributes:
        document: the part whose body is empty.
        section: how its upright pages are.
        styles: the id of each style, by its name.
    """

    document: DocumentPart
    section: Element
    styles: Mapping[str, str]

    @property
    def body(self) -> Element:
        return self.document.element.find(w("body"))

    def heading_lists(self) -> HeadingLists:
        """What numbers the headings."""
        parts = {relation.reltype: relation.target_part for relation in self.document.rels.values()}
        lists = _root(parts[RT.NUMBERING]) if RT.NUMBERING in parts else None
        return HeadingLists(lists, style_lists(_root(parts[RT.STYLES])))

    def save(self, path: str | Path) -> None:
        """Write the file whole or not at all.

        Raises:
            OSError: the place cannot be written to.
        """
        data = io.BytesIO()
        self.document.package.save(data)
        Path(path).write_bytes(data.getvalue())


def new_shell() -> Shell:
    """The page of GB/T 9704 and our styles."""
    package = Package()
    document = _load("document", CT.WML_DOCUMENT_MAIN, RT.OFFICE_DOCUMENT, package)
    assert isinstance(document, DocumentPart)
    package.relate_to(document, RT.OFFICE_DOCUMENT)
    for name, content_type, relation in _PARTS:
        document.load_rel(relation, _load(name, content_type, relation, package), name)
    body = document.element.find(w("body"))
    section = body.find(w("sectPr"))
    body.remove(section)
    return Shell(document, section, _names(_root(document.part_related_by(RT.STYLES))))


def shell_of(template: str | Path) -> Shell:
    """The look of another file: its styles, margins, heads and feet. Styles that it lacks are ours.

    Raises:
        NotWordError: it is no .docx that can be opened.
        TooLargeWordError: it unpacks to more than a report ever has.
    """
    path = Path(template)
    check_size(path)
    try:
        return _emptied(path)
    except _DAMAGE as error:
        raise NotWordError(path=path.name, reason=DAMAGED) from error


def _emptied(path: Path) -> Shell:
    package = Package.open(str(path))
    document = package.main_document_part
    if not isinstance(document, DocumentPart):
        raise NotWordError(path=path.name, reason=TEMPLATE)
    body = document.element.find(w("body"))
    for relations, kept in ((package.rels, {RT.OFFICE_DOCUMENT}), (document.rels, _KEPT)):
        for name, relation in list(relations.items()):
            if relation.reltype not in kept:
                del relations[name]
    section = upright_of(body)
    section = _house_section() if section is None else deepcopy(section)
    for child in list(body):
        body.remove(child)
    styles = _root(_part(document, "styles"))
    _borrow_styles(document, styles)
    _settle_notes(_root(_part(document, "settings")))
    return Shell(document, section, _names(styles))


def check_size(path: Path) -> None:
    """Refuse what is no zip file, and what unpacks to more than any report.

    Raises:
        NotWordError: it cannot be opened.
        TooLargeWordError: it is too large.
    """
    try:
        with ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        reason = MISSING if isinstance(error, FileNotFoundError) else DAMAGED
        raise NotWordError(path=path.name, reason=reason) from error
    if size > _LARGEST:
        raise TooLargeWordError(path=path.name, size=size >> 20, limit=_LARGEST >> 20)


def relate_notes(shell: Shell, notes: Element) -> None:
    """Add the part of the footnotes."""
    _add_part(shell.document, "/word/footnotes.xml", CT.WML_FOOTNOTES, RT.FOOTNOTES, serialise(notes))


def relate_figures(shell: Shell, figures: bytes) -> None:
    """Add the list of the figures, with the id that Office wants of such a part."""
    item = _add_part(shell.document, "/customXml/junheng.xml", CT.XML, RT.CUSTOM_XML, figures)
    name = uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)
    properties = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        f'<ds:datastoreItem ds:itemID="{{{str(name).upper()}}}" '
        'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    _add_part(item, "/customXml/junhengProps.xml", _CUSTOM_XML_PROPERTIES, RT.CUSTOM_XML_PROPS, properties)


def _add_part(source: Part, name: str, content_type: str, relation: str, data: bytes) -> Part:
    part = Part(PackURI(name), content_type, data, source.package)
    source.relate_to(part, relation)
    return part


def _ours(name: str) -> bytes:
    return (resources.files(__package__) / "base" / f"{name}.xml").read_bytes()


def _house_section() -> Element:
    """Our page, without the feet that belong to our own file."""
    section = parse(_ours("document")).find(f".//{w('sectPr')}")
    for reference in section.findall(w("footerReference")):
        section.remove(reference)
    return section


def _part(document: DocumentPart, name: str) -> Part:
    """A part of a file of others; ours where it has none."""
    content_type, relation = next((kind, relation) for part, kind, relation in _PARTS if part == name)
    try:
        return document.part_related_by(relation)
    except KeyError:
        part = _load(name, content_type, relation, document.package)
        document.relate_to(part, relation)
        return part


def _load(name: str, content_type: str, relation: str, package: Package) -> Part:
    """A part of ours."""
    # A factory whose __new__ makes a part of the class for the content.
    made: object = PartFactory(PackURI(f"/word/{name}.xml"), content_type, relation, _ours(name), package)
    return cast("Part", made)


def _root(part: Part) -> Element:
    return cast("XmlPart", part).element


def _names(styles: Element) -> dict[str, str]:
    """Ids by name. Word writes names of its own styles small; other programs do not."""
    found = {}
    for style in styles.findall(w("style")):
        name = value_of(style, "name")
        if name is not None:
            found[name] = found[name.lower()] = style.get(w("styleId"))
    return found


def _borrow_styles(document: DocumentPart, styles: Element) -> None:
    """Add those of our styles that a file lacks; numbers of headings with them."""
    have = _names(styles)
    ours = parse(_ours("styles"))
    lacking = [style for style in ours.findall(w("style")) if value_of(style, "name") not in have]
    ids = {
        style.get(w("styleId")): have.get(value_of(style, "name") or "", f"Junheng{style.get(w('styleId'))}")
        for style in ours.findall(w("style"))
    }
    number = None
    for style in lacking:
        copy = deepcopy(style)
        copy.set(w("styleId"), ids[style.get(w("styleId"))])
        copy.attrib.pop(w("default"), None)
        for name in ("basedOn", "next", "link"):
            if (other := copy.find(w(name))) is not None:
                other.set(w("val"), ids[other.get(w("val"))])
        if (numbered := copy.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")) is not None:
            number = number or _borrow_numbering(document, ids)
            numbered.set(w("val"), str(number))
        styles.append(copy)


def _borrow_numbering(document: DocumentPart, ids: Mapping[str, str]) -> int:
    """Add our list of 一、（一）1.（1） to those of a file; returns its number."""
    lists = _root(_part(document, "numbering"))
    ours = parse(_ours("numbering"))
    abstract = max((int(each.get(w("abstractNumId"))) for each in lists.findall(w("abstractNum"))), default=0) + 1
    number = max((int(each.get(w("numId"))) for each in lists.findall(w("num"))), default=0) + 1
    shape = ours.find(w("abstractNum"))
    shape.set(w("abstractNumId"), str(abstract))
    for bound in shape.iter(w("pStyle")):
        bound.set(w("val"), ids[bound.get(w("val"))])
    # All shapes stand before all lists.
    at = len(lists.findall(w("abstractNum"))) + len(lists.findall(w("numPicBullet")))
    lists.insert(at, shape)
    add_list(lists, number, abstract)
    return number


def _settle_notes(settings: Element) -> None:
    """The separators of footnotes in the settings are those that we write."""
    if (notes := settings.find(w("footnotePr"))) is not None:
        for each in notes.findall(w("footnote")):
            notes.remove(each)
        for number in (-1, 0):
            add(notes, "footnote", id=number)
