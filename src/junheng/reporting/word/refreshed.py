"""New values for the marked figures of a Word file; all else stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from junheng.reporting.report.runs import Figure
from junheng.reporting.word.archive import Archive
from junheng.reporting.word.controls import Places, controls
from junheng.reporting.word.marked import MarkedFigure, list_of
from junheng.reporting.word.marks import write_list
from junheng.reporting.word.xml import serialise


@dataclass(frozen=True, slots=True)
class Change:
    """A place whose words are others now.

    Attributes:
        before: as it stood in the file: key, old words, place.
        text: its words now.
    """

    before: MarkedFigure
    text: str


@dataclass(frozen=True)
class Refreshed:
    """What was done, place by place in reading order.

    Attributes:
        changed: has other words now.
        unchanged: says the same as before.
        gone: left as it was: nobody knows the key any more.
        edited: of those above that were asked for, the ones that somebody had written over by hand.
    """

    changed: tuple[Change, ...]
    unchanged: tuple[MarkedFigure, ...]
    gone: tuple[MarkedFigure, ...]
    edited: tuple[MarkedFigure, ...]


def refresh(path_in: str | Path, path_out: str | Path, figures: Mapping[str, Figure]) -> Refreshed:
    """Write a file again with new values at its marks.

    Only the words of the marks and the list of figures change; every other part is copied as it is. What the small
    print at the end says of the data stays what it was: a person decides whether the letter is still true.

    Args:
        figures: by key; marks of other keys stay as they are.

    Raises:
        NotWordError: the file is no .docx.
        TooLargeWordError: it unpacks to more than a report ever has.
        NotMarkedError: it has no figures of ours.
        OtherMarksError: its list of figures cannot be understood.
        OSError: the place cannot be written to.
    """
    archive = Archive(path_in)
    list_name, marks = list_of(archive)
    entries = dict(marks.entries)
    places = Places()
    changed, unchanged, gone, edited = [], [], [], []
    for name, root in archive.texts():
        touched = False
        for control in controls(root):
            entry = marks.entries.get(control.mark)
            if entry is None:
                continue
            was = MarkedFigure(entry.figure, control.text, entry.written, places.of(control.element))
            figure = figures.get(was.key)
            if figure is None:
                gone.append(was)
                continue
            text = entry.printed(figure)
            entries[control.mark] = replace(entry, figure=figure, written=text)
            if was.edited:
                edited.append(was)
            if was.text == text:
                unchanged.append(was)
                continue
            control.write(text)
            touched = True
            changed.append(Change(was, text))
        if touched:
            archive.replace(name, serialise(root))
    archive.replace(list_name, write_list(entries, marks.provenance, report=marks.report, checksum=marks.checksum))
    archive.save(path_out)
    return Refreshed(tuple(changed), tuple(unchanged), tuple(gone), tuple(edited))
