"""The title of a report in lines: the same in every paged form of it."""

from __future__ import annotations

from junheng.reporting.report.runs import Text, words_of

_LINE = 20  # characters: 156 mm of 22 pt


def title_lines(title: Text) -> list[Text]:
    """A title too long for one line in two, as even as its runs allow, so that no single character is left over."""
    if len(words_of(title)) <= _LINE:
        return [title]
    halves = [(title[:at], title[at:]) for at in range(1, len(title))]
    longest = [max(len(words_of(half)) for half in pair) for pair in halves]
    if not halves or min(longest) > _LINE:
        return [title]
    return list(halves[longest.index(min(longest))])
