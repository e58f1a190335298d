"""Reads Word files in tests: parts, words, order of elements; and has LibreOffice open them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# The order in which the schema wants the children that we write (ECMA-376 part 1, annex A).
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr tabs wordWrap snapToGrid spacing ind jc "
    "outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs spacing kern sz szCs vertAlign lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "tcBorders": "top left bottom right",
    "sdt": "sdtPr sdtContent",
    "sdtPr": "alias tag id docPartObj",
    "num": "abstractNumId lvlOverride",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "sectPr": "headerReference footerReference footnotePr type pgSz pgMar pgNumType cols titlePg docGrid",
    "style": "name basedOn next autoRedefine uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl footnotePr compat themeFontLang "
    "decimalSymbol listSeparator",
    "body": None,
}


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def root(path: Path, name: str = "word/document.xml") -> etree._Element:
    return etree.fromstring(parts(path)[name])


def words(element: etree._Element) -> str:
    return "".join(node.text or "" for node in element.iter(f"{W}t"))


def paragraphs(path: Path) -> list[tuple[str, str]]:
    """Style and words of every paragraph outside tables."""
    found = []
    for paragraph in root(path).xpath("w:body/w:p | w:body/w:sdt/w:sdtContent/w:p", namespaces={"w": W[1:-1]}):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found.append((style.get(f"{W}val"), words(paragraph)))
    return found


def out_of_order(element: etree._Element) -> Iterator[str]:
    """Elements whose children do not stand as the schema wants them."""
    for parent in element.iter():
        if not isinstance(parent.tag, str) or not parent.tag.startswith(W):
            continue
        order = ORDER.get(parent.tag.removeprefix(W))
        if order is None:
            continue
        names = [child.tag.removeprefix(W) for child in parent if isinstance(child.tag, str)]
        allowed = order.split()
        if unknown := set(names) - set(allowed):
            yield f"{parent.tag.removeprefix(W)} has {sorted(unknown)}"
        elif [allowed.index(name) for name in names] != sorted(allowed.index(name) for name in names):
            yield f"{parent.tag.removeprefix(W)}: {names}"


def through_office(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice writes it after opening: ``pdf`` or ``docx``."""
    out = folder / "office"
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return out / f"{path.stem}.{kind.partition(':')[0]}"


def edit(path: Path, changes: dict[str, Callable[[str], str]], to: Path) -> Path:
    """The file with the XML of some parts changed, as a person's program would leave it."""
    with ZipFile(path) as old, ZipFile(to, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename in changes:
                data = changes[entry.filename](data.decode()).encode()
            new.writestr(entry, data)
    return to
