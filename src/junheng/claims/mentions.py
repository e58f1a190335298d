"""Read every figure of a text with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from junheng.claims.carrying import carried
from junheng.claims.entities import Entities
from junheng.claims.figures import Figure, find_figures
from junheng.claims.mention import Mention
from junheng.claims.mood import denied, mood_of
from junheng.claims.numerals import Form
from junheng.claims.respectively import Answer, respectively
from junheng.claims.roles import Part, Role, role_of
from junheng.claims.structure import Sentence, Structure
from junheng.claims.terms import Named, terms

_BOUNDARY = re.compile(r"[,。;:()“”\"《》\n\t|\[\]!?]")
# A school year is that in which it begins: 2022 of 2022-2023学年.
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年(?!级|[-至到])|(?:年?[-至到/](?:(?:19|20)?\d\d))?学年)")
_DATED = re.compile(
    r"(?:比|较|截至|截止)?(?:(?:19|20)\d\d|20[xX]{2})(?:-(?:19|20)\d\d)?(?:学)?年(?:度|底|末|秋季?|春季?|\d{1,2}月(?:\d{1,2}日)?)?(?:的)?"
)
_PART = re.compile(r"其中(?:包括|有|:)?|(?:^|[(,])含|包括|内含|里面")
_OPENING = re.compile(r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)]|[、和与及]+|其中(?:包括|有|:|、)?|并(?=[^且])")
_DISTRIBUTIVE = re.compile(
    r"(?:年均|月均|年平均|每年|每月)[^,。;、]{0,6}$"
    r"|各(?:有|设|建|配|新建|配备|安排|选派|投入)?[^,。;、]{0,3}$"
)
_FROM = re.compile(r"(?:由|从)[^,。;]{0,16}$")
_TO = re.compile(
    r"[^,。;\d]{0,8}(?:增加|增长|提高|上升|下降|减少|降低|提升|发展|扩大|压缩|缩小|降|升|增|减|变)(?:到|至|为|成)"
)
_FORMERLY = re.compile(r"(?:上年|去年|上一年|原来|此前|过去|[一二三四五]年前)的[^,。;]{0,3}$")
_PLACE = re.compile(r"^(?![全我本该各])[一-鿿]{1,4}[县区市旗州](?=现有|共有|有|共|在校|义务|学校|小学|初中|教师|总)")
_SCOPE = re.compile(r"(?:目前|现在|现|截至目前)?,?(?:全|我|本|该)(?P<whose>[国省市州县区旗镇乡校园])")
_ALIKE = str.maketrans({"区": "县", "旗": "县", "乡": "镇", "园": "校"})
_LEAD = re.compile(
    r"[;,](?P<stage>(?:小学|初中|普通高中|职业高中|高中|中职|中学|幼儿园|学前|特殊教育|城区|乡镇|农村)(?:部|阶段|教育|学校)?):$"
)
_LONGEST_LABEL = 26


def find_mentions(text: str, built: Structure) -> list[Mention]:
    """Every figure of a cleaned text that states a quantity, in order."""
    by_sentence: dict[int, list[Figure]] = {}
    for figure in find_figures(text):
        by_sentence.setdefault(built.at(figure.start), []).append(figure)
    entities = Entities(text, built)
    mentions: list[Mention] = []
    line, years, about = -1, dict[int, list[int]](), frozenset[str]()
    for index, figures in by_sentence.items():
        sentence = built.sentences[index]
        fresh = sentence.line != line
        if fresh:
            line, years, about = sentence.line, {}, frozenset()
        found = carried(text, list(_of_sentence(text, index, sentence, figures, entities, years)), about)
        if fresh:  # what a paragraph begins with, it may still mean in later sentences
            about = found[0].facets
        mentions.extend(found)
    return _own_subject(mentions, built)


def _own_subject(mentions: list[Mention], built: Structure) -> list[Mention]:
    """A chapter that begins with one school and speaks of no other place is about it: its name tells nothing apart."""
    names: dict[int, list[str]] = {}
    wider: set[int] = set()
    for mention in mentions:
        chapter = built.sentences[mention.sentence].chapter
        names.setdefault(chapter, []).append(mention.entity)
        if mention.scope and mention.scope != "校":
            wider.add(chapter)
    alone = {
        chapter: found[0]
        for chapter, found in names.items()
        if found[0] and chapter not in wider and not any(name not in ("", found[0]) for name in found)
    }
    return [
        replace(mention, entity="")
        if mention.entity and alone.get(built.sentences[mention.sentence].chapter) == mention.entity
        else mention
        for mention in mentions
    ]


def _of_sentence(
    text: str,
    index: int,
    sentence: Sentence,
    figures: Sequence[Figure],
    entities: Entities,
    years: dict[int, list[int]],
) -> Iterator[Mention]:
    answers = respectively(text, sentence.start, figures, years)
    previous_end = sentence.start
    for figure in figures:
        entity = entities.at(figure.start, sentence)
        yield _mention(text, figure, previous_end, answers.get(figure.start), index, sentence, entity)
        previous_end = figure.end


def _mention(
    text: str, figure: Figure, previous_end: int, answer: Answer | None, index: int, sentence: Sentence, entity: str
) -> Mention:
    before, after = text[sentence.start : figure.start], text[figure.end : sentence.end]
    start, label = _label(text, figure, previous_end, after)
    clause = re.split(r"[。;]", before)[-1]
    if answer is not None and answer.label:
        label = answer.label
    label = _PLACE.sub("", _DATED.sub("", label.replace(entity, "") if entity else label))
    label = re.sub(r"^(?:其中(?:包括|有|:)?|含|包括)", "", label)
    named = _with_unit(terms().named(label), figure)
    if answer is not None and answer.narrowed and not named.facets:
        named = replace(named, facets=terms().named(answer.narrowed).facets)
    years = _YEAR.findall(clause)
    return Mention(
        figure=figure,
        start=start,
        label=label,
        named=named,
        facets=named.facets,
        mood=mood_of(before, after, sentence.headings, rules=sentence.rules),
        denied=denied(after),
        year=answer.year if answer and answer.year else int(years[-1]) if years else None,
        entity=entity,
        sentence=index,
        depth=before.count("(") - before.count(")"),
        part=bool(_PART.search(before)),
        distributive=bool(_DISTRIBUTIVE.search(before)),
        scope=_scope(label),
        past=bool((_FROM.search(before) and _TO.match(after)) or _FORMERLY.search(before)),
        under=_stages_above(sentence),
        kind=_kind(figure, clause, label, answer),
        of=answer.of if answer else None,
        bare=bool(answer and answer.bare),
    )


def _label(text: str, figure: Figure, previous_end: int, after: str) -> tuple[int, str]:
    """Where the words of a figure begin, and those that say what it counts: before it, or after its counter."""
    boundary = previous_end
    for found in _BOUNDARY.finditer(text, previous_end, figure.start):
        boundary = found.end()
    if boundary == figure.start and boundary > previous_end and text[boundary - 1] == ":":
        boundary = previous_end
        for found in _BOUNDARY.finditer(text, previous_end, figure.start - 1):
            boundary = found.end()
    if lead := _LEAD.search(text, previous_end, boundary):  # …;初中:在校生9120人
        boundary = lead.start("stage")
    start = max(boundary, figure.start - _LONGEST_LABEL)
    if opening := _OPENING.match(text, start, figure.start):
        start = opening.end()
    label = text[start : figure.start].rstrip(":")
    follows = re.match(r"的?([^,。;:、()“”\"\n\t\d]{1,12})", after)
    if follows and figure.numeral.form is Form.PLAIN and figure.unit.counted:
        words = terms().named(follows[1])
        begins = next(terms().pattern.finditer(follows[1]), None)
        own = terms().named(label)
        if (
            (words.concept or (words.facets and figure.unit.base == "school"))
            and begins
            and begins.start() <= 5
            and not (own.concept and label.endswith(tuple(terms().by_word)))
        ):
            return start, label.rpartition("、")[2] + follows[1][: _end_of_terms(follows[1])]
    return start, label


def _end_of_terms(words: str) -> int:
    return max(found.end() for found in terms().pattern.finditer(words))


def _with_unit(named: Named, figure: Figure) -> Named:
    """A concept that is not counted in the figure's unit is not what it counts."""
    base = figure.unit.base
    concept = terms().concepts.get(named.concept)
    if concept is not None and figure.numeral.form is Form.PLAIN and base not in ("", "item", concept.base):
        others = [*named.others, named.concept]
        fitting = [other for other in others if terms().concepts[other].base == base]
        head = fitting[-1] if fitting and base in ("person", "book", "set", "class", "school") else ""
        named = replace(named, concept=head, others=tuple(other for other in others if other not in (head, "schools")))
    if concept is not None and base == "item" and named.trailing and concept.base != "room":
        return replace(named, concept="", others=())
    if not named.concept and base == "class":
        return replace(named, concept="classes")
    if not named.concept and base == "school" and named.facets:
        return replace(named, concept="schools")
    return named


def _kind(figure: Figure, clause: str, label: str, answer: Answer | None) -> Part:
    """Its role by the words before it; where they are far off in a list, by those of the list."""
    kind = role_of(figure, clause, label)
    if answer is None or not answer.label or kind.role not in (Role.STATED, Role.RATE):
        return kind
    return role_of(figure, clause + label, label)


def _scope(label: str) -> str:
    """全县 and 我县 are one county, 全校 and 我校 one school."""
    found = _SCOPE.match(label)
    return found["whose"].translate(_ALIKE) if found else ""


def _stages_above(sentence: Sentence) -> frozenset[str]:
    """小学阶段教育 above a paragraph says of whom its figures are."""
    for heading in reversed(sentence.headings):
        if len(heading) <= 14 and (stages := terms().stages(heading)):
            return stages
    return frozenset()
