"""Which school or town a figure is about, where a report speaks of several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from junheng.claims.structure import Sentence, Structure
from junheng.claims.terms import terms

_ENDING = r"(?:小学|中学|学校|完小|中心校|校区|学区|片区|分校|教学点|[一二三四五六七八九十][中小]|幼儿园|镇|乡|街道)"
_NAME = (
    rf"(?P<name>[一-鿿]{{2,9}}?(?:{_ENDING}|初中)"
    r"|[县市]?[一二三四五六七八九十][中小]|[东西南北新老旧主]校区|某[一-鿿]{0,3}(?:小学|中学|学校))"
)
_MARK = r"(?:[一二三四五六七八九十甲乙丙丁戊己庚辛壬癸\d]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|-{1,2})"
# A name at the head of a clause, with what one says of a school after it; or alone before a stop.
_NAMED = re.compile(
    rf"(?:(?<![^\n])|[,;:。、]|的|{_MARK})"
    rf"(?:[一二三四五六七八九十]是|首先,?|其次,?|其中|而|如|例如|以|像|目前|现在|今年|另)?{_NAME}"
    r"(?=[:。]|现有|共有|有|占地|位于|地处|始建|设|是|为|投入|新建|校园|建筑|在校|总|教职工|专任|学生|学校|生均|图书|班额|每|只有|仅|上报|自报|教师|班级"
    r"|教学班|计算机|男生|女生|寄宿|仪器|宿舍|数据|\d+(?!\d|所))"
)
_WHOLE = re.compile(
    r"(?:(?<![^\n])|[;。,])(?:汇总|合计|总计)?[:,]?(?:目前,?)?(?:全|我|本|[两二三四五六七八九十]+)个?(?:学区|片区|校区|街道|系统|[县区市镇乡校](?![区]))|汇总[:,]|[,;、。](?:小学|初中|中学|高中)(?:阶段)?(?=在校|学生|教师|专任)|[,;、。](?:合计|共计)(?=\d|[:,])|总体"
)
_HEADING = re.compile(rf"{_MARK}?(?P<name>[一-鿿]{{2,10}}{_ENDING})")
_GENERIC = re.compile(
    r"(?:[两三四五六七八九十]个|全[县区市镇乡州省旗]|我[县区市镇乡校]|本[县区市校]|[县区市](?:域|内|属|直属|直学校|直中小|直小学|直中学|里|级)|未|不|达|到|超过|低于|高于|各|所有|农村|城区|县城|乡镇|城乡|民办|公办|普通|高级|初级|完全|九年|寄宿|特殊"
    r"|职业|其他|新建|改建|扩建|薄弱|村|每|共|现|小学|中小|义务|有|个|所|和|及|等|在|对|将|由|为|辖|城|乡|该|其|这|涉|实施|改造|建设|投入|安排|通过|完成"
    r"|一所|两所|三所|另|镇区|乡村|中心|被评|达标|创建|示范|标准|全部|优质|附属|附设|多所|几所|以上|以下|教学点)"
)
_NO_NAME = re.compile(r"[比率均占数为达]|全[县区市镇乡校]|师生|学生|教师|合计|共有")
_Place = tuple[int, str]


class Entities:
    """Whom every place of a text is about; empty for the report's own subject."""

    def __init__(self, text: str, built: Structure) -> None:
        self._lines: dict[int, list[_Place]] = {}
        starts: dict[int, Sentence] = {}
        ends: dict[int, int] = {}
        for sentence in built.sentences:
            starts.setdefault(sentence.line, sentence)
            ends[sentence.line] = sentence.end
        for line, first in starts.items():
            self._lines[line] = [(first.start, _of_heading(first)), *_places(text, first.start, ends[line])]

    def at(self, offset: int, sentence: Sentence) -> str:
        """The name that holds for a figure at ``offset``."""
        return next((name for place, name in reversed(self._lines[sentence.line]) if place <= offset), "")


def _places(text: str, start: int, end: int) -> Iterator[_Place]:
    found: list[_Place] = [(match.start(), "") for match in _WHOLE.finditer(text, start, end)]
    for match in _NAMED.finditer(text, start, end):
        if _is_name(match["name"]):
            found.append((match.start("name"), match["name"]))
    yield from sorted(found)


def _is_name(words: str) -> bool:
    return not _GENERIC.match(words) and words not in terms().facets and not _NO_NAME.search(words)


def _of_heading(sentence: Sentence) -> str:
    """The school or town that the nearest heading is the name of."""
    for heading in reversed(sentence.headings):
        found = _HEADING.fullmatch(heading)
        if found and _is_name(found["name"]):
            return found["name"]
    return ""
