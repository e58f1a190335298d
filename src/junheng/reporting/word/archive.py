"""A Word file as its parts: read whole, and written again with all that was not touched as it was."""

from __future__ import annotations

import io
import posixpath
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from junheng.reporting.word.errors import DAMAGED, NO_DOCUMENT, NotWordError
from junheng.reporting.word.package import check_size
from junheng.reporting.word.xml import Element, parse

_DOCUMENT, _NOTES = "/officeDocument", "/footnotes"  # how the names of these relations end, in either dialect
_CUSTOM = "customXml/"


class Archive:
    """The parts of a Word file by name.

    Raises:
        NotWordError: the file cannot be opened.
        TooLargeWordError: it unpacks to more than a report ever has.
    """

    def __init__(self, path: str | Path) -> None:
        self.name = Path(path).name
        check_size(Path(path))
        try:
            with ZipFile(path) as archive:
                self._entries = archive.infolist()
                self._data = {entry.filename: archive.read(entry) for entry in self._entries}
        except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
            raise NotWordError(path=self.name, reason=DAMAGED) from error

    def texts(self) -> Iterator[tuple[str, Element]]:
        """Name and root of the document and its footnotes.

        Raises:
            NotWordError: there is no document in it.
        """
        document = self._related("_rels/.rels", "", _DOCUMENT)
        if document is None or document not in self._data:
            raise NotWordError(path=self.name, reason=NO_DOCUMENT)
        yield document, self._root(document)
        folder, file = posixpath.split(document)
        notes = self._related(f"{folder}/_rels/{file}.rels", folder, _NOTES)
        if notes is not None and notes in self._data:
            yield notes, self._root(notes)

    def custom(self) -> Iterator[tuple[str, bytes]]:
        """Name and content of the custom XML parts."""
        for name, data in self._data.items():
            if name.startswith(_CUSTOM) and name.endswith(".xml"):
                yield name, data

    def replace(self, name: str, data: bytes) -> None:
        """Other content for a part."""
        self._data[name] = data

    def save(self, path: str | Path) -> None:
        """Write all parts in their old order.

        Raises:
            OSError: the place cannot be written to.
        """
        file = io.BytesIO()
        with ZipFile(file, "w") as archive:
            for entry in self._entries:
                archive.writestr(entry, self._data[entry.filename])
        Path(path).write_bytes(file.getvalue())

    def _root(self, name: str) -> Element:
        try:
            return parse(self._data[name])
        except etree.XMLSyntaxError as error:
            raise NotWordError(path=self.name, reason=DAMAGED) from error

    def _related(self, relations: str, folder: str, kind: str) -> str | None:
        """The name of the part that a relation of a kind leads to."""
        if relations not in self._data:
            return None
        for relation in self._root(relations):
            if relation.get("Type", "").endswith(kind):
                target = relation.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        return None
