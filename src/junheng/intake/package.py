"""The zip package of an .xlsx: what must hold before anything is unpacked by others, and what calamine does not tell.

calamine gives a blank for an error cell and for a formula without result, and shows 12.5% as 0.125, so the XML of each
sheet is looked at for these three; it also lays a sheet out whole, so a lone cell far away must be found first.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from junheng.intake import limits
from junheng.intake.cells import EmptyFormula, ErrorCell
from junheng.intake.errors import (
    DamagedWorkbookError,
    EncryptedWorkbookError,
    LegacyWorkbookError,
    NotAWorkbookError,
    TooLargeError,
    UnsafeWorkbookError,
)
from junheng.intake.sheet import index_of

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# Every cell and row, with its address where it has one; what is not an address calamine might read as one far away.
_PLACED = re.compile(rb"""<(?:[^\s<>/!?:]+:)?(?:c|row)(?=[\s/>])(?:[^<>]*?\sr\s*=\s*["']([^"'<>]*)["'])?""")
_UNPLACED = re.compile(rb"""<(?:[^\s<>/!?:]+:)?(?:c|row)(?=[\s/>])((?:(?!\sr\s*=)[^<>])*+)>""")
_REF = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,3})([1-9]\d{0,6})["']""")
_ADDRESSES = re.compile(rb"(?:(?:[A-Za-z]{0,3}[1-9]\d{0,6})? )*+(?:[A-Za-z]{0,3}[1-9]\d{0,6})?")
_LETTERS, _DIGITS = re.compile(rb"[A-Za-z]+"), re.compile(rb"\d+")
# No pattern here may run on past the next tag of its kind: a sheet of unclosed tags would take time without end.
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s/>])([^<>]*?)(?:/>|>((?:[^<]++|<(?!/?(?:\w+:)?c[\s/>]))*+)</(?:\w+:)?c\s*+>)")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^<>]*+>([^<]++)</|<(?:\w+:)?t\b[^<>]*+>[^<]")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_ERROR_TYPE = re.compile(rb"""\st\s*=\s*["']e["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["'](\d+)["']""")
# calamine breaks on a date so far away; a long number in a cell with a date format is one to it.
_HUGE = re.compile(rb"<(?:\w+:)?v\b[^<>]*>\s*-?(?:\d{12,}|[\d.]+[eE]\+?\d{2,})")
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN_PERCENT = frozenset({9, 10})


@dataclass(frozen=True)
class Oddities:
    """Cells of a sheet that need more than their value, by zero-based row and column."""

    cells: dict[tuple[int, int], ErrorCell | EmptyFormula]
    percents: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Package:
    """What the package says beside the values."""

    oddities: dict[str, Oddities]
    has_macros: bool
    has_huge_numbers: bool


def inspect(name: str, content: bytes) -> Package:
    """Check the package whole and return the oddities of each sheet by its name.

    Raises:
        JunhengError: the content is not a sound .xlsx (see ``intake.errors``).
    """
    refuse_other_formats(name, content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = dict(_parts(name, package, len(content)))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error) as error:
        raise DamagedWorkbookError(file=name, part="压缩包", reason=plainly(error)) from error
    except RuntimeError as error:  # zipfile's way of saying that an entry is encrypted
        raise EncryptedWorkbookError(file=name) from error
    _refuse_other_packages(name, parts)
    sheets = _sheet_parts(name, parts)
    percents = _percent_styles(parts.get("xl/styles.xml", b""))
    oddities = {sheet: _oddities(name, sheet, parts[part], percents) for sheet, part in sheets.items() if part in parts}
    has_macros = any(part.casefold().endswith("vbaproject.bin") for part in parts)
    return Package(oddities, has_macros, any(_HUGE.search(parts.get(part, b"")) for part in sheets.values()))


def refuse_other_formats(name: str, content: bytes) -> None:
    """Say what the file is when it is not a zip package."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise EncryptedWorkbookError(file=name)
        raise LegacyWorkbookError(file=name, format="旧版 Excel（.xls）或 WPS 表格（.et）")
    if content.startswith(b"PK"):
        return
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta")):
        raise LegacyWorkbookError(file=name, format="网页（改了扩展名的 HTML）")
    if start.startswith(b"<?xml"):
        raise LegacyWorkbookError(file=name, format="XML 表格")
    if start.startswith(b"%pdf"):
        raise NotAWorkbookError(file=name, reason="内容是 PDF 文档")
    raise NotAWorkbookError(file=name, reason="内容不是 .xlsx 的格式，可能只是改了扩展名，或文件头已损坏")


def _parts(name: str, package: zipfile.ZipFile, size: int) -> Iterator[tuple[str, bytes]]:
    entries = package.infolist()
    if len(entries) > limits.ENTRIES:
        raise TooLargeError(file=name, what="内部文件数", size=len(entries), limit=limits.ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.UNPACKED_BYTES:
        raise TooLargeError(
            file=name, what="解压后大小", size=_megabytes(unpacked), limit=_megabytes(limits.UNPACKED_BYTES)
        )
    seen: set[str] = set()
    for entry in entries:
        path = entry.filename
        if path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or ":" in path or "\x00" in path:
            raise UnsafeWorkbookError(file=name, part=path[:60], reason="内部路径指向外部")
        if path.casefold() in seen:
            raise UnsafeWorkbookError(file=name, part=path[:60], reason="同名的内部文件有两个")
        seen.add(path.casefold())
        if entry.file_size > limits.RATIO_FROM_BYTES and entry.file_size > limits.PACKED_RATIO * entry.compress_size:
            raise TooLargeError(file=name, what=f"“{path}”的压缩比", size="异常", limit=f"1:{limits.PACKED_RATIO}")
        if path.casefold().endswith((".xml", ".rels", ".vml")):
            # Reading to the end also checks the length and checksum that the entry claims.
            content = package.read(entry)
            _refuse_strange_xml(name, path, content)
            yield path, content
        else:
            yield path, b""


def _refuse_strange_xml(name: str, path: str, content: bytes) -> None:
    head = content[:2000]
    if b"<!DOCTYPE" in head or b"<!ENTITY" in content:
        raise UnsafeWorkbookError(file=name, part=path, reason="含有文档类型声明")
    if b"\x00" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnsafeWorkbookError(file=name, part=path, reason="不是 UTF-8 编码")


def _refuse_other_packages(name: str, parts: dict[str, bytes]) -> None:
    paths = {path.casefold() for path in parts}
    if "xl/workbook.bin" in paths:
        raise LegacyWorkbookError(file=name, format="Excel 二进制（.xlsb）")
    if "content.xml" in paths:
        raise LegacyWorkbookError(file=name, format="OpenDocument（.ods）")
    if "word/document.xml" in paths:
        raise NotAWorkbookError(file=name, reason="内容是 Word 文档")
    if "ppt/presentation.xml" in paths:
        raise NotAWorkbookError(file=name, reason="内容是演示文稿")
    if "encryptedpackage" in paths:
        raise EncryptedWorkbookError(file=name)
    if not any(path.endswith("workbook.xml") for path in paths):
        raise NotAWorkbookError(file=name, reason="是压缩包，但里面没有工作簿")


def _sheet_parts(name: str, parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet name → path of its XML, by the workbook's own list."""
    book = next(path for path in parts if path.casefold().endswith("workbook.xml"))
    folder, _, file = book.rpartition("/")
    try:
        sheets = [item for item in ElementTree.fromstring(parts[book]).iter() if _local(item.tag) == "sheet"]
        relations = parts.get(f"{folder}/_rels/{file}.rels", b"<Relationships/>")
        targets = {item.get("Id"): item.get("Target", "") for item in ElementTree.fromstring(relations)}
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise DamagedWorkbookError(file=name, part=book, reason=plainly(error)) from error
    if len(sheets) > limits.SHEETS:
        raise TooLargeError(file=name, what="工作表数", size=len(sheets), limit=limits.SHEETS)
    found = {}
    for sheet in sheets:
        relation = next((value for key, value in sheet.attrib.items() if _local(key) == "id" and key != "id"), None)
        target = targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        found[sheet.get("name", "")] = path
    return found


def _percent_styles(styles: bytes) -> frozenset[int]:
    """Numbers of the cell styles that show a percentage."""
    if b"%" not in styles and not re.search(rb"""numFmtId\s*=\s*["'](?:9|10)["']""", styles):
        return frozenset()
    try:
        tree = ElementTree.fromstring(styles)
    except ElementTree.ParseError:
        return frozenset()
    own = {
        item.get("numFmtId")
        for item in tree.iter()
        if _local(item.tag) == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", item.get("formatCode", ""))
    }
    found = set()
    for formats in (item for item in tree.iter() if _local(item.tag) == "cellXfs"):
        for number, style in enumerate(formats):
            wanted = style.get("numFmtId", "0")
            if wanted in own or (wanted.isdigit() and int(wanted) in _BUILT_IN_PERCENT):
                found.add(number)
    return frozenset(found)


def _oddities(name: str, sheet: str, xml: bytes, percent_styles: frozenset[int]) -> Oddities:
    _refuse_wide(name, sheet, xml)
    has_errors, has_formulas = bool(_ERROR_TYPE.search(xml)), bool(_FORMULA.search(xml))
    cells: dict[tuple[int, int], ErrorCell | EmptyFormula] = {}
    percents = set()
    if has_errors or has_formulas or percent_styles:
        for position, attributes, inner in _cells(xml):
            if _ERROR_TYPE.search(attributes):
                value = _VALUE.search(inner)
                cells[position] = ErrorCell((value[1] or b"#?").decode("utf-8", "replace") if value else "#?")
            elif has_formulas and _FORMULA.search(inner) and not _VALUE.search(inner):
                cells[position] = EmptyFormula()
            elif percent_styles and (style := _STYLE.search(attributes)) and int(style[1]) in percent_styles:
                percents.add(position)
    return Oddities(cells, frozenset(percents))


def _cells(xml: bytes) -> Iterator[tuple[tuple[int, int], bytes, bytes]]:
    for match in _CELL.finditer(xml):
        attributes = match[1]
        if ref := _REF.search(b" " + attributes):
            yield (int(ref[2]) - 1, index_of(ref[1].decode().upper())), attributes, match[2] or b""


def _refuse_wide(name: str, sheet: str, xml: bytes) -> None:
    """Refuse a sheet whose filled cells span more than can be laid out; far blanks with a format do no harm."""
    strange = UnsafeWorkbookError(file=name, part=sheet, reason="单元格地址写法不正常")
    refs = b" ".join(_PLACED.findall(xml))
    if not _ADDRESSES.fullmatch(refs):
        raise strange
    rows = max(map(int, set(_DIGITS.findall(refs))), default=0)
    columns = max((index_of(word.decode().upper()) + 1 for word in set(_LETTERS.findall(refs))), default=0)
    unplaced = _UNPLACED.findall(xml)
    if any(tag.count(b'"') % 2 or tag.count(b"'") % 2 for tag in unplaced):
        raise strange
    if unplaced:  # cells without an address follow one another
        longest = max(len(_PLACED.findall(row)) for row in re.split(rb"<(?:[^\s<>/!?:]+:)?row\b", xml))
        rows, columns = rows + len(unplaced), columns + longest
    if _fits(rows, columns):
        return
    cells = list(_cells(xml))
    if any(attributes.count(b'"') % 2 or attributes.count(b"'") % 2 for _, attributes, _ in cells) or unplaced:
        raise strange
    filled = [((row, column), inner) for (row, column), _, inner in cells if inner.strip()]
    rows = max((row + 1 for (row, _), _ in filled), default=0)
    columns = max((column + 1 for (_, column), _ in filled), default=0)
    if _fits(rows, columns):
        return
    what, size, limit = "行数", rows, limits.ROWS
    if columns > limits.COLUMNS:
        what, size, limit = "列数", columns, limits.COLUMNS
    elif rows <= limits.ROWS:
        what, size, limit = "单元格数", rows * columns, limits.CELLS
    raise TooLargeError(file=name, what=f"工作表“{sheet}”的{what}", size=size, limit=limit)


def _fits(rows: int, columns: int) -> bool:
    return rows <= limits.ROWS and columns <= limits.COLUMNS and rows * columns <= limits.CELLS


def without_huge_dates(content: bytes) -> bytes:
    """The same workbook with the formats taken off cells whose numbers are too long to be dates."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {path: package.read(path) for path in package.namelist()}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as package:
        for path, part in parts.items():
            package.writestr(path, _CELL.sub(_without_format, part) if _is_sheet(path) and _HUGE.search(part) else part)
    return buffer.getvalue()


def _without_format(cell: re.Match[bytes]) -> bytes:
    if cell[2] is None or not _HUGE.search(cell[2]):
        return cell[0]
    return cell[0].replace(cell[1], _STYLE.sub(b"", cell[1]), 1)


def _is_sheet(path: str) -> bool:
    return "worksheets/" in path and path.casefold().endswith(".xml")


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def plainly(error: BaseException) -> str:
    """What a library's error means to the person who sent the file, with its own words behind."""
    own = (str(error) or type(error).__name__).splitlines()[0][:120]
    meaning = next((told for kinds, told in _MEANINGS if isinstance(error, kinds)), "内容不能解析")
    return f"{meaning}（{own}）"


_MEANINGS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (zipfile.BadZipFile, "压缩包不完整，像是被截断或改动过"),
    ((zlib.error, EOFError, struct.error), "压缩的数据有误"),
    (ElementTree.ParseError, "不是完整的 XML"),
    (NotImplementedError, "压缩方式不支持"),
)
