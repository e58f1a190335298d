"""Numbers as Chinese reports write them, and what each stands for.

A number keeps the digits it was printed with: "40" stands for anything that rounds to it, "17930余" for a little more,
"xx" for nothing that may be computed with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
_CHINESE = "零〇一二两三四五六七八九十百千万亿"
_GUESSED = re.compile(
    r"^[一二两三四五六七八九]{2}$|[一二两三四五六七八九]{2}(?=[十百千万亿])|(?<=[十百千万亿])[一二三四五六七八九]{2}"
)


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral ("三千零二十", "一百二十万", "二〇一五", "一万二"); None when it is none.

    None too of two digits side by side ("七八", "二三十"): a guess that lies between them.
    """
    if not text or any(character not in _CHINESE for character in text) or _GUESSED.search(text):
        return None
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, section, digit = 0, 0, 0
    worth = 1  # of a digit that no place follows: a tenth of the place before it (一万二), unless 零 says otherwise
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            worth = worth if digit else 1
        elif character in _PLACES:
            section += (digit or 1) * _PLACES[character]
            digit, worth = 0, _PLACES[character] // 10
        else:
            section += digit * worth
            whole, part = (total + section, 0) if character == "亿" else (section, total)
            total = part + (whole or 1) * _SCALES[character]
            section, digit, worth = 0, 0, _SCALES[character] // 10
    return total + section + digit * worth


class Form(StrEnum):
    """How a number is written, which decides what it may be compared with."""

    PLAIN = "plain"
    PERCENT = "percent"
    POINTS = "points"  # 百分点
    RATIO = "ratio"
    TIMES = "times"  # 倍, 番


class Hedge(StrEnum):
    """What a writer does not vouch for."""

    NONE = ""
    ABOUT = "about"  # 约, 左右
    MORE = "more"  # 余, 多
    NEARLY = "nearly"  # 近
    OVER = "over"  # 超过, 以上
    UNDER = "under"  # 不足, 以下, 以内


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in the cleaned text.

    Attributes:
        start, end: its stretch, scale word and percent sign included, unit not.
        value: None when masked or cut; of a ratio a:b, b / a.
        step: the worth of the last digit shown ("40" → 1, "1.80亿" → 1,000,000); what rounding may hide.
        left, right: the sides of a ratio; right is None where it got lost ("1:").
        scale: of the word after the digits (千, 万, 百万, 千万, 亿; 1 without one), already in ``value`` and ``step``.
        cut: the text breaks off inside the number.
        chinese: written in Chinese characters; how somebody says a number, seldom how they report one.
    """

    start: int
    end: int
    form: Form
    value: Fraction | None
    step: Fraction
    hedge: Hedge = Hedge.NONE
    left: Fraction | None = None
    right: Fraction | None = None
    scale: int = 1
    cut: bool = False
    chinese: bool = False

    @property
    def shown(self) -> Fraction | None:
        """The value as printed, before its scale word: 2.42 of 2.42亿."""
        return None if self.value is None else self.value / self.scale


_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_MASK = r"(?:\d*(?:\.\d*)?[xX×*]+[\dxX×*]*(?:\.[\dxX×*]+)?)"
_AFTER = r"(?P<more>余|多)?"
# 数百人, 上万人, 几千人 and the rest of 300多万人 state no number; 以上十二所 does.
_BEGINS = rf"(?<![{_CHINESE}])(?:(?<![数几成上余多\d])|(?<=以上)|(?![十百千万亿]))"
# In order: the first that matches at a place wins.
_WRITTEN = re.compile(
    rf"(?P<ratio>(?:(?P<left>{_NUMBER})):(?P<right>{_NUMBER})?(?![\d:]))"
    rf"|(?P<percentword>百分之(?P<percentdigits>[{_CHINESE}点]+|\d+(?:\.\d+)?))"
    rf"|(?P<fraction>(?P<below>[二两三四五六七八九十]+)分之(?P<above>[一二两三四五六七八九十]+))"
    rf"|(?P<half>一半|半数)"
    rf"|(?P<doubled>翻(?:了)?(?:一|两|二|三)番)"
    rf"|(?P<tenths>(?!一成为)(?:[一二三四五六七八九两]|\d(?:\.\d)?)成(?P<rest>半|[一二三四五六七八九])?(?=[^立果效员绩就功长熟年人套本交]|$))"
    rf"|(?P<mask>(?<![A-Za-z0-9]){_MASK}(?![A-Za-z]))(?P<maskscale>万|亿|千)?(?P<maskpercent>%)?"
    rf"|(?P<plain>(?<![A-Za-z\d.]){_NUMBER}){_AFTER}(?:个(?P<ge>多)?(?=亿|万))?(?P<scale>万|亿|千万|百万|千(?![米克瓦]))?(?P<late>余|多)?"
    r"(?P<kind>%|‰|个百分点|百分点|倍)?"
    rf"|(?P<chinese>{_BEGINS}[{_CHINESE}]+)(?P<chinesemore>余|多)?(?=(?P<classifier>所|名|位|人|个|台|间|套|册|项|处|座|栋|幢|口|次|批|期|场|亩|元|米|平方米|倍|种|类|班|门|大|条|款|片|块(?!钱)|张|辆|枚))(?P<chinesetimes>倍)?"
)
_BEFORE_ABOUT = re.compile(r"(?:大约|约有|约为|(?<![节签契])约|大概|大致|接近于?)$")
_BEFORE_NEARLY = re.compile(r"(?:将近|接近|近|几乎达?)$")
_BEFORE_OVER = re.compile(r"(?:超过|超出|突破|超|逾|高达|多达|过)(?:了)?$")
_BEFORE_UNDER = re.compile(r"(?:不足|不到|(?<!不)(?:低于|少于|小于)|不满)$")
_AFTER_OVER = re.compile(r"[^,。;、\d]{0,4}?(?:及?以上|以外)")
_AFTER_UNDER = re.compile(r"[^,。;、\d]{0,4}?(?:及?以下|以内|之内)")
_AFTER_ABOUT = re.compile(r"[^,。;、\d]{0,4}?(?:左右|上下)")
_CUT = re.compile(r"\s*(?:……|…|\.{3,})")


def find_numerals(text: str) -> list[Numeral]:
    """All numbers of a cleaned text in order; also those that state no quantity, which ``figures.py`` sets aside."""
    found = []
    for match in _WRITTEN.finditer(text):
        if (one := _numeral(match, text)) is not None:
            found.append(one)
    return found


def _numeral(match: re.Match[str], text: str) -> Numeral | None:
    start, end = match.span()
    if match["ratio"]:
        left = _fraction(match["left"])
        right = _fraction(match["right"]) if match["right"] else None
        step = _step(match["right"] if match["right"] and match["left"] in ("1", "1.0") else match["left"])
        value = right / left if right is not None and left else None
        return Numeral(start, end, Form.RATIO, value, step, _hedge(text, start, end), left, right, cut=right is None)
    if match["percentword"]:
        digits = match["percentdigits"]
        value = _fraction(digits) if digits[0].isdigit() else _chinese_decimal(digits)
        return (
            None
            if value is None
            else Numeral(start, end, Form.PERCENT, value, _step(digits), _hedge(text, start, end), chinese=True)
        )
    if match["fraction"]:
        above, below = chinese_number(match["above"]), chinese_number(match["below"])
        if not above or not below:
            return None
        value = Fraction(100 * above, below)
        return Numeral(start, end, Form.PERCENT, value, Fraction(1), Hedge.ABOUT, chinese=True)
    if match["half"]:
        return Numeral(start, end, Form.PERCENT, Fraction(50), Fraction(1), Hedge.ABOUT, chinese=True)
    if match["doubled"]:
        times = 2 ** (chinese_number(match["doubled"][-2]) or 1)
        return Numeral(start, end, Form.TIMES, Fraction(times), Fraction(1, 10), Hedge.ABOUT, chinese=True)
    if match["tenths"]:
        return _tenths(match, text)
    if match["mask"]:
        form = Form.PERCENT if match["maskpercent"] else Form.PLAIN
        return Numeral(start, end, form, None, Fraction(1))
    if match["plain"]:
        return _plain(match, text)
    spoken = chinese_number(match["chinese"])
    if spoken is None:
        return None
    form = Form.TIMES if match["chinesetimes"] else Form.PLAIN
    hedge = Hedge.MORE if match["chinesemore"] else _hedge(text, start, end)
    return Numeral(start, end, form, Fraction(spoken), Fraction(1), hedge, chinese=True)


def _plain(match: re.Match[str], text: str) -> Numeral:
    start, end = match.span()
    scale = {"万": 10**4, "亿": 10**8, "千万": 10**7, "百万": 10**6, "千": 10**3}.get(match["scale"] or "", 1)
    hedge = Hedge.MORE if match["more"] or match["late"] or match["ge"] else _hedge(text, start, end)
    form = {"%": Form.PERCENT, "‰": Form.PERCENT, "倍": Form.TIMES}.get(match["kind"] or "", Form.PLAIN)
    if (match["kind"] or "").endswith("百分点"):
        form = Form.POINTS
    per_mille = Fraction(1, 10) if match["kind"] == "‰" else Fraction(1)
    cut = bool(_CUT.match(text, end))
    value = None if cut else _fraction(match["plain"]) * scale * per_mille
    step = _step(match["plain"]) * scale * per_mille
    return Numeral(start, end, form, value, step, hedge, scale=scale if form is Form.PLAIN else 1, cut=cut)


def _tenths(match: re.Match[str], text: str) -> Numeral:
    start, end = match.span()
    first = match["tenths"][: match["tenths"].index("成")]
    tens = _fraction(first) if first[0].isdigit() else Fraction(chinese_number(first) or 0)
    more = match["rest"]
    rest = Fraction(1, 2) if more == "半" else Fraction(chinese_number(more) or 0, 10) if more else Fraction(0)
    return Numeral(
        start,
        end,
        Form.PERCENT,
        (tens + rest) * 10,
        Fraction(10),
        _hedge(text, start, end) or Hedge.ABOUT,
        chinese=True,
    )


def _hedge(text: str, start: int, end: int) -> Hedge:
    before, after = text[max(0, start - 4) : start], text[end : end + 10]
    if _BEFORE_UNDER.search(before) or _AFTER_UNDER.match(after):
        return Hedge.UNDER
    if _BEFORE_NEARLY.search(before):
        return Hedge.NEARLY
    if _BEFORE_ABOUT.search(before) or _AFTER_ABOUT.match(after):
        return Hedge.ABOUT
    if _BEFORE_OVER.search(before) or _AFTER_OVER.match(after):
        return Hedge.OVER
    return Hedge.NONE


def _fraction(digits: str) -> Fraction:
    return Fraction(digits.replace(",", ""))


def _chinese_decimal(text: str) -> Fraction | None:
    whole, _, rest = text.partition("点")
    value = chinese_number(whole)
    if value is None:
        return None
    decimals = "".join(str(_DIGITS[character]) for character in rest if character in _DIGITS)
    return Fraction(value) + (Fraction(int(decimals), 10 ** len(decimals)) if decimals else 0)


def _step(digits: str) -> Fraction:
    return Fraction(1, 10 ** len(digits.replace("点", ".").partition(".")[2]))
