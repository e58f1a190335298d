"""Whose figure it is: the whole county's, a town's or a school's, by the names in the data.

A name that the data do not know, two schools in one clause, or 我校 in a report that never says which school it is:
then nobody knows, and nothing is compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from junheng.base.errors import JunhengError
from junheng.claims.filed import Scope
from junheng.claims.mention import Mention
from junheng.claims.report import Report
from junheng.claims.terms import terms
from junheng.tables.dataset import Dataset


class CountyNotNamedError(JunhengError):
    """The data are of several counties and the report names none of them, or more than one in its title."""

    code = "JH-K024"
    zh = "数据里有 {count} 个县（{names}），报告没有写明是哪一个，不能核对。请换成这一个县的数据再核对。"
    en = "The data are of {count} counties ({names}) and the report names none. Compare it with data of one county."


class CountyDiffersError(JunhengError):
    """The report's title names another county than the data."""

    code = "JH-K025"
    zh = "报告写的是{written}，数据是{filed}的，不能核对。请换成{written}的数据；只在报告内部核对请去掉数据。"
    en = "The report is on {written}, the data are of {filed}. Give the data of {written}, or check the report alone."


_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_OWN_SCHOOL = re.compile(r"我校|本校|学校现有|我园|本园|我们学校")
_OWN_TOWN = re.compile(r"我[镇乡]|本[镇乡]|全[镇乡]")
_OTHER_PLACES = re.compile(r"全国|全省|全州|全市|全盟|全球|世界")
# Some schools only, whichever they are.
_SOME = re.compile(
    r"最[大小多少高低好差][^,。;]{0,6}学校|(?:部分|个别|少数|有的|有些|一些|其他|其余|多数)(?:乡镇)?学校|某[校所]"
)
_SCHOOL_WORD = re.compile(
    r"(?P<name>[一-鿿]{0,8})(?:小学|中学|完小|中心校|教学点|幼儿园|"
    r"(?<=[实希民心语])学校|[一二三四五六]中(?=[现在共有,]))"
)
_OTHER_COUNTY = re.compile(r"^[^一-鿿]*(?P<name>[一-鿿]{2,4}?[县区旗])(?!域|级|委|政府办)")
_GENERAL_COUNTY = re.compile(
    r"^(?:全|我|本|各|该|[某XxＸ×]+|关于|推进|促进|创建|争创)"
    r"|学区|校区|片区|城区|地区|社区|园区|辖区|贫困县|强县|大县|示范区|均衡县"
)
# Words beside 小学 that make no name of it, besides the words of the field.
_NO_NAME = re.compile(
    r"其中|目前|现在|全[县区市省]|我[县区市]|本[县区市]|[县区市]域|[县区]内|现有|共有|设有|建有|拥有|分别|各|有|所|和|与|及|或|等|个|在|对|从|由|为|是|达|含|另|办|设|的|了|名|共"
    r"|普通|完全|初级|高级|九年一?贯?制?|寄宿制?|中心|乡镇|镇区|独立|一贯制|附设|年|阶段|义务教育|标准化|薄弱|城乡|示范|平均|其他|按|均|比|较|上年|今年|新"
)
# What is left of a name without its county and town names no school.
_TOO_GENERAL = re.compile(r"^(?:附设.*|中心)?(?:小学|初级中学|中学|学校|教学点|完全小学|初中班)?$")
_SHORTEST = 4
_SHORTEST_OWN = 2  # 石门 of 石门小学
_TITLE_LINES = 3
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A name in the text and whose it is; None: somebody the data do not know, or more than one."""

    start: int
    end: int
    scope: Scope | None


@dataclass(frozen=True)
class Subjects:
    """The county, towns and schools of a dataset, as one report names them.

    Attributes:
        county: code of the county that the report is on.
    """

    report: Report
    dataset: Dataset
    county: str

    def of(self, mention: Mention) -> Scope | None:
        """Whose figure it is; None where that is not sure."""
        text = self.report.cleaned.text
        sentence = self.report.built.sentences[mention.sentence]
        line = text.rfind("\n", 0, mention.figure.start) + 1
        names = list(self._names(text, line, mention.figure.start))
        since = text[names[-1].end if names else line : mention.figure.start]
        if school_named(since) or _SOME.search(since) or (mention.entity and mention.entity in since):
            return None
        if names:
            last = names[-1]
            same_clause = [
                one
                for one in names
                if not re.search(r"[。;,:\n]", text[one.start : last.start]) and one.scope != last.scope
            ]
            if same_clause and not _narrower(same_clause, last):
                return None
            return last.scope
        if mention.entity:
            return None
        for heading in reversed(sentence.headings):
            if found := list(self._names(heading, 0, len(heading))):
                return found[-1].scope if len(found) == 1 else None
        return self.subject

    def without_names(self, label: str) -> str:
        """A label without the names of whom it is about."""
        return self._own_names.sub("", label)

    @cached_property
    def whole(self) -> Scope:
        """The county as a whole."""
        return Scope(self.county, self._county_name)

    @cached_property
    def subject(self) -> Scope | None:
        """Whom the report is about, where a sentence does not say."""
        text = self.report.cleaned.text
        lines = [line.strip() for line in text.split("\n") if line.strip()][:_TITLE_LINES]
        titles = [line for line in lines if len(line) <= _LONGEST_TITLE and not line.endswith("。")]
        opening = [re.split(r"[。,;]", line)[0] for line in lines[: len(titles) + 1]]
        for words in [*titles, *opening]:
            found = [one for one in self._names(words, 0, len(words)) if one.scope is None or one.scope != self.whole]
            if found:
                return found[0].scope if len({one.scope for one in found}) == 1 else None
            if words in titles and school_named(words) and self._county_name not in words:
                return None
        if _OWN_SCHOOL.search(text) or _OWN_TOWN.search(text):
            return None
        return self.whole if self._county_words.search(text) else None

    @cached_property
    def _county_name(self) -> str:
        named = dict(self.dataset["county"].select("county_code", "county_name").iter_rows())
        return _BRACKETS.sub("", named.get(self.county) or "")

    @cached_property
    def _county_words(self) -> re.Pattern[str]:
        kind = self._county_name[-1:] if self._county_name[-1:] in "县区市旗" else "县区市旗"
        name = f"|{re.escape(self._county_name)}" if len(self._county_name) >= 2 else ""
        return re.compile(rf"[全我本][{kind}]|[{kind}]域|辖区|全域{name}")

    @cached_property
    def _schools(self) -> dict[str, str | None]:
        """Every way to name a school → its code; None: of several."""
        codes: defaultdict[str, set[str]] = defaultdict(set)
        listed = self.dataset["school"].filter(self.dataset["school"]["county_code"] == self.county)
        for code, name, town in listed.select("school_code", "school_name", "town").iter_rows():
            plain = _BRACKETS.sub("", name or "").replace("(", "")
            short = plain.removeprefix(self._county_name)
            bare = short.removeprefix(town or "")
            for one in (name, plain, short, bare):
                if one and len(one) >= _SHORTEST and not _TOO_GENERAL.match(one):
                    codes[one].add(code)
        return {name: next(iter(own)) if len(own) == 1 else None for name, own in codes.items()}

    @cached_property
    def _towns(self) -> frozenset[str]:
        return frozenset(town for town in self.dataset["school"]["town"].drop_nulls().unique() if len(town) >= 2)

    @cached_property
    def _own_names(self) -> re.Pattern[str]:
        names = {*self._schools, *self._towns, *([self._county_name] if self._county_name else [])}
        return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)")

    @cached_property
    def _names_pattern(self) -> re.Pattern[str]:
        names = sorted(map(re.escape, {*self._schools, *self._towns}), key=len, reverse=True)
        known = "|".join(names) or r"(?!)"
        return re.compile(
            rf"(?P<known>{known})|(?P<county>{self._county_words.pattern})|(?P<other>{_OTHER_PLACES.pattern})"
        )

    def _names(self, text: str, start: int, end: int) -> Iterator[Found]:
        for match in self._names_pattern.finditer(text, start, end):
            if match["other"]:
                yield Found(*match.span(), None)
            elif match["county"]:
                yield Found(*match.span(), self.whole)
            elif (name := match["known"]) in self._schools:
                if match.start() > start and text[match.start() - 1] in "镇乡村":
                    yield Found(*match.span(), None)  # a school of that name in a town that the data do not have
                    continue
                code = self._schools[name]
                yield Found(*match.span(), Scope(self.county, name, school=code) if code else None)
            else:
                yield Found(*match.span(), Scope(self.county, name, town=name))


def school_named(words: str) -> str:
    """The last school that words name, known to the data or not; empty for 全县小学 and others that mean many."""
    for found in reversed(list(_SCHOOL_WORD.finditer(words))):
        name = terms().pattern.sub("", found["name"])
        if len(_NO_NAME.sub("", name)) >= _SHORTEST_OWN:
            return found.group()
    return ""


def _narrower(before: list[Found], last: Found) -> bool:
    """示例县青石镇第一小学: names that only say where the last one is."""
    return all(
        one.scope is not None
        and not one.scope.school
        and (not one.scope.town or bool(last.scope and last.scope.school))
        for one in before
    )


def county_of(report: Report, dataset: Dataset) -> str:
    """The code of the county that a report is on: the only one of the data, else the first that it names.

    Raises:
        CountyDiffersError: there is one, and the title names another.
        CountyNotNamedError: there are several, and it names none.
    """
    named = {
        code: _BRACKETS.sub("", name or "")
        for code, name in dataset["county"].select("county_code", "county_name").iter_rows()
    }
    text = report.cleaned.text
    places = {code: text.find(name) for code, name in named.items() if name and name in text}
    if len(named) == 1:
        code, name = next(iter(named.items()))
        other = county_in_title(report) if name and not places else ""
        if other and other not in name:
            raise CountyDiffersError(written=other, filed=name)
        return str(code)
    if not places:
        raise CountyNotNamedError(count=len(named), names="、".join(list(named.values())[:5]))
    return str(min(places, key=lambda code: places[code]))


def county_in_title(report: Report) -> str:
    """The county that a report's first line begins with; empty where it does not."""
    title = next((line for line in report.cleaned.text.split("\n") if line.strip()), "")
    found = _OTHER_COUNTY.match(title) if len(title) <= _LONGEST_TITLE else None
    return "" if found is None or _GENERAL_COUNTY.search(found["name"]) else str(found["name"])
