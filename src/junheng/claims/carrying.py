"""What a figure's words leave out because the words before it have said it: 小学86所,在校生12000人."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from junheng.claims.mention import Mention
from junheng.claims.roles import Role
from junheng.claims.terms import terms

_BECAME = re.compile(
    r",?(?:20\d\d年)?(?:增加|增长|提高|上升|下降|减少|降低|提升|发展|扩大|压缩|缩小|降|升|增|减|变)(?:到|至|为|成)(?:了|约|近)?"
)
_BUILDINGS = ("栋", "幢", "座")  # 宿舍楼2栋,建筑面积4643平方米: of the building
_OF_SCHOOL = re.compile(r"学校|校舍|校园|占地")
_WHOLE_WORDS = re.compile(
    r"(?:目前,?)?(?:全[国省市州县区旗镇乡校]|我[省市县区镇校]|本[市县区校]|总|合计|共计|累计|[两三四五六七八]项)"
)


def carried(text: str, mentions: Sequence[Mention], about: frozenset[str]) -> list[Mention]:
    """The figures of one sentence with what they take over from those before them.

    Args:
        about: what the first figure of the paragraph is narrowed to, which later sentences may still mean.
    """
    context = _Context(_above(mentions), about)
    found: list[Mention] = []
    for read in mentions:
        mention = read
        previous = found[-1] if found else None
        between = text[previous.end : read.figure.start] if previous else ""
        if previous and ";" in text[previous.end : read.start]:
            context.new_clause()
        if previous and previous.past and _BECAME.fullmatch(between):
            mention = replace(  # 生均由4平方米提高到5.5平方米: the same quantity again
                read, kind=previous.kind, label=previous.label, named=previous.named, facets=previous.facets
            )
        if previous and previous.past and between in ("和", "、", "与", "及"):
            mention = replace(mention, past=True)
        found.append(context.taken_over(mention))
    return [_settled(mention, found) for mention in found]


def _settled(mention: Mention, sentence: Sequence[Mention]) -> Mention:
    """小学学生a人,教师b人;初中学生c人,教师d人: said of each stage in turn, the teachers are those of the stage."""
    parallel = (
        mention.loose
        and mention.carried
        and any(
            other.concept == mention.concept and other.carried and other.carried != mention.carried and not other.facets
            for other in sentence
        )
    )
    return replace(mention, loose=False) if parallel else mention


class _Context:
    """What the sentence has said so far."""

    def __init__(self, above: frozenset[str], about: frozenset[str]) -> None:
        self._above = above
        self._standing = above or about
        self._facets = above
        self._about = bool(about)
        self._parts: set[frozenset[str]] = set()
        self._seen: set[str] = set()
        self._counted: Mention | None = None  # whose concept goes on
        self._label: Mention | None = None  # whose unknown words go on
        self._scope = ""
        self._building = False

    def new_clause(self) -> None:
        self._facets = self._standing

    def taken_over(self, mention: Mention) -> Mention:
        mention = self._with_concept(self._with_facets(mention))
        self._scope = mention.scope or self._scope
        self._building = self._building or mention.figure.unit.word in _BUILDINGS
        mention = replace(mention, scope=self._scope)
        self._seen.add(mention.concept)
        if mention.role is Role.STATED and mention.concept:
            self._counted, self._label = mention, None
        elif mention.role is Role.STATED and mention.named.rest and not mention.implied and not mention.facets:
            self._counted, self._label = None, mention
        return mention

    def _with_facets(self, mention: Mention) -> Mention:
        if mention.facets:
            if all(facet.startswith("sex:") for facet in mention.facets):  # 七年级684人中,男生362人
                stands = frozenset(facet for facet in self._facets if facet.startswith(("stage:", "grade:")))
                mention = replace(mention, facets=mention.facets | stands, loose=bool(stands))
            self._facets = mention.facets
            self._parts.add(mention.facets)
            return mention
        whole = bool(_WHOLE_WORDS.match(mention.label))
        if len(self._parts) >= 2 and (whole or (mention.concept and mention.concept not in self._seen)):
            return mention  # 小学86所、初中19所,在校生60326人: once the parts are listed, the whole again
        if whole and self._above and any(_of_stage(part) and part != self._above for part in self._parts):
            self._facets = frozenset()  # 小学:86所;初中:19所;合计105所,在校生60326人
            return mention
        if self._facets:
            return replace(mention, carried=self._facets, loose=not whole and self._facets != self._above)
        of_building = self._building and mention.figure.unit.base == "area" and not _OF_SCHOOL.search(mention.label)
        return replace(mention, loose=(bool(self._parts) or self._about or of_building) and not whole)

    def _with_concept(self, mention: Mention) -> Mention:
        if mention.concept or mention.role is not Role.STATED or (mention.named.rest and not mention.facets):
            return mention
        unit, counted = mention.figure.unit, self._counted
        if counted and (terms().concepts[counted.concept].base == unit.base or unit.word == "个"):
            facets = mention.facets - terms().implied.get(counted.concept, frozenset())
            rest = mention.named.rest or counted.named.rest
            named = replace(mention.named, concept=counted.concept, others=counted.named.others, rest=rest)
            return replace(mention, named=named, facets=facets, implied=True)
        label = self._label
        if label and mention.facets and not mention.named.rest and label.figure.unit == unit:
            return replace(mention, named=replace(mention.named, rest=label.named.rest), implied=True)
        return mention


def _of_stage(facets: frozenset[str]) -> bool:
    return any(facet.startswith("stage:") for facet in facets)


def _above(mentions: Sequence[Mention]) -> frozenset[str]:
    """The one stage that the heading names; 义务教育 narrows nothing."""
    above = mentions[0].under if mentions else frozenset()
    return frozenset() if len(above) != 1 or above <= terms().neutral_facets else above
