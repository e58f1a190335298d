"""Read a document that somebody wrote: Word, plain text, Markdown."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

from junheng.reporting.lint.document import Document, Line
from junheng.reporting.lint.errors import UnreadableDocumentError, UnsupportedDocumentError

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^。；]{1,40}$")
_LONGEST_HEADING = 60
_REDACTED = "本稿是脱敏版"  # in the small print of our redacted copies
_OURS = "{urn:junheng:report:figures}"  # the list of figures of a Word file of ours
_LARGEST = 200_000_000  # bytes of one part, unpacked


def read_document(path: str | Path, county: str = "") -> Document:
    """Read a file.

    Args:
        county: code or name of the county that it is about; a Word file of ours says it itself.

    Raises:
        UnsupportedDocumentError: it is neither .docx nor text.
        UnreadableDocumentError: it does not read.
    """
    file = Path(path)
    match file.suffix.lower():
        case ".docx":
            lines = list(_word_lines(file))
            county = county or _county_of(file)
        case ".txt" | ".md" | ".markdown" | "":
            lines = list(_text_lines(_text(file), markdown=file.suffix.lower() != ".txt"))
        case suffix:
            raise UnsupportedDocumentError(file=file.name, suffix=suffix)
    return Document(tuple(lines), county, redacted=any(_REDACTED in line.text for line in lines))


def _text(file: Path) -> str:
    raw = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableDocumentError(file=file.name, reason="文字编码认不出来")


def _text_lines(text: str, *, markdown: bool) -> Iterator[Line]:
    heading, number = "正文开头", 0
    for index, raw in enumerate(line for line in text.splitlines() if line.strip()):
        line = _BOLD.sub(r"\2", raw) if markdown else raw
        marked = bool(_MARKDOWN_HEADING.match(line)) if markdown else False
        words = _MARKDOWN_HEADING.sub("", line).strip() if marked else line.strip()
        if index == 0 and len(words) <= _LONGEST_HEADING:
            yield Line(words, words, "title", "标题")
        elif marked or _NUMBERED.match(words):
            heading, number = words, 0
            yield Line(words, words, "heading", f"标题“{words}”")
        else:
            number += 1
            yield Line(words, words, "body", f"“{heading}”第{number}段")


def _word_lines(file: Path) -> Iterator[Line]:
    body = _part(file, "word/document.xml").find(f"{_WORD}body")
    levels = _heading_styles(file)
    heading, number, tables, titled = "正文开头", 0, 0, False
    for block in _blocks(body) if body is not None else ():
        if block.tag == f"{_WORD}tbl":
            tables += 1
            yield from _table_lines(block, tables, heading)
            continue
        words = _words(block)
        if not words.strip():
            continue
        level = levels.get(_style(block), "")
        if level == "title" or not titled:
            titled = True
            yield Line(words, words, "title" if len(words) <= _LONGEST_HEADING else "body", "标题")
        elif level == "heading" or _NUMBERED.match(words.strip()):
            heading, number = words.strip(), 0
            yield Line(words, words, "heading", f"标题“{heading}”")
        else:
            number += 1
            yield Line(words, words, "body", f"“{heading}”第{number}段")


def _county_of(file: Path) -> str:
    """The code of the county that a file of ours was made for; empty for others."""
    with zipfile.ZipFile(file) as package:
        lists = [name for name in package.namelist() if re.fullmatch(r"customXml/[^/]+\.xml", name)]
    for name in lists:
        root = _part(file, name)
        if root.tag == f"{_OURS}report" and (made := root.find(f"{_OURS}provenance")) is not None:
            return made.get("county", "")
    return ""


def _part(file: Path, name: str) -> Element:
    try:
        with zipfile.ZipFile(file) as package:
            if package.getinfo(name).file_size > _LARGEST:
                raise UnreadableDocumentError(file=file.name, reason="内容过大")
            raw = package.read(name)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        raise UnreadableDocumentError(file=file.name, reason="不是 Word 文档（.docx），或已加密、损坏") from error
    try:
        if b"<!DOCTYPE" in raw:  # Word never writes one; entities could make a small file endless
            raise UnreadableDocumentError(file=file.name, reason="含有不该有的实体定义")
        return fromstring(raw)
    except ParseError as error:
        raise UnreadableDocumentError(file=file.name, reason="不是 Word 文档（.docx），或已损坏") from error


def _heading_styles(file: Path) -> dict[str, str]:
    """Id of a style → title or heading."""
    found = {}
    for style in _part(file, "word/styles.xml").iter(f"{_WORD}style"):
        name = style.find(f"{_WORD}name")
        words = "" if name is None else name.get(f"{_WORD}val", "").casefold()
        if words in ("title", "标题"):
            found[style.get(f"{_WORD}styleId", "")] = "title"
        elif words.startswith(("heading", "标题")):
            found[style.get(f"{_WORD}styleId", "")] = "heading"
    return found


def _blocks(parent: Element) -> Iterator[Element]:
    """Paragraphs and tables in order, those in content controls included."""
    for child in parent:
        if child.tag in (f"{_WORD}p", f"{_WORD}tbl"):
            yield child
        elif child.tag in (f"{_WORD}sdt", f"{_WORD}sdtContent", f"{_WORD}ins"):
            yield from _blocks(child)


def _words(element: Element) -> str:
    """What a reader sees: all text but what was deleted with changes tracked."""
    pieces = []
    for node in element.iter():
        if node.tag == f"{_WORD}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_WORD}tab":
            pieces.append("\t")
    return "".join(pieces)


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return "" if style is None else style.get(f"{_WORD}val", "")


def _table_lines(table: Element, number: int, heading: str) -> Iterator[Line]:
    rows = list(table.iter(f"{_WORD}tr"))
    for index, row in enumerate(rows, start=1):
        for cell in row.iter(f"{_WORD}tc"):
            words = "".join(_words(paragraph) for paragraph in _blocks(cell) if paragraph.tag == f"{_WORD}p")
            if words.strip():
                place = f"“{heading}”第{number}个表第{index}行"
                yield Line(words, words, "cell", place, number, head=index == 1)
