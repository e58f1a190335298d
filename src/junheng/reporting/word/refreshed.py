"""New values for the marked figures of a Word file; all else stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from junheng.reporting.report.provenance import provenance_lines
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Figure, words_of
from junheng.reporting.word.archive import Archive
from junheng.reporting.word.controls import Control, Places, controls
from junheng.reporting.word.marked import MarkedFigure, list_of
from junheng.reporting.word.marks import line_of, write_list
from junheng.reporting.word.xml import printable, serialise


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
        small_print: whether the lines at the end that say what the report was made from are others now.
    """

    changed: tuple[Change, ...]
    unchanged: tuple[MarkedFigure, ...]
    gone: tuple[MarkedFigure, ...]
    edited: tuple[MarkedFigure, ...]
    small_print: bool = False


def refresh(
    path_in: str | Path, path_out: str | Path, figures: Mapping[str, Figure], *, made_again: Report | None = None
) -> Refreshed:
    """Write a file again with new values at its marks.

    Only the words of the marks and the list of figures change; every other part is copied as it is.

    Args:
        figures: by key; marks of other keys stay as they are.
        made_again: the report that the figures are from: the small print at the end then says what that was made from,
            and the file knows it for itself. Without it both stay what they were.

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
    rewritten = False
    for name, root in archive.texts():
        found = list(controls(root))
        touched = made_again is not None and _write_small_print(found, made_again)
        rewritten |= touched
        for control in found:
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
    made = marks if made_again is None else made_again
    archive.replace(list_name, write_list(entries, made.provenance, report=marks.report, checksum=made.checksum))
    archive.save(path_out)
    return Refreshed(tuple(changed), tuple(unchanged), tuple(gone), tuple(edited), rewritten)


def _write_small_print(found: Iterable[Control], report: Report) -> bool:
    """Put the lines of a report into their places; one that has no place yet stands below the line before it."""
    places = {line: control for control in found if (line := line_of(control.mark)) is not None}
    texts = dict.fromkeys(places, "")
    at = next(iter(places), None)
    for line, text in provenance_lines(report).items():
        at = line if line in places else at
        if at is not None:
            texts[at] = "\n".join(filter(None, (texts[at], printable(words_of(text)))))
    others = [line for line, control in places.items() if control.lines != texts[line]]
    for line in others:
        places[line].write(texts[line])
    return bool(others)
