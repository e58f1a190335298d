"""What a figure is among the others: stated, an average, a share, a rate, a change, growth or a ratio."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from junheng.claims.figures import Figure
from junheng.claims.numerals import Form


class Role(StrEnum):
    """The kinds of figures that are judged in different ways."""

    STATED = "stated"
    EACH = "each"  # 生均, 每百名学生, 班均
    SHARE = "share"  # 占…的…%
    RATE = "rate"  # 入学率…%
    CHANGE = "change"  # 比上年增加…
    GROWTH = "growth"  # 增长…%
    RATIO = "ratio"  # 师生比


@dataclass(frozen=True, slots=True)
class Each:
    """For whom an average is: ``per`` of the concepts ``of``, of which the first that the report states is taken.

    Attributes:
        counter: for averages over whatever is counted so (平均每册): the counter; then ``of`` is empty.
        loose: the words may as well lay down a rule (每间住8人), so that it can be confirmed only.
    """

    of: tuple[str, ...]
    per: int = 1
    counter: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The role of a figure with what its words give besides.

    Attributes:
        base: the words after 占; ``PREVIOUS`` when the whole is the figure just before.
        direction: 1 up, -1 down; only changes and growth.
        ratio: the words of a ratio (师生比).
    """

    role: Role
    each: Each | None = None
    base: str = ""
    direction: int = 0
    ratio: str = ""


PREVIOUS = "<"  # 年度计划2.5亿元的95.2%
PUPILS = Each(("pupils", "young_children"))
_HUNDRED = Each(("pupils", "young_children"), 100)
CLASSES = Each(("classes",))
_SCHOOLS = Each(("schools",))
PERSONS = Each(("residents", "pupils", "staff", "teachers"))
EACH = tuple(
    (re.compile(words), each)
    for words, each in (
        (r"每百名?(?:在校)?(?:学生|生)|百名学生|每百生|百生均?|生均每百", _HUNDRED),
        (r"每万(?:名)?(?:常住)?(?:人口|人)", Each(("residents",), 10_000)),
        (
            r"(?:住宿|寄宿|住校|内宿)生(?:生均|人均|平均)|(?:平均)?每[名个位]?(?:住宿|寄宿|住校)生(?:平均)?",
            Each(("boarders",)),
        ),
        (r"生均|每生(?!每年)|(?:平均)?每[名个位](?:在校)?学生(?:平均)?|学生人均|生平均", PUPILS),
        (r"师均|教师人均|(?:平均)?每[名位个]教师(?:平均)?", Each(("full_time_teachers", "teachers", "staff"))),
        (
            r"班均|平均每个?(?:教学)?班(?:级)?|每个?(?:教学)?班(?:级)?平均|平均班额|班额平均|平均班级(?:人数|规模)|班级平均",
            CLASSES,
        ),
        (r"校均|平均每[所个](?:学)?校|平均每校|每所?(?:学)?校平均", _SCHOOLS),
        (r"人均", PERSONS),
    )
)
_PER_UNIT = {"生": PUPILS, "学生": PUPILS, "百生": _HUNDRED, "百名学生": _HUNDRED, "班": CLASSES, "校": _SCHOOLS}
_EACH_COUNTER = re.compile(
    r"(?P<mean>平均)?每(?P<counter>平方米|册|台|间|所|个|名|套|亩|块|条|座|位|人|班|校)(?!班|校|学生)[^,。;:]{0,10}$"
)
_SHARE = re.compile(
    r"占(?!地|到位)(?P<base>[^,。;:占]*?)(?:总数|总量|总人数)?(?:的)?(?:比例|比重|百分比|比)?(?:分别|依次|均|都)*(?:为|达到?|是|约|近|将近|高达|超过|不足|超|仅|突破|了|已|大约|接近|到)*$"
)
_BARE = re.compile(r"(?:超过|近|将近|接近|约|大约|达到?|不足|不到|已|占)+")
_JOINED = re.compile(r"(?:\d[\d.]*(?:%|个?百分点)(?:[、和与及]|以及))+$")  # 分别增长10.7%和17.1%
_OF_PREVIOUS = re.compile(r"\d(?:万|亿)?[一-鿿]{0,3}的$")
_VERB = r"(?P<up>增长|增加|上升|提高|提升|增幅|增收|净增|多|高|增)|(?P<down>下降|减少|降低|降幅|减幅|回落|少|低|减)"
_CHANGE = re.compile(rf"(?:{_VERB})(?:率|幅度?)?(?:了|为|达到?|分别为?|约|近|超过)*$")
_COMPARED = re.compile(r"比|较|同比|环比|上年|去年|增[长加幅]|减少|下降|净增|提高|上升|降低|高出|高于")
# 按生均850元标准拨付…: a sum, no average
_BY_RATE = re.compile(r"按照?[^,]*?\d[\d.]*万?元(?:/[生人年]+)?(?:的?(?:标准|定额))?")
_RATIO = re.compile(
    r"(?P<ratio>师生比例?|生师比例?|师生之比|学生与教职工之比|学生与教师之比|教师与学生之比|教职工与学生之比|生机比|机生比|人机比|师机比|班师比|师班比|生均?计算机比)"
)


def role_of(figure: Figure, clause: str, label: str) -> Part:
    """The role of a figure.

    Args:
        clause: its sentence, from the last ; or 。 up to the number.
        label: the words that say what it counts.
    """
    form = figure.numeral.form
    own = _BY_RATE.sub("", re.split(r"[,;。(]", clause)[-1])
    if found := _RATIO.search(own):
        if form in (Form.RATIO, Form.PLAIN):
            return Part(Role.RATIO, ratio=found["ratio"])
    elif form is Form.RATIO:
        return Part(Role.RATIO)
    if form in (Form.PERCENT, Form.POINTS, Form.TIMES):
        return _of_percentage(form, own)
    if (each := _each(figure, own, label)) is not None:
        return Part(Role.EACH, each=each)
    if (found := _CHANGE.search(own)) and _COMPARED.search(own):
        return Part(Role.CHANGE, direction=1 if found["up"] else -1)
    return Part(Role.STATED)


def each_of(words: str) -> Each | None:
    """For whom an average is by its words (生均图书, 每百名学生拥有计算机)."""
    return next((each for pattern, each in EACH if pattern.search(words)), None)


def without_each(label: str) -> str:
    """The words of an average without those that say for whom: 体育教师 of 每百名学生拥有体育教师."""
    for words, _ in EACH:
        label = words.sub("", label)
    return _EACH_COUNTER.sub("", label)


def _of_percentage(form: Form, own: str) -> Part:
    own = _JOINED.sub("", own)
    if (found := _CHANGE.search(own)) and not own.endswith(("到", "至")):
        return Part(Role.GROWTH, direction=1 if found["up"] else -1)
    if _BARE.fullmatch(own):  # 留守儿童412人,超过四成
        return Part(Role.SHARE)
    if _OF_PREVIOUS.search(own):
        return Part(Role.SHARE, base=PREVIOUS)
    if found := _SHARE.search(own):
        first, *more = re.split(r"\d[\d.]*%?", found["base"])
        own_base = more[-1].strip("、和与及的") if more and own.endswith("的") else ""  # 占甲的3%、乙的5%
        return Part(Role.SHARE, base=(own_base or first).removesuffix("的").removesuffix("总数"))
    return Part(Role.RATE if form is Form.PERCENT else Role.GROWTH)


def _each(figure: Figure, own: str, label: str) -> Each | None:
    if figure.per in _PER_UNIT:
        return _PER_UNIT[figure.per]
    if (each := each_of(label) or each_of(own)) is not None:
        return each
    if figure.numeral.form is Form.PLAIN and (found := _EACH_COUNTER.search(own)):
        return Each((), counter=found["counter"], loose=not found["mean"])
    return None
