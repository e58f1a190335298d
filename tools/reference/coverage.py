"""How much of every standard is known: a table of all of them, by region."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.standards.library import load_standard, standard_ids
from junheng.standards.model import Standard
from junheng.standards.regions import NATIONAL, provinces, region_code, region_label, region_of
from junheng.standards.tally import tally
from reference.language import Language
from reference.page import Page, code, page, table
from reference.standard_page import PURPOSES, file_of

_HEADS = (
    ("地区", "Region"),
    ("标准", "Standard"),
    ("名称", "Name"),
    ("用途", "Purpose"),
    ("规则", "Rules"),
    ("已见原文", "Seen"),
    ("推断", "Inferred"),
    ("一般了解", "General"),
    ("指标", "Indicators"),
    ("事项", "Items"),
    ("齐全", "Complete"),
    ("有未见", "Open"),
    ("未见处数", "Gaps"),
)


def pages(language: Language) -> Iterator[Page]:
    say = language.say
    standards = sorted(map(load_standard, standard_ids()), key=_national_first)
    intro = say(
        "每个标准已知多少。**规则**按可信程度分三类：已见原文、推断、一般了解。**齐全**是数值都已知的要求项数，**有未见**是有限值、"
        "分值或内容没有见到的项数，**未见处数**是没有见到的地方有几处：有关的学校或事项无法判定，不会猜一个数。"
        "见到原文的人可以写一个叠加标准补上，见[一小时写一个省的标准](../../how-to/new-province.md)。",
        "How much of each standard is known. **Rules** are counted by how sure we are of them: seen, inferred, "
        "general. **Complete** counts requirements whose values are all known, **open** those with a limit, points or "
        "content that was not found, **gaps** the places where something was not found: what depends on them cannot be "
        "judged, and is never guessed. Whoever has the document can fill them in by an overlay: see "
        "[a new province in an hour](../../how-to/new-province.md).",
    )
    heads = [say(*head) for head in _HEADS]
    blocks = [intro, table(heads, [_row(standard, language) for standard in standards]), *_missing(standards, language)]
    title = say("标准的覆盖情况", "How much of each standard is known")
    yield page("standards/coverage.md", language, title, "src/junheng_standards", *blocks)


def _national_first(standard: Standard) -> tuple[int, str]:
    region = region_of(standard.id)
    return (0 if region == NATIONAL else 1 if region_code(region) else 2), standard.id


def _row(standard: Standard, language: Language) -> tuple[object, ...]:
    known = tally(standard)
    return (
        language.of(region_label(region_of(standard.id))),
        f"[{code(standard.id)}]({file_of(standard.id)})",
        language.of(standard.label),
        language.say(*PURPOSES[standard.purpose]),
        known.rules,
        known.seen,
        known.inferred,
        known.general,
        known.indicators,
        known.items,
        known.complete,
        known.open,
        known.gaps,
    )


def _missing(standards: list[Standard], language: Language) -> Iterator[str]:
    """The provinces without a basic standard of their own."""
    there = {region_code(region_of(standard.id)) for standard in standards if standard.purpose == "gate"}
    names = [language.of(label) for province, label in provinces().items() if province not in there]
    yield language.say("## 还没有收录办学基本标准的省份", "## Provinces without a basic standard yet")
    yield language.say("、", ", ").join(names)
