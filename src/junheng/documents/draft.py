"""A document while it is read: piece after piece, each on a line of its own."""

from __future__ import annotations

from junheng.base.terms import Label
from junheng.documents import limits
from junheng.documents.document import Cell, Document, Kind, Piece
from junheng.documents.errors import DocumentTooLargeError

CHARACTERS = Label(zh="字数 ", en="characters:")


class Draft:
    """Collects the pieces of a file's text.

    Args:
        file: its name, for errors.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._words: list[str] = []
        self._pieces: list[Piece] = []
        self.length = 0

    def add(
        self, words: str, kind: Kind = Kind.BODY, *, level: int = 0, cell: Cell | None = None, place: str = ""
    ) -> int | None:
        """Put a piece at the end.

        Returns:
            Where it begins; None when it is blank, which is left out.

        Raises:
            DocumentTooLargeError: the text grows beyond any report.
        """
        if not words.strip():
            return None
        start = self.length
        self._words.append(words)
        self._pieces.append(Piece(start, start + len(words), kind, level, cell, place))
        self.length = start + len(words) + 1
        refuse_endless(self._file, self.length)
        return start

    def document(self) -> Document:
        """What was collected; the caller says what to do about a document without pieces."""
        return Document(self._file, "".join(f"{words}\n" for words in self._words), tuple(self._pieces))


def refuse_endless(file: str, characters: int) -> None:
    """Raise for a text that is longer than any report.

    Raises:
        DocumentTooLargeError: it is.
    """
    if characters > limits.CHARACTERS:
        raise DocumentTooLargeError(file=file, what=CHARACTERS, size=characters, limit=limits.CHARACTERS)
