"""Lists of figures that answer to a list of things, in its order: 小学、初中分别为86所、19所."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.claims.figures import Figure
from junheng.claims.numerals import chinese_number
from junheng.claims.terms import terms

_JOINT = re.compile(r"[、,和与及/]|以及|,分别|并")
_YEARS = re.compile(r"(?P<first>(?:19|20)\d\d)年?(?:[-至到]|—)(?P<last>(?:19|20)\d\d)年")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年|[、,和与])")
_ITEMS = re.compile(r"[、和与及]|以及")
_WHEN = re.compile(
    r"(?:(?:19|20)\d\d年?[-至到、和与,]*)+(?:年[度末]?)?"
    r"|(?:近|连续|过去|最近|前|这)?[两二三四五]年(?:来|间)?|(?:上|去|今|本)年"
)
_RUN_OF_YEARS = re.compile(r"(?:近|连续|过去|最近|前|这)([两二三四五])年|([两二三四五])年(?:$|[来间])")
_OPENS_PARTS = re.compile(r"其中|中[,:]|含|包括")  # what stands before is the whole, and none of the list
_FIGURE = re.compile(r"\d[\d.,]*(?:万|亿)?(?:元|人|名|所|%|平方米|册|台|个|间)")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a figure of such a list answers to: a label, or a year."""

    label: str
    year: int | None
    of: int | None = None  # offset of the figure it answers to, where the list answers to figures
    bare: bool = False  # a list whose things are not named
    narrowed: str = ""  # what an earlier list of the sentence says of whom it is: 小学 of 小学、初中…分别为


def respectively(
    text: str, start: int, figures: Sequence[Figure], years: dict[int, list[int]] | None = None
) -> Mapping[int, Answer]:
    """Offsets of figures in lists → what they answer to.

    Args:
        text: the cleaned text; ``start`` where the sentence begins; ``figures`` those of the sentence.
        years: years of earlier lists of the paragraph by their number, which 三年 without years takes up; added to.
    """
    years = {} if years is None else years
    answers: dict[int, Answer] = {}
    items: list[Answer] = []
    if not figures:
        return answers
    end = figures[-1].end
    for found in re.finditer("分别|依次|各(?=占|为)", text[start:end]):
        here = start + found.start()
        run = _run(text, [figure for figure in figures if figure.start > here])
        if len(run) < 2 or run[0].start - here > 24:
            continue
        named = _named(text[start:here], len(run), years)
        before = _run_before(text, here, figures)
        if not named and len(before) == len(run):
            whose = [item.label for item in items] if len(items) == len(run) else [""] * len(run)
            for figure, other, words in zip(run, before, whose, strict=True):
                answers[figure.start] = Answer("", None, of=other.start, narrowed=words)
            continue
        items = named or (items if len(items) == len(run) else [])
        if not items:
            in_years = len(run) >= 3 and re.match(r"[^。;]{0,20}?(?:逐年|连年|年年|每年)", text[run[-1].end : end + 40])
            for place, figure in enumerate(run, start=1):
                answers[figure.start] = Answer("", place if in_years else None, bare=not in_years)
            continue
        if not named and items[0].year is not None:
            answers.update({figure.start: Answer("", item.year) for figure, item in zip(run, items, strict=True)})
            continue
        between = re.sub(r"^(?:分别|依次|各)(?:为|是|达到?|有|占|约)*", "", text[here : run[0].start])
        for figure, item in zip(run, items, strict=True):
            answers[figure.start] = Answer(item.label + between, item.year)
    return {**answers, **_of_years(text, start, figures, answers, years)}


def _of_years(
    text: str, start: int, figures: Sequence[Figure], answered: Mapping[int, Answer], known: dict[int, list[int]]
) -> Mapping[int, Answer]:
    """Lists that answer to years without 分别: 2021年、2022年投入3.2亿元、3.5亿元; and lists beside one that does."""
    answers: dict[int, Answer] = {}
    years: list[int] = []
    place = 0
    while place < len(figures):
        run = _run(text, figures[place:])
        place += len(run)
        if any(figure.start in answered for figure in run):
            found = [answered[figure.start].year for figure in run if figure.start in answered]
            years = [year for year in found if year is not None]
            continue
        clause = re.split(r"[,;。:(]", text[start : run[0].start])[-1]
        own = _listed_years(clause, len(run), known) if len(run) >= 2 else []
        if own or (2 <= len(run) == len(years)):
            years = own or years
            label = _without_years(clause)
            answers.update({figure.start: Answer(label, year) for figure, year in zip(run, years, strict=True)})
        if ";" in text[run[-1].end : figures[place].start if place < len(figures) else run[-1].end]:
            years = []
    return answers


def _without_years(clause: str) -> str:
    return _WHEN.sub("", clause).strip("的、和与")


def _run(text: str, figures: Sequence[Figure]) -> list[Figure]:
    run: list[Figure] = []
    for figure in figures:
        if run and not _JOINT.fullmatch(text[run[-1].end : figure.start]):
            break
        run.append(figure)
    return run


def _run_before(text: str, here: int, figures: Sequence[Figure]) -> list[Figure]:
    """The list of figures that ends just before ``here``: each with at most its own few words between."""
    run: list[Figure] = []
    for figure in reversed([figure for figure in figures if figure.end <= here]):
        after = run[-1].start if run else here
        between = text[figure.end : after]
        alike = not run or (figure.unit.base == run[-1].unit.base and figure.numeral.form is run[-1].numeral.form)
        if (
            not alike
            or len(between) > 14
            or re.search(r"[。;]|合计|共计|总计|分别|依次|[,、]共", between)
            or (run and _OPENS_PARTS.search(between))
            or (run and not re.search(r"[、,和与及]", between))
        ):
            break
        run.append(figure)
    run.reverse()
    return run


def _named(before: str, count: int, known: dict[int, list[int]]) -> list[Answer]:
    """The last ``count`` things listed before 分别; empty when the words list another number of them."""
    if years := _listed_years(before, count, known):
        clause = re.split(r"[,;。:(]", before)[-1]
        label = _without_years(clause)
        return [Answer(label, year) for year in years]
    clauses = re.split(r"[,;。:(]", before)
    for used in (1, 2):
        clause = "".join(clauses[-used:]) if used == 1 else clauses[-2] if len(clauses) > 1 else ""
        items = [item for item in _ITEMS.split(clause) if item]
        if len(items) == count and not any(_FIGURE.search(item) for item in items):
            after = clauses[-1] if used == 2 else ""
            return [Answer(label + after, None) for label in _with_tail(items)]
    return []


def _listed_years(before: str, count: int, known: dict[int, list[int]]) -> list[int]:
    if ranges := list(_YEARS.finditer(before)):
        first, last = int(ranges[-1]["first"]), int(ranges[-1]["last"])
        if last - first + 1 == count:
            known[count] = list(range(first, last + 1))
            return known[count]
    listed = [int(found.group()) for found in _YEAR.finditer(before)]
    if len(listed) >= count and len(set(listed[-count:])) == count:
        known[count] = listed[-count:]
        return known[count]
    if (found := _RUN_OF_YEARS.search(before)) and _count(found[1] or found[2]) == count:
        return known.get(count) or list(range(1, count + 1))  # only their order is known
    return []


def _count(word: str) -> int:
    return chinese_number(word) or 0


def _with_tail(items: list[str]) -> list[str]:
    """小学、初中在校生 → 小学在校生, 初中在校生."""
    vocabulary = terms()
    last = items[-1]
    facet = next((found for found in vocabulary.pattern.finditer(last) if found.group() in vocabulary.facets), None)
    tail = last[facet.end() :] if facet else ""
    if facet is None:  # 甲、乙两校学生: from what is counted on
        concept = next((found for found in vocabulary.pattern.finditer(last)), None)
        tail = last[concept.start() :] if concept else ""
    if not tail:
        return items
    return [item if vocabulary.named(item).concept else item + tail for item in items[:-1]] + [last]
