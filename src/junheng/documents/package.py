"""The zip package of a .docx or .xlsx, made by anybody: what is read of it is bounded, and its XML expands nothing."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import cached_property
from typing import TypeAlias

from lxml import etree

from junheng.base.terms import Label
from junheng.documents import limits
from junheng.documents.errors import (
    DAMAGE,
    TRUNCATED,
    DamagedDocumentError,
    DocumentTooLargeError,
    EncryptedDocumentError,
    UnsafeDocumentError,
)

Element: TypeAlias = etree._Element

_ENTRIES = Label(zh="内部文件数 ", en="files inside:")
_PART = Label(zh="正文解开后 ", en="its text unpacks to")


class Package:
    """The parts of a package by name; each is unpacked only when asked for.

    Raises:
        DamagedDocumentError, DocumentTooLargeError: it cannot be opened.
    """

    def __init__(self, file: str, content: bytes) -> None:
        self.file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except DAMAGE as error:
            raise DamagedDocumentError(file=file, reason=TRUNCATED) from error
        count = len(self._zip.infolist())
        if count > limits.ENTRIES:
            raise DocumentTooLargeError(file=file, what=_ENTRIES, size=count, limit=limits.ENTRIES)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, without a slash before them."""
        return tuple(self._zip.namelist())

    def read(self, name: str) -> bytes:
        """A part, unpacked.

        Raises:
            DamagedDocumentError, EncryptedDocumentError, DocumentTooLargeError: it cannot be.
        """
        try:
            size = self._zip.getinfo(name).file_size  # zipfile reads no more than this, whatever really comes
            if size > limits.PART_BYTES:
                raise DocumentTooLargeError(
                    file=self.file, what=_PART, size=_megabytes(size), limit=_megabytes(limits.PART_BYTES)
                )
            return self._zip.read(name)
        except (KeyError, *DAMAGE) as error:
            raise DamagedDocumentError(file=self.file, reason=TRUNCATED) from error
        except RuntimeError as error:  # zipfile's way of saying that a part is encrypted
            raise EncryptedDocumentError(file=self.file) from error

    def root(self, name: str) -> Element:
        """The root element of an XML part.

        Raises:
            DamagedDocumentError, EncryptedDocumentError, DocumentTooLargeError, UnsafeDocumentError: it does not read.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        try:
            root = etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise DamagedDocumentError(file=self.file, reason=TRUNCATED) from error
        if root.getroottree().docinfo.doctype:
            raise UnsafeDocumentError(file=self.file, part=name)
        return root

    def related(self, source: str, kind: str) -> list[str]:
        """Names of the parts that ``source`` ("" for the package) has a relation to whose type ends in ``/kind``."""
        return [target for end, _, target in self._relations(source) if end.endswith(f"/{kind}")]

    def targets(self, source: str) -> dict[str, str]:
        """Id of a relation of ``source`` → name of the part it leads to."""
        return {name: target for _, name, target in self._relations(source)}

    def _relations(self, source: str) -> list[tuple[str, str, str]]:
        """Type, id and target of the relations to parts that are there."""
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.names:
            return []
        found = [
            (
                relation.get("Type", ""),
                relation.get("Id", ""),
                posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
            )
            for relation in self.root(relations)
        ]
        return [entry for entry in found if entry[2] in self.names]


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"
