"""The title of a report in lines: the same in every paged form of it."""

from __future__ import annotations

from junheng.reporting.report.runs import Name, Quote, Text, words_of

_LINE = 20  # characters: 156 mm of 22 pt
_DIGIT = 0.56  # of a character
_NOT_LAST, _NOT_FIRST = "（《“、", "）》”、，：0123456789"


def title_lines(title: Text) -> list[Text]:
    """A title too long for one line in two of about one length, so that no single character is left over.

    It is cut between its runs, or where that does not help within one; one longer than two lines is left as it is.
    """
    if _ems(title) <= _LINE:
        return [title]
    for halves in (_between(title), _within(title)):
        if fitting := [pair for pair in halves if _longer(pair) <= _LINE]:
            first, second = min(fitting, key=_longer)
            return [first, second]
    return [title]


def _between(title: Text) -> list[tuple[Text, Text]]:
    return [(title[:at], title[at:]) for at in range(1, len(title))]


def _within(title: Text) -> list[tuple[Text, Text]]:
    found = []
    for at, run in enumerate(title):
        if not isinstance(run, str | Name | Quote):
            continue
        words = str(run)
        for cut in range(1, len(words)):
            if words[cut - 1] in _NOT_LAST or words[cut] in _NOT_FIRST:
                continue
            first, second = (_like(run, part) for part in (words[:cut], words[cut:]))
            found.append(((*title[:at], first), (second, *title[at + 1 :])))
    return found


def _like(run: str | Name | Quote, words: str) -> str | Name | Quote:
    match run:
        case Name():
            return Name(words, run.kind)
        case Quote():
            return Quote(words)
        case _:
            return words


def _longer(halves: tuple[Text, Text]) -> float:
    return max(_ems(half) for half in halves)


def _ems(text: Text) -> float:
    return sum(_DIGIT if char < "\x7f" else 1 for char in words_of(text))
