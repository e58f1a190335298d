"""The page of a checked report: its text as it is, a mark on each figure, the reasoning beside it."""

import re
from dataclasses import replace
from html import unescape

from checked_report import claims, find, report
from junheng.claims.annotated_html import annotated_html
from junheng.claims.marking import Only
from junheng.documents.document import plain_document


def text_of(html):
    """What stands on the left: the document's own words."""
    left = "".join(re.findall(r'<div class="text">(.*?)</div>(?=<aside>|</section>|</div>)', html, flags=re.DOTALL))
    return unescape(re.sub(r"<[^>]*>", "", left))


def test_the_text_of_the_report_stands_in_it_unchanged():
    document = report()
    expected = "".join(document.words(piece) for piece in document.pieces)
    assert text_of(annotated_html(document, claims())) == expected


def test_words_of_the_report_never_become_markup():
    html = annotated_html(report(), claims())
    assert "&lt;b&gt;另见下表&lt;/b&gt; &amp; 附注" in html
    hostile = plain_document('学生<script>alert(1)</script>"620人"', '"><img src=x>.txt')
    assert "<script" not in annotated_html(hostile, ())
    assert "<img" not in annotated_html(hostile, ())


def test_nothing_is_loaded_from_elsewhere():
    html = annotated_html(report(), claims())
    assert not re.search(r'(?:src|href)="(?!#)|url\(|@import|<script|<link', html)
    assert "default-src 'none'" in html


def test_every_link_leads_somewhere_and_no_id_is_given_twice():
    html = annotated_html(report(), claims())
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_each_kind_of_finding_has_its_own_mark():
    html = annotated_html(report(), claims())
    marks = re.findall(r'<a class="figure (\w+)" href="#n\d+"[^>]*>(.*?)</a>', html)
    assert ("wrong", "生均40册") in marks
    assert ("missed", "每百名学生拥有网络多媒体教室2.1间") in marks
    assert ("open", "计算机xx台") in marks
    assert ("holds", "生均20平方米") in marks


def test_figures_that_share_a_quote_have_one_mark_and_a_note_each():
    html = annotated_html(report(), claims())
    assert html.count(">教职工、专任教师分别为52人、48人</a></span>") == 1
    assert 'id="n2"' in html
    assert 'id="n3"' in html


def test_a_quote_inside_another_keeps_both():
    text = "六一班48人、六二班50人，共98人。"
    outer = replace(claims()[3], quote="六一班48人、六二班50人", start=0, inputs=())
    inner = replace(claims()[4], quote="50人", start=find(text, "50人"), inputs=())
    html = annotated_html(plain_document(text), (outer, inner))
    assert re.findall(r'class="figure (\w+)" href="#n(\d)"[^>]*>(.*?)</a>', html) == [
        ("holds", "1", "六一班48人、六二班"),
        ("wrong", "2", "50人"),
    ]


def test_a_quote_over_two_lines_is_marked_on_both_and_noted_once():
    text = "做到“六个\n优先”，有学生620人。"
    across = replace(claims()[3], quote="六个\n优先", start=find(text, "六个"), inputs=())
    html = annotated_html(plain_document(text), (across,))
    assert [words for _, words in re.findall(r'class="figure (\w+)" href[^>]*>(.*?)</a>', html)] == ["六个", "优先"]
    assert html.count('id="n1"') == 1


def test_cells_stand_in_a_table_and_merged_ones_span():
    html = annotated_html(report(), claims())
    assert "<tr><td>一至三年级</td>" in html
    document = report()
    wide = replace(document.pieces[-2], cell=replace(document.pieces[-2].cell, columns=2, row=4))
    pieces = (*document.pieces[:-2], wide)
    assert '<td colspan="2">合计</td></tr></table>' in annotated_html(replace(document, pieces=pieces), ())


def test_what_is_counted_is_everything_even_when_only_some_are_marked():
    html = annotated_html(report(), claims(), Only.INCONSISTENT)
    assert "共 8 处数字，可核对 5 处，不符 2 处，未达到标准 1 处。" in html
    assert set(re.findall(r'class="figure (\w+)" href', html)) == {"wrong", "missed"}


def test_a_report_without_faults_says_so():
    assert "没有发现不符的数字。" in annotated_html(report(), claims()[:4])
    assert "No figure was found" in annotated_html(report(), (), language="en")
