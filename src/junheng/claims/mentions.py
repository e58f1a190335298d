"""Figures with what they count, of whom, when, and how they are meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from junheng.claims.figures import Figure, find_figures
from junheng.claims.mood import Mood, denied, mood_of
from junheng.claims.numerals import Form
from junheng.claims.respectively import Answer, respectively
from junheng.claims.structure import Sentence, Structure
from junheng.claims.terms import Named, terms


class Role(StrEnum):
    """What a figure is among the others."""

    STATED = "stated"
    EACH = "each"  # 生均, 每百名学生, 班均
    SHARE = "share"  # 占…的…%
    RATE = "rate"  # 入学率…%
    CHANGE = "change"  # 比上年增加…
    GROWTH = "growth"  # 增长…%
    RATIO = "ratio"  # 师生比


@dataclass(frozen=True, slots=True)
class Each:
    """For whom an average is: ``per`` of the concepts ``of``, of which the first that the report states is taken."""

    of: tuple[str, ...]
    per: int = 1


_EACH = (
    (r"每百名?(?:在校)?(?:学生|生)|百名学生|每百生|百生均?|生均每百", Each(("pupils",), 100)),
    (r"每万(?:名)?(?:常住)?(?:人口|人)", Each(("residents",), 10_000)),
    (r"住宿生(?:生均|人均)|寄宿生(?:生均|人均)|每名(?:住宿|寄宿|住校)生", Each(("boarders",))),
    (r"生均|每生(?!每年)|每[名个位](?:在校)?学生(?:平均)?|平均每[名个位](?:在校)?学生|学生人均|生平均", Each(("pupils",))),
    (r"师均|教师人均|平均每[名位个]教师|每[名位]教师平均", Each(("full_time_teachers", "teachers", "staff"))),
    (r"班均|平均每个?(?:教学)?班(?:级)?|每个?(?:教学)?班(?:级)?平均|平均班额|班额平均|平均班级(?:人数|规模)|班级平均", Each(("classes",))),
    (r"校均|平均每[所个]?(?:学)?校|每所?(?:学)?校平均", Each(("schools",))),
    (r"人均", Each(("residents", "pupils", "staff", "teachers"))),
)
_EACH_WORDS = tuple((re.compile(words), each) for words, each in _EACH)
_EACH_UNITS = {"生": _EACH[3][1], "学生": _EACH[3][1], "百生": _EACH[0][1], "百名学生": _EACH[0][1], "班": _EACH[5][1], "校": _EACH[6][1]}
_SHARE = re.compile(
    r"占(?!地|到位)(?P<base>[^,。;:占]*?)(?:总数|总量|总人数)?(?:的)?(?:比例|比重|百分比|比)?(?:为|达到?|是|约|近|将近|高达|超过|不足|超|仅|突破|了|已|大约|接近|到)*$"
)
PREVIOUS = "<"  # base of a share whose whole is the figure just before it: 年度计划2.5亿元的95.2%
_OF_PREVIOUS = re.compile(r"\d(?:万|亿)?[一-鿿]{0,3}的$")
_RATE = re.compile(r"(?:率|比例|比重|占比|百分比)(?:均|都|分别|已|仍|也|就|始终|一直|稳定|保持)*(?:为|达到?|是|约|在|到|有|近|将近|高达|超过|升至|提高到|提升到|提升至|提高至|上升到|增加到)*了?$")
_VERB = r"(?P<up>增长|增加|上升|提高|提升|增幅|增收|净增|多|高|增)|(?P<down>下降|减少|降低|降幅|减幅|回落|少|低|减)"
_CHANGE = re.compile(rf"(?:{_VERB})(?:率|幅度?)?(?:了|为|达到?|分别为?|约|近|超过)*$")
_COMPARED = re.compile(r"比|较|同比|环比|上年|去年|增[长加幅]|减少|下降|净增|提高|上升|降低|高出|高于")
_RATIO = re.compile(
    r"(?P<ratio>师生比|生师比|师生之比|学生与教职工之比|学生与教师之比|教师与学生之比|教职工与学生之比|生机比|机生比|人机比|师机比|班师比|师班比|生均?计算机比)"
)
_BOUNDARY = re.compile(r"[,。;:()“”\"《》\n\t|\[\]!?]")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年(?!级|[-至到])")
_ENTITY = re.compile(
    r"(?:^|[,;:。、]|的)(?:其中|而|如|例如|以|像|目前|现在|今年)?(?P<name>[一-鿿]{2,9}?(?:小学|中学|学校|完小|中心校|[一二三四五六七八九十][中小]|幼儿园|镇|乡|街道|初中))"
    r"(?=:|现有|共有|有|占地|位于|地处|始建|设|是|为|投入|新建|校园|建筑|在校|总|教职工|专任|学生|生均|图书|班额|每|只有|仅)"
)
_NAMED_HEADING = re.compile(
    r"(?:[一二三四五六七八九十\d]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|-{1,2})?(?P<name>[一-鿿]{2,10}(?:小学|中学|学校|完小|中心校|[一二三四五六七八九十][中小]|幼儿园|镇|乡|街道))"
)
_WHOLE_AGAIN = re.compile(r"^(?:目前,?)?(?:全|我|本|[一二两三四五六七八九十]+)[县区市镇乡校]")
_GENERIC = re.compile(
    r"^(?:全[县区市镇乡州省旗]|我[县区市镇乡校]|本[县区市校]|[县区市]域?内?|各|所有|农村|城区|县城|乡镇|城乡|民办|公办|普通|高级|初级|完全|九年|寄宿|特殊|职业|其他|新建|改建|薄弱|村|每|共|现|小学|中小|义务|有|个|所|和|及|等|在|对|将|由|为|辖|城|乡|该|其|这|涉|实施|改造|建设|投入|安排|通过|完成|\d).*"
)
_PART = re.compile(r"其中(?:包括|有|:)?|(?:^|[(,])含|包括|内含|里面")
_OPENING = re.compile(r"\(?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.)]|[、和与及]+|其中(?:包括|有|:|、)?|并(?=[^且])")
_WHOLE_WORDS = re.compile(r"(?:目前,?)?(?:全[国省市州县区旗镇乡校]|我[省市县区镇校]|本[市县区校])")
_DATED = re.compile(r"(?:比|较|截至|截止)?(?:(?:19|20)\d\d|20[xX]{2})(?:-(?:19|20)\d\d)?(?:学)?年(?:度|底|末|秋季?|春季?|\d{1,2}月(?:\d{1,2}日)?)?(?:的)?")
_LONGEST_LABEL = 26
_DISTRIBUTIVE = re.compile(r"各(?:有|设|建|配|新建|配备|安排|选派|投入)?[^,。;、]{0,3}$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure in its sentence.

    Attributes:
        start: where its words begin in the cleaned text; they end at ``figure.end``.
        label: the words that say what is counted.
        facets: what its own words narrow it to; ``carried``: what the words before it in the sentence do.
        each: for whom an average is; only ``Role.EACH``.
        base: the words after 占; only ``Role.SHARE``.
        direction: 1 up, -1 down; only changes and growth.
        ratio: the words of a ratio (师生比).
        entity: the one school or town it is about; empty for the report's own subject.
        sentence: index of its sentence; ``depth`` of the brackets around it.
        part: 其中 or 含 stands before it in the sentence; ``distributive``: 各 does.
        of: offset of the figure that it answers to in a list (a、b,分别占p、q: p answers to a).
        implied: its own words name no concept; it goes on with that of the figure before it.
        under: stages that the heading above it names.
        loose: its words narrow nothing, those before it in the sentence do: it may be of the part or of the whole.
    """

    figure: Figure
    start: int
    label: str
    named: Named
    facets: frozenset[str]
    carried: frozenset[str]
    role: Role
    mood: Mood
    denied: bool
    year: int | None
    entity: str
    sentence: int
    depth: int
    part: bool
    distributive: bool
    each: Each | None = None
    base: str = ""
    direction: int = 0
    ratio: str = ""
    of: int | None = None
    implied: bool = False
    under: frozenset[str] = frozenset()
    loose: bool = False

    @property
    def concept(self) -> str:
        return self.named.concept

    @property
    def end(self) -> int:
        return self.figure.end

    @property
    def value_known(self) -> bool:
        return self.figure.numeral.value is not None


def find_mentions(text: str, built: Structure) -> list[Mention]:
    """Every figure of a cleaned text that states a quantity, in order."""
    by_sentence: dict[int, list[Figure]] = {}
    for figure in find_figures(text):
        by_sentence.setdefault(built.at(figure.start), []).append(figure)
    mentions: list[Mention] = []
    entity, line = "", -1
    years: dict[int, list[int]] = {}
    about: frozenset[str] = frozenset()
    first_of_line = True
    for index, figures in by_sentence.items():
        sentence = built.sentences[index]
        if sentence.line != line:
            entity, line, years, about = _heading_entity(sentence), sentence.line, {}, frozenset()
            first_of_line = True
        of_sentence = _of_sentence(text, index, sentence, figures, entity, years)
        entity = of_sentence[-1].entity if of_sentence else entity
        mentions.extend(_carried(text, of_sentence, about))
        if of_sentence and first_of_line:  # what a paragraph begins with, it may still mean in later sentences
            about, first_of_line = of_sentence[0].facets, False
    return _own_subject(mentions, built)


def _heading_entity(sentence: Sentence) -> str:
    """The school or town that the nearest heading is the name of."""
    for heading in reversed(sentence.headings):
        found = _NAMED_HEADING.fullmatch(heading)
        if found and not _GENERIC.match(found["name"]) and not terms().facets.get(found["name"]):
            return found["name"]
    return ""


def _own_subject(mentions: list[Mention], built: Structure) -> list[Mention]:
    """A chapter that begins with one school and names no other is about it: its name tells no figures apart."""
    names: dict[int, list[str]] = {}
    for mention in mentions:
        names.setdefault(built.sentences[mention.sentence].chapter, []).append(mention.entity)
    alone = {
        chapter: found[0] for chapter, found in names.items() if found[0] and not any(name not in ("", found[0]) for name in found)
    }
    return [
        replace(mention, entity="")
        if mention.entity and alone.get(built.sentences[mention.sentence].chapter) == mention.entity
        else mention
        for mention in mentions
    ]


def _of_sentence(text: str, index: int, sentence: Sentence, figures: Sequence[Figure], entity: str, years: dict[int, list[int]]) -> list[Mention]:
    answers = respectively(text, sentence.start, figures, years)
    found: list[Mention] = []
    previous_end = sentence.start
    for figure in figures:
        before = text[sentence.start : figure.start]
        after = text[figure.end : sentence.end]
        if _WHOLE_AGAIN.match(re.split(r"[,;]", before)[-1] if ";" in before else before):
            entity = ""
        if names := [match["name"] for match in _ENTITY.finditer(before) if not _GENERIC.match(match["name"])]:
            entity = names[-1]
        found.append(
            _mention(text, figure, max(previous_end, sentence.start), before, after, answers.get(figure.start), index, sentence, entity)
        )
        previous_end = figure.end
    return found


def _mention(
    text: str,
    figure: Figure,
    previous_end: int,
    before: str,
    after: str,
    answer: Answer | None,
    index: int,
    sentence: Sentence,
    entity: str,
) -> Mention:
    start, label = _label(text, figure, previous_end, after)
    clause = re.split(r"[。;]", before)[-1]
    if answer is not None:
        label = answer.label or label
    named_by_list = answer is not None and bool(answer.label)
    if entity:
        label = label.replace(entity, "")
    label = re.sub(r"^(?:其中(?:包括|有|:)?|含|包括)", "", _DATED.sub("", label))
    named = _with_unit(terms().named(label), figure)
    years = _YEAR.findall(clause)
    mention = Mention(
        figure=figure,
        start=start,
        label=label,
        named=named,
        facets=named.facets,
        carried=frozenset(),
        role=Role.STATED,
        mood=mood_of(before, after, sentence.headings, rules=sentence.rules),
        denied=denied(after),
        year=answer.year if answer and answer.year else int(years[-1]) if years else None,
        entity=entity,
        sentence=index,
        depth=before.count("(") - before.count(")"),
        part=bool(_PART.search(before)),
        distributive=bool(_DISTRIBUTIVE.search(before)),
        of=answer.of if answer else None,
        under=_stages_above(sentence),
    )
    return _with_role(mention, clause + label if named_by_list else clause)


def _label(text: str, figure: Figure, previous_end: int, after: str) -> tuple[int, str]:
    """Where the words of a figure begin, and those that say what it counts: before it, or after its counter."""
    boundary = previous_end
    for found in _BOUNDARY.finditer(text, previous_end, figure.start):
        boundary = found.end()
    if boundary == figure.start and boundary > previous_end and text[boundary - 1] == ":":
        boundary = previous_end
        for found in _BOUNDARY.finditer(text, previous_end, figure.start - 1):
            boundary = found.end()
    start = max(boundary, figure.start - _LONGEST_LABEL)
    if opening := _OPENING.match(text, start, figure.start):
        start = opening.end()
    label = text[start : figure.start].rstrip(":")
    follows = re.match(r"的?([^,。;:、()“”\"\n\t\d]{1,12})", after)
    if follows and figure.numeral.form is Form.PLAIN and figure.unit.counted:
        words = terms().named(follows[1])
        begins = next(terms().pattern.finditer(follows[1]), None)
        own = terms().named(label)
        if words.concept and begins and begins.start() <= 5 and not (own.concept and label.endswith(tuple(terms().by_word))):
            return start, label + follows[1][: _end_of_terms(follows[1])]
    return start, label


def _end_of_terms(words: str) -> int:
    return max(found.end() for found in terms().pattern.finditer(words))


def _with_unit(named: Named, figure: Figure) -> Named:
    """A concept that is not counted in the figure's unit is not what it counts."""
    base = figure.unit.base
    concept = terms().concepts.get(named.concept)
    if concept is not None and figure.numeral.form is Form.PLAIN and base not in ("", "item", concept.base):
        if concept.base == "room" and base == "item":
            return named
        others = [*named.others, named.concept]
        fitting = [other for other in others if terms().concepts[other].base == base]
        head = fitting[-1] if fitting and base in ("person", "book", "set", "class", "school") else ""
        named = Named(head, named.facets, tuple(other for other in others if other != head), named.rest, named.trailing)
    if concept is not None and base == "item" and named.trailing:
        return Named("", named.facets, (), named.rest, named.trailing)
    if not named.concept and base == "class":
        return replace(named, concept="classes")
    if not named.concept and base == "school" and named.facets:
        return replace(named, concept="schools")
    return named


def _with_role(mention: Mention, clause: str) -> Mention:
    figure, form = mention.figure, mention.figure.numeral.form
    own = re.split(r"[,;。(]", clause)[-1]
    each = next((each for words, each in _EACH_WORDS if words.search(mention.label) or words.search(own)), None)
    each = _EACH_UNITS.get(figure.per, each)
    if found := _RATIO.search(own):
        if form in (Form.RATIO, Form.PLAIN):
            return replace(mention, role=Role.RATIO, ratio=found["ratio"])
    elif form is Form.RATIO:
        return replace(mention, role=Role.RATIO)
    if form in (Form.PERCENT, Form.POINTS, Form.TIMES):
        if (found := _CHANGE.search(own)) and not own.endswith(("到", "至")):
            return replace(mention, role=Role.GROWTH, direction=1 if found["up"] else -1)
        if _OF_PREVIOUS.search(own):
            return replace(mention, role=Role.SHARE, base=PREVIOUS)
        if found := _SHARE.search(own):
            return replace(mention, role=Role.SHARE, base=found["base"])
        return replace(mention, role=Role.RATE if form is Form.PERCENT else Role.GROWTH, direction=0)
    if each is not None and not (each.of == ("residents", "pupils", "staff", "teachers") and form is not Form.PLAIN):
        return replace(mention, role=Role.EACH, each=each)
    if (found := _CHANGE.search(own)) and _COMPARED.search(own):
        return replace(mention, role=Role.CHANGE, direction=1 if found["up"] else -1)
    return mention


def _stages_above(sentence: Sentence) -> frozenset[str]:
    """小学阶段教育 above a paragraph says of whom its figures are."""
    for heading in reversed(sentence.headings):
        if len(heading) <= 14 and (stages := terms().stages(heading)):
            return stages
    return frozenset()


def _carried(text: str, mentions: list[Mention], about: frozenset[str]) -> list[Mention]:
    """Give figures what the words before them in the sentence say: 小学86所,在校生12000人 are pupils of primary schools."""
    found: list[Mention] = []
    above = mentions[0].under if mentions else frozenset()
    above = frozenset() if len(above) != 1 or above <= terms().neutral_facets else above
    carried = above
    concept = ""
    open_label: Mention | None = None
    narrowed: set[frozenset[str]] = {about} - {frozenset()}
    seen: set[str] = set()
    previous: Mention | None = None
    for mention in mentions:
        if previous is not None and re.search(r";", text[previous.end : mention.start]):
            carried = above or about
        if mention.facets:
            carried = mention.facets
        elif len(narrowed) >= 2 and mention.concept and mention.concept not in seen:
            pass  # 小学86所、初中19所,在校生60326人: once the parts are listed, the whole again
        elif carried:
            mention = replace(mention, carried=carried, loose=not _WHOLE_WORDS.match(mention.label))
        elif narrowed and not _WHOLE_WORDS.match(mention.label):
            mention = replace(mention, loose=True)
        if mention.facets:
            narrowed.add(mention.facets)
        seen.add(mention.concept)
        if (
            not mention.concept
            and mention.role is Role.STATED
            and concept
            and (mention.facets or not mention.named.rest)
            and (terms().concepts[concept].base == mention.figure.unit.base or mention.figure.unit.word == "个")
        ):
            mention = replace(mention, named=replace(mention.named, concept=concept), implied=True)
        elif (
            open_label
            and mention.role is Role.STATED
            and mention.facets
            and not mention.concept
            and not mention.named.rest
            and open_label.figure.unit == mention.figure.unit
        ):
            mention = replace(mention, named=replace(mention.named, rest=open_label.named.rest), implied=True)
        if mention.role is Role.STATED and mention.concept:
            concept, open_label = mention.concept, None
        elif mention.role is Role.STATED and mention.named.rest and not mention.implied and not mention.facets:
            concept, open_label = "", mention
        found.append(mention)
        previous = mention
    return found
