"""Of which year a figure is: as its sentence says, else its paragraph, a heading, the title; else the year judged.

Stock figures are filed for a school year, which 2024年 alone does not name: in spring it is the one that began in 2023.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from junheng.claims.mention import Mention
from junheng.claims.report import Report

_SCHOOL_YEAR = r"(?P<from>(?:19|20)\d\d)(?:年?[-至到—/](?:(?:19|20)?\d\d))?(?:学年|学年度)"
_YEAR = (
    r"(?P<year>(?:19|20)\d\d)年(?P<late>度|秋|底|末|9月|1[0-2]月|下半年|第四季度)?(?P<early>春|[1-8]月|上半年)?(?!级)"
)
_PERIOD = re.compile(f"{_SCHOOL_YEAR}|{_YEAR}")
_RANGE = re.compile(
    r"(?:19|20)\d\d年?(?:[-至到—]|以来|起|开始|至今)|[“\"]?十[一二三四五]五|(?:近|过去|前|连续|[上这]?)(?:[两二三四五六七八九十几]|(?<!\d)\d{1,2})个?年(?!级|制|一贯|以上|期)|年均|累计|以来"
)
_BEFORE = re.compile(r"(?:比|较|与)?(?:上年|去年|上一年|前年|上学年|同期|以前|原来|原有|年前|此前|改造前|整改前)")
_COMPARED = re.compile(r"比|较|同比")
# 始建于1956年: the year of a founding dates nothing after it.
_FOUNDED = re.compile(
    r"(?:始建|创办|创建|建校|成立|组建|合并|搬迁|迁)[^,。;\d]{0,4}(?:19|20)\d\d年"
    r"|(?:19|20)\d\d年(?:\d{1,2}月)?(?:始建|创办|建校|建成|成立|组建|合并|搬迁|迁入)"
)
_NOW = re.compile(r"现有|目前|现共有|如今")
_TITLE_LINES = 3


@dataclass(frozen=True, slots=True)
class Period:
    """The years that may be meant.

    Attributes:
        years: the likeliest first.
        stated: the report names the year itself; else it is the year judged.
        titled: only its title does.
    """

    years: tuple[int, ...]
    stated: bool
    titled: bool = False


@dataclass(frozen=True)
class Periods:
    """The years of one report.

    Attributes:
        judged: the school year that the data are judged for.
    """

    report: Report
    judged: int

    def of(self, mention: Mention, *, fiscal: bool, before_comparison: bool = False) -> Period | None:
        """Of which years a figure may be; None of several years together, or of one that is only pointed at.

        Args:
            fiscal: money, which goes by calendar years.
            before_comparison: of a change, whose year stands before what it is compared with (比上年, 较2023年).
        """
        report = self.report
        text = report.cleaned.text
        sentence = report.built.sentences[mention.sentence]
        own = text[sentence.start : mention.figure.start]
        if before_comparison and (compared := list(_COMPARED.finditer(own))):
            own = own[: compared[-1].start()]
        own = _FOUNDED.sub("", own)
        clause = re.split(r"[。;]", own)[-1]
        if _RANGE.search(clause) or _BEFORE.search(re.split(r"[,:]", clause)[-1]):
            return None
        line = text.rfind("\n", 0, mention.figure.start) + 1
        earlier = _FOUNDED.sub("", text[line : sentence.start])
        places: tuple[str, ...] = (own, earlier, *reversed(sentence.headings))
        if _NOW.search(clause) and not _PERIOD.search(own):
            places = ()
        for words in places:
            if _RANGE.search(words) and words is not own:
                return None
            if found := list(_PERIOD.finditer(words)):
                if words is own and not before_comparison and mention.year is not None:
                    answering = [match for match in found if match["year"] and int(match["year"]) == mention.year]
                    found = answering or found
                period = self._period(found[-1], fiscal=fiscal)
                # A year said earlier may not hold for this sentence any more.
                return period if words is own else replace(period, years=(*period.years, self.judged))
        if self.title_year is not None:
            return self._of_title(self.title_year, fiscal=fiscal)
        # Of money nobody knows whether it is this year's or the last full one's.
        return Period((self.judged, self.judged - 1) if fiscal else (self.judged,), stated=False)

    def _of_title(self, year: int, *, fiscal: bool) -> Period:
        judged = not fiscal and year in (self.judged, self.judged + 1)
        return Period((self.judged,) if judged else (year, year - 1), stated=True, titled=True)

    @cached_property
    def title_year(self) -> int | None:
        """The year that the title names."""
        lines = [line for line in self.report.cleaned.text.split("\n") if line.strip()][:_TITLE_LINES]
        for line in lines:
            if not line.strip().endswith("。") and (found := re.search(r"((?:19|20)\d\d)(?:学年|年)", line)):
                return int(found[1])
        return None

    def _period(self, match: re.Match[str], *, fiscal: bool) -> Period:
        if match["from"]:
            return Period((int(match["from"]),), stated=True)
        year = int(match["year"])
        if fiscal or match["late"] not in (None, "度"):
            return Period((year,), stated=True)
        if match["early"]:
            return Period((year - 1, year), stated=True)
        # The year judged is the one that the data were chosen for.
        return Period((year,) if year == self.judged else (year, year - 1), stated=True)
