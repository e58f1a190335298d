"""Laws of the figure checker's reading, whatever the text: nothing is lost, misplaced, counted twice or guessed."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from junheng.claims.agree import Agreement, Estimate, agreement, estimate, exactly
from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.claims.cleaning import clean
from junheng.claims.figures import find_figures
from junheng.claims.numerals import Form, Hedge, Numeral, chinese_number, find_numerals
from junheng.claims.reasons import words
from junheng.claims.structure import structure
from junheng.documents.document import plain_document

_LEXICON = """
全县 小学 初中 桃溪小学 在校生 专任教师 教学班 图书 共有 其中 占 生均 班均 每百名学生 无大班额 师生比
增长 比上年 提高到 由 分别为 合计 逐年 三年 达到 不低于 标准 工作报告 2022年 2023年 一、 (一) 第三部分
( ) 、 , ， 。 ; : ： | - ~ … × 1 2 35 １２ 3.5 1,200 1:18 8:1 xx % ％ ‰ 个百分点 万 亿 千
人 所 册 元 平方米 个 台 /生 倍 三 十 百 两 一半 成 百分之 分之 点 翻一番 余 多 约 近 超过 不足 以上
"""
_WORDS = (*_LEXICON.split(), "\n", " ", "　", "\u200b", "\t")
SOUP = st.one_of(st.lists(st.sampled_from(_WORDS), max_size=50).map("".join), st.text(max_size=60))
VALUES = st.fractions(min_value=Fraction(1, 1000), max_value=10**6, max_denominator=10**4)
HEDGES = st.sampled_from(Hedge)


@given(SOUP)
def test_every_cleaned_character_comes_from_its_own_place(raw: str):
    cleaned = clean(raw)
    assert len(cleaned.text) == len(cleaned.origin)
    assert list(cleaned.origin) == sorted(set(cleaned.origin))
    for character, place in zip(cleaned.text, cleaned.origin, strict=True):
        if character.isdecimal():
            assert int(raw[place]) == int(character)
        elif "一" <= character <= "鿿" and character != "毫":  # of ㎜
            assert raw[place] == character


@given(SOUP)
def test_sentences_are_in_order_and_hold_every_figure(raw: str):
    text = clean(raw).text
    built = structure(text)
    ends = [0, *(sentence.end for sentence in built.sentences)]
    assert all(end <= sentence.start < sentence.end for end, sentence in zip(ends, built.sentences, strict=False))
    for figure in find_figures(text):
        sentence = built.sentences[built.at(figure.start)]
        assert sentence.start <= figure.start < sentence.end


@given(SOUP)
def test_figures_are_in_order_and_never_overlap(raw: str):
    text, end = clean(raw).text, 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.numeral.end <= figure.end <= len(text)
        end = figure.end


@given(SOUP)
def test_any_text_is_checked_alike_every_time_with_exact_quotes_and_told_reasons(raw: str):
    document = plain_document(raw)
    claims = check_document(document)
    assert claims == check_document(document)
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)
    for claim in claims:
        assert claim.quote
        assert claim.quote == document.text[claim.start : claim.end]
        for used in claim.inputs:
            assert used.start < 0 or document.text[used.start : used.start + len(used.quote)] == used.quote
        for reason in (claim.why, claim.cause):
            assert reason is None or (words(reason) and words(reason, "en"))


@given(SOUP)
def test_a_figure_that_stands_alone_is_no_error(raw: str):
    claims = check_document(plain_document(raw))
    wrong = [claim for claim in claims if claim.verdict is Verdict.INCONSISTENT]
    assert not wrong or len(claims) > 1 or wrong[0].claimed is True or (wrong[0].claimed or 0) > 100


def written_in_chinese(number: int) -> str:
    """As people say it: 3020 is 三千零二十."""
    if number >= 10**8:
        return _with_rest(written_in_chinese(number // 10**8) + "亿", number % 10**8, 10**7)
    if number >= 10**4:
        return _with_rest(written_in_chinese(number // 10**4) + "万", number % 10**4, 10**3)
    for place, word in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= place:
            return _with_rest(written_in_chinese(number // place) + word, number % place, place // 10)
    return "零一二三四五六七八九"[number]


def _with_rest(head: str, rest: int, next_place: int) -> str:
    if not rest:
        return head
    return head + ("零" if rest < next_place else "") + written_in_chinese(rest)


INTEGERS = st.one_of(st.integers(1, 9999), st.integers(1, 10**9))


@given(INTEGERS)
def test_every_integer_is_read_back_from_chinese(number: int):
    written = written_in_chinese(number)
    assert chinese_number(written) == number
    assert chinese_number(written.removeprefix("一") if written.startswith("一十") else written) == number
    assert [one.value for one in find_numerals(f"共有{written}人。")] == [number]


@given(INTEGERS)
def test_every_integer_is_read_back_from_digits(number: int):
    wide = str(number).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    for written in (str(number), f"{number:,}", wide):
        (found,) = find_figures(clean(f"共有{written}人。").text)
        assert (found.numeral.value, found.numeral.step) == (number, 1)


@given(st.integers(1, 10**6), st.integers(0, 4), st.sampled_from([("万", 10**4), ("亿", 10**8), ("", 1)]))
def test_a_number_with_a_scale_word_keeps_the_worth_of_its_last_digit(digits: int, places: int, scale: tuple[str, int]):
    shown = Fraction(digits, 10**places)
    written = f"{digits // 10**places}.{digits % 10**places:0{places}d}" if places else str(digits)
    (found,) = find_numerals(f"投入{written}{scale[0]}元")
    assert (found.value, found.shown, found.scale) == (shown * scale[1], shown, scale[1])
    assert found.step == Fraction(scale[1], 10**places)


def printed(value: Fraction, step: Fraction, hedge: Hedge = Hedge.NONE) -> Numeral:
    return Numeral(0, 1, Form.PLAIN, value, step, hedge)


@given(VALUES, st.integers(-3, 4))
def test_a_value_rounded_or_cut_to_any_digits_agrees_with_itself(value: Fraction, places: int):
    step = Fraction(10) ** -places
    for steps in (round(value / step), int(value / step + Fraction(1, 2)), int(value / step)):
        assert agreement(printed(steps * step, step), exactly(value)) is not Agreement.DISAGREES


@given(VALUES, st.integers(0, 4), st.integers(2, 1000))
def test_a_value_that_is_further_off_than_a_digit_does_not(value: Fraction, places: int, off: int):
    step = Fraction(10) ** -places
    shown = int(value / step) * step
    assert agreement(printed(shown + off * step, step), exactly(value)) is Agreement.DISAGREES


@given(st.integers(1, 10**6), st.integers(0, 3), HEDGES, st.booleans())
def test_an_estimate_holds_what_was_printed(digits: int, places: int, hedge: Hedge, counted: bool):
    numeral = printed(Fraction(digits, 10**places), Fraction(1, 10**places), hedge)
    found = estimate(numeral, counted=counted)
    assert found is not None
    assert found.low <= found.value <= found.high
    assert found.value == numeral.value
    assert agreement(numeral, exactly(found.value)) is not Agreement.DISAGREES


@st.composite
def inside(draw: st.DrawFn) -> tuple[Estimate, Fraction]:
    """An estimate, and what the true value may be."""
    low, value, true, high = sorted(draw(st.lists(VALUES, min_size=4, max_size=4)))
    return draw(st.sampled_from([(Estimate(low, value, high), true), (Estimate(low, true, high), value)]))


@given(inside(), inside(), VALUES)
def test_what_is_computed_holds_what_the_true_values_give(
    one: tuple[Estimate, Fraction], other: tuple[Estimate, Fraction], factor: Fraction
):
    (first, x), (second, y) = one, other
    quotient = first.over(second)
    assert quotient is not None
    for computed, true in (
        (first + second, x + y),
        (first - second, x - y),
        (first * second, x * y),
        ((first - second) * second, (x - y) * y),  # below zero too
        (quotient, x / y),
        (first.times(factor), x * factor),
    ):
        assert computed.low <= true <= computed.high
        assert computed.low <= computed.value <= computed.high
