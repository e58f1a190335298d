"""The marked figures of a Word file, as they stand in it now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from junheng.reporting.report.report import Provenance
from junheng.reporting.report.runs import Figure
from junheng.reporting.word.archive import Archive
from junheng.reporting.word.controls import Places, controls
from junheng.reporting.word.errors import NotMarkedError, OtherMarksError
from junheng.reporting.word.marks import MarkList, line_of, read_list


@dataclass(frozen=True, slots=True)
class MarkedFigure:
    """A figure in a file.

    Attributes:
        figure: as it was when the file was written, with its exact value.
        text: the words of the control now.
        written: its words when the file was written.
        place: where it stands, for a person: the beginning of the paragraph, or caption and row of the table.
    """

    figure: Figure
    text: str
    written: str
    place: str

    @property
    def key(self) -> str:
        return self.figure.key

    @property
    def edited(self) -> bool:
        """Somebody wrote something else over it."""
        return self.text != self.written.strip()


@dataclass(frozen=True)
class MarkedReport:
    """What a Word file knows of itself.

    Attributes:
        report: id of the report.
        checksum: of the report as written.
        provenance: what it was made from.
        figures: in reading order, those of footnotes last; one for every place.
        removed: figures of the list that stand nowhere any more.
        small_print: what it says at its end it was made from, as it stands now: by what the line speaks of.
    """

    report: str
    checksum: str
    provenance: Provenance
    figures: tuple[MarkedFigure, ...]
    removed: tuple[Figure, ...]
    small_print: Mapping[str, str] = field(default_factory=dict)


def read_marked(path: str | Path) -> MarkedReport:
    """Read the marked figures of a file that ``write_word`` wrote and anybody may have edited.

    Raises:
        NotWordError: it is no .docx.
        TooLargeWordError: it unpacks to more than a report ever has.
        NotMarkedError: it has no figures of ours.
        OtherMarksError: its list of figures cannot be understood.
    """
    archive = Archive(path)
    _, marks = list_of(archive)
    places = Places()
    small_print: dict[str, str] = {}
    found, seen = [], set()
    for _, root in archive.texts():
        for control in controls(root):
            if (line := line_of(control.mark)) is not None:
                small_print[line] = control.lines
            elif (entry := marks.entries.get(control.mark)) is not None:
                seen.add(control.mark)
                place = places.of(control.element)
                found.append(MarkedFigure(entry.figure, control.text, entry.written, place))
    removed = tuple(entry.figure for mark, entry in marks.entries.items() if mark not in seen)
    return MarkedReport(marks.report, marks.checksum, marks.provenance, tuple(found), removed, small_print)


def list_of(archive: Archive) -> tuple[str, MarkList]:
    """The list of the figures of a file, and the name of its part.

    Raises:
        NotMarkedError: there is none.
        OtherMarksError: it cannot be understood.
    """
    for name, data in archive.custom():
        try:
            marks = read_list(data)
        except ValueError as error:
            raise OtherMarksError(path=archive.name, reason=error) from error
        if marks is not None:
            return name, marks
    raise NotMarkedError(path=archive.name)
