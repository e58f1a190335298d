"""Chapters, headings and sentences of a report."""

from __future__ import annotations

from junheng.claims.structure import structure

TEXT = """青禾县教育工作报告
一、基本情况
(一)学校。全县有学校48所。其中小学30所。
1.小学
小学30所。
二、师资
教师1600人。
青禾县教师交流办法
一、总则
每年交流教师不低于一成。"""


def test_sentences_cover_the_text_in_order():
    sentences = structure(TEXT).sentences
    words = [TEXT[one.start : one.end] for one in sentences]
    assert "其中小学30所。" in words
    assert "".join(words) == TEXT.replace("\n", "")


def test_a_heading_closes_those_of_its_rank_and_below():
    built = structure(TEXT)
    above = {TEXT[one.start : one.end]: one.headings for one in built.sentences}
    assert above["全县有学校48所。"] == ("一、基本情况", "(一)学校")
    assert above["小学30所。"] == ("一、基本情况", "(一)学校", "1.小学")
    assert above["教师1600人。"] == ("二、师资",)


def test_a_title_opens_a_chapter_and_says_whether_it_lays_down_rules():
    built = structure(TEXT)
    first, last = built.sentences[0], built.sentences[-1]
    assert not first.rules
    assert last.rules
    assert last.chapter == first.chapter + 1
    assert last.headings == ("一、总则",)


def test_every_place_belongs_to_a_sentence():
    built = structure(TEXT)
    for index, sentence in enumerate(built.sentences):
        assert {built.at(offset) for offset in range(sentence.start, sentence.end)} == {index}


def test_a_line_that_ends_like_a_sentence_or_is_too_long_is_no_title():
    built = structure("本次会议听取了工作报告。\n" + "很" * 50 + "长的报告\n学校48所。")
    assert {one.chapter for one in built.sentences} == {0}


def test_an_empty_text_has_no_sentence():
    assert structure("").sentences == structure("\n \n").sentences == ()
