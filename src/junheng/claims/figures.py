"""Which numbers state a quantity: years, dates, document numbers, ranks, ages, headings and slogans do not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from junheng.claims.numerals import Form, Numeral, find_numerals
from junheng.claims.units import NO_UNIT, Unit, unit_at

_NOT_AFTER = re.compile(
    r"[\s]*(?:年(?!均)|月|日(?!均)|号(?!楼)|时(?!长)|点(?!\d)|分钟|秒|周(?!边)|天|世纪|届|岁|周岁|年级|个年级|级(?!教|职|骨|以上骨)|℃|度|毫|集|版|章|页|学年|年度|个月|个?工作日"
    r"|[-至到]\d|[+＋][\dNn]|\.\d+\.|个(?:街道|乡镇|镇|乡|村|社区|行政村|民族)|公里|千米|米(?!的?[^,。;]{0,3}面积))"
)
_NOT_BEFORE = re.compile(
    r"(?:第|(?<![学目])前|每|位居|位列|排名?|列全[省市国县州]|[A-Za-z]-?|\d[-至到]|[-—]\s?|[+]|\]|(?:编号|电话|邮编|热线)[:为是]?|星期|周|国道|\d\.|[/／])$"
)
_UNIT_AFTER_WORDS = re.compile(r"的?(?:及)?以[上下内](?:的)?(?=[一-鿿])(?!的|水平|,|。|左右|比例|程度)")
_LINE_NUMBER = re.compile(r"(?:^|[\n。;:,])\(?$")
_LINE_NUMBER_AFTER = re.compile(r"[)]?[、.)](?!\d)")
_SAID_BASES = frozenset({"person", "school", "book", "set", "room", "class", "money", "area", "land"})
_SAID_WORDS = frozenset({"片", "块", "张", "辆", "台", "枚"})
_QUOTED = re.compile(r"[“\"「『][^”\"」』\n]{0,8}$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit.

    Attributes:
        end: after the unit.
        per: what the unit says it is for each of (册/生): "生", "百生", "班", …; empty otherwise.
    """

    numeral: Numeral
    unit: Unit
    end: int
    per: str = ""

    @property
    def start(self) -> int:
        return self.numeral.start

    @property
    def counted(self) -> bool:
        return self.unit.counted and not self.per


_PER_UNIT = re.compile(r"/(?:每)?(百名学生|百生|百人|生|人|班|校|师|台|教师|学生|年)")


def find_figures(text: str) -> list[Figure]:
    """The numbers of a cleaned text that state a quantity, in order."""
    found = []
    for numeral in find_numerals(text):
        unit = unit_at(text, numeral.end) if numeral.form is Form.PLAIN else NO_UNIT
        if _states(text, numeral, unit):
            end = numeral.end + len(unit.word)
            per = _PER_UNIT.match(text, end)
            found.append(Figure(numeral, unit, per.end() if per else end, per.group(1) if per else ""))
    return found


def _states(text: str, numeral: Numeral, unit: Unit) -> bool:
    before, after = text[max(0, numeral.start - 12) : numeral.start], text[numeral.end : numeral.end + 16]
    if _NOT_AFTER.match(after) or _NOT_BEFORE.search(before):
        return False
    if _LINE_NUMBER.search(before) and _LINE_NUMBER_AFTER.match(after):
        return False
    if re.match(r"[A-Za-z]", after) and not re.match(r"[mM][2²]", after):
        return False
    beyond = text[numeral.end + len(unit.word) : numeral.end + len(unit.word) + 10]
    if numeral.form is Form.PLAIN and unit != NO_UNIT and _UNIT_AFTER_WORDS.match(beyond):
        return False  # 66人以上超大班额: the number belongs to the name of a group
    if numeral.chinese and numeral.form is Form.PLAIN:
        return _said(text, numeral, unit, before)
    if numeral.form is Form.PLAIN and unit == NO_UNIT and numeral.value is not None:
        return bool(re.match(r"[,。;、)\n\t|]|$", after)) and bool(re.search(r"[一-鿿][:为是达]?$", before))
    return not (numeral.value is None and unit == NO_UNIT and numeral.form is Form.PLAIN and not numeral.cut)


def _said(text: str, numeral: Numeral, unit: Unit, before: str) -> bool:
    """Chinese numerals count people, schools and things; in slogans and before 个, 项, 方面 they introduce lists."""
    if _QUOTED.search(before):
        return False
    if unit.word == "个":  # 社团十二个, but no 十二个方面
        beyond = text[numeral.end + 1 : numeral.end + 2]
        return numeral.value is not None and numeral.value >= 10 and beyond in ",。;、\n"
    if not (unit.base in _SAID_BASES or unit.word in _SAID_WORDS):
        return False
    return numeral.value != 1 or unit.base == "school"
