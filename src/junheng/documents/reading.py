"""Read a document that somebody wrote: its content says what it is; only kinds of text are told apart by name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum, auto
from pathlib import Path

from junheng.base.terms import Label
from junheng.documents import limits
from junheng.documents.document import Document
from junheng.documents.errors import (
    DAMAGE,
    NO_TEXT_PART,
    OTHER_CONTENT,
    TRUNCATED,
    DamagedDocumentError,
    DocumentTooLargeError,
    EmptyDocumentError,
    EncryptedDocumentError,
    ReaderMissingError,
    UnsupportedDocumentError,
)
from junheng.documents.text import read_markdown, read_text

SUFFIXES = (".docx", ".doc", ".pdf", ".txt", ".md", ".html", ".htm", ".xlsx")


class _Kind(Enum):
    """What is read."""

    WORD = auto()
    OLD_WORD = auto()
    PDF = auto()
    WORKBOOK = auto()
    HTML = auto()
    MARKDOWN = auto()
    TEXT = auto()


_BYTES = Label(zh="有 ", en="it has")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TEXTS = {
    "": _Kind.TEXT, ".txt": _Kind.TEXT, ".md": _Kind.MARKDOWN, ".markdown": _Kind.MARKDOWN,
    ".html": _Kind.HTML, ".htm": _Kind.HTML, ".xhtml": _Kind.HTML,
}  # fmt: skip
# How the name of a part of a zip package begins → what the file is.
_PACKAGES: tuple[tuple[str, _Kind | Label], ...] = (
    ("word/", _Kind.WORD),
    ("xl/workbook.bin", Label(zh="Excel 二进制工作簿（.xlsb）", en="a binary workbook (.xlsb)")),
    ("xl/", _Kind.WORKBOOK),
    ("ppt/", Label(zh="演示文稿", en="a presentation")),
    ("content.xml", Label(zh="OpenDocument 文件（.odt、.ods）", en="an OpenDocument file (.odt, .ods)")),
    ("OFD.xml", Label(zh="OFD 版式文件", en="an OFD file")),
)
_ARCHIVE = Label(zh="压缩包", en="an archive")
_OLD_BOOK = Label(zh="旧版 Excel（.xls）或 WPS 表格（.et）", en="an old Excel workbook (.xls)")
_OLD_OTHER = Label(zh="旧版 Office 文件", en="an old Office file")
_PICTURE = Label(zh="图片", en="a picture")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")


def read_document(path: str | Path, *, name: str = "") -> Document:
    """Read a Word, PDF, text, Markdown, HTML or Excel file.

    Args:
        name: what the file is called for people; the name of ``path`` when empty.

    Raises:
        UnsupportedDocumentError: it is of another kind.
        DamagedDocumentError, UnsafeDocumentError: it does not read.
        EncryptedDocumentError: it has a password.
        EmptyDocumentError, ScannedDocumentError: there is no text in it.
        DocumentTooLargeError: it holds more than any report.
        OldWordError: it is a .doc, and nothing here converts it.
        ReaderMissingError: the extra ``claims`` is not installed.
        OSError: it is not there.
    """
    path = Path(path)
    file = name or path.name
    size = path.stat().st_size
    if size > limits.FILE_BYTES:
        limit = f"{limits.FILE_BYTES >> 20} MB"
        raise DocumentTooLargeError(file=file, what=_BYTES, size=f"{size / 2**20:.0f} MB", limit=limit)
    content = path.read_bytes()
    if not content.strip():
        raise EmptyDocumentError(file=file)
    try:
        document = _read(_kind(file, content), file, content)
    except ModuleNotFoundError as error:
        module = str(error.name)
        if module.partition(".")[0] == "junheng":
            raise
        raise ReaderMissingError(file=file, module=module) from error
    if not document.pieces:
        raise EmptyDocumentError(file=file)
    return document


def _read(kind: _Kind, file: str, content: bytes) -> Document:
    # Imported only where needed: text is read without any package, and the command line starts fast.
    match kind:
        case _Kind.WORD:
            from junheng.documents.word import read_word

            return read_word(file, content)
        case _Kind.OLD_WORD:
            from junheng.documents.old_word import read_old_word

            return read_old_word(file, content)
        case _Kind.PDF:
            from junheng.documents.pdf import read_pdf

            return read_pdf(file, content)
        case _Kind.WORKBOOK:
            from junheng.documents.workbook import read_workbook

            return read_workbook(file, content)
        case _Kind.HTML:
            from junheng.documents.html import read_html

            return read_html(file, content)
        case _Kind.MARKDOWN:
            return read_markdown(file, content)
        case _Kind.TEXT:
            return read_text(file, content)


def _kind(file: str, content: bytes) -> _Kind:
    """What a file is.

    Raises:
        UnsupportedDocumentError, DamagedDocumentError, EncryptedDocumentError: nothing that is read.
    """
    suffix = Path(file).suffix.lower()
    if content.startswith(b"PK"):
        return _package_kind(file, content)
    if content.startswith(_OLE):
        return _old_kind(file, content)
    if b"%PDF-" in content[:1024]:
        return _Kind.PDF
    if content.startswith(b"{\\rtf"):
        return _Kind.OLD_WORD
    if content.startswith(_PICTURES):
        raise UnsupportedDocumentError(file=file, kind=_PICTURE)
    if suffix in _TEXTS or _PAGE.match(content):
        return _TEXTS.get(suffix, _Kind.HTML)
    if suffix in SUFFIXES:
        raise DamagedDocumentError(file=file, reason=OTHER_CONTENT)
    raise UnsupportedDocumentError(file=file, kind=Label(zh=f" {suffix} 文件", en=f"a {suffix} file"))


def _package_kind(file: str, content: bytes) -> _Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except DAMAGE as error:
        raise DamagedDocumentError(file=file, reason=TRUNCATED) from error
    for start, kind in _PACKAGES:
        if any(name.startswith(start) for name in names):
            if isinstance(kind, Label):
                raise UnsupportedDocumentError(file=file, kind=kind)
            return kind
    if not names or Path(file).suffix.lower() in SUFFIXES:
        raise DamagedDocumentError(file=file, reason=NO_TEXT_PART)
    raise UnsupportedDocumentError(file=file, kind=_ARCHIVE)


def _old_kind(file: str, content: bytes) -> _Kind:
    """What an OLE file is, by the names of the streams in it; an encrypted .docx or .xlsx is in one too."""
    if _stream("EncryptedPackage") in content:
        raise EncryptedDocumentError(file=file)
    if _stream("WordDocument") in content:
        return _Kind.OLD_WORD
    if _stream("Workbook") in content or _stream("Book") in content:
        raise UnsupportedDocumentError(file=file, kind=_OLD_BOOK)
    raise UnsupportedDocumentError(file=file, kind=_OLD_OTHER)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"
