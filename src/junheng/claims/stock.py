"""Whether a figure says how many there are, and not how many were bought, hired, planned or in some way singled out."""

from __future__ import annotations

import re

from junheng.claims.mention import Mention
from junheng.claims.report import Report
from junheng.claims.terms import Named, terms

TIME = re.compile(
    r"(?:截至|截止|到)?(?:(?:19|20)\d\d(?:[-至](?:19|20)?\d\d)?学?年(?:度|底|末|秋季?|春季?|\d{1,2}月(?:底|末|\d{1,2}日)?)?)"
    r"|本学年度?|今年|本年度?|学年初|现阶段"
)
_ACTION = re.compile(
    r"新[建增招设添购扩]|招聘|招录|引进|培训|选派|投入|投资|购[置买]|采购|添置|更新|建成|改[建造扩]|扩建|维修|补充|交流|轮岗|转[入出]|参加"
    r"|获|评为|评选|表彰|[资补救]助|奖|发放|组织|消除|化解|撤并|撤销|减少|增加|增设|规划|缺|项目|工程|竣工|在建|毕业|入学|招生|录取"
)
_MEASURE = re.compile(r"每|平均|最|差额|人均|生均|班均|师均")
# From here on a paragraph counts what there is.
_STOCK = re.compile(r"现有|现共有|共有|总计|共计|目前|截至|总数|总面积|拥有|全[县区市]")
# Things that projects bring: a building told of a paragraph ago may still be the subject.
_BUILT = ("area", "room", "set", "book", "money", "school")


def settled(report: Report, mention: Mention, named: Named, before: str) -> bool:
    """Whether a figure counts all of what its concept and facets name, and nothing narrower.

    Args:
        named: what its words name, without the names of whom it is about.
        before: its paragraph up to the number, without such names.
    """
    after = report.text(mention.end, mention.end + 1)
    allowed = {"schools", *terms().broader.get(named.concept, ())}
    return (
        bool(named.concept)
        and not named.rest
        and set(named.others) <= allowed
        and (not after or after in ",。;、)(\n:\t")
        and not _MEASURE.search(mention.label)
        and not done(named, before)
    )


def done(named: Named, before: str) -> bool:
    """Whether the words before a figure tell of something done: 新建3所,建筑面积5000平方米."""
    stock = max((match.start() for match in _STOCK.finditer(before)), default=0)
    concept = terms().concepts.get(named.concept)
    built = concept is not None and concept.base in _BUILT
    return bool(_ACTION.search(before[stock if built else max(stock, before.rfind("。")) :]))


def paragraph_before(report: Report, mention: Mention) -> str:
    """The paragraph of a figure up to its number."""
    text = report.cleaned.text
    return text[text.rfind("\n", 0, mention.figure.start) + 1 : mention.figure.start]
