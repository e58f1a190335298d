"""Text, Markdown and pages are read word for word."""

from __future__ import annotations

import pytest

from junheng.documents.document import Kind
from junheng.documents.errors import DamagedDocumentError
from junheng.documents.html import read_html
from junheng.documents.text import read_markdown, read_text
from unit.documents.written_files import table_of, words_of

TEXT = "青禾县自查报告\r\n\r\n　　现有小学１２所，生均20。4平方米。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_exactly_what_it_holds(encoding):
    read = read_text("a.txt", TEXT.encode(encoding))
    assert read.text == TEXT.replace("\r\n", "\n")
    assert words_of(read) == ["青禾县自查报告", "　　现有小学１２所，生均20。4平方米。"]


@pytest.mark.parametrize("content", [b"\xff\x00\xff\xff", "小学".encode("utf-16-le")[:-1] + b"\xff\xff", b"a\x00b"])
def test_bytes_that_are_no_text_are_refused(content):
    with pytest.raises(DamagedDocumentError):
        read_text("a.txt", content)


def test_markdown_has_headings_and_tables_and_keeps_marks_of_emphasis():
    text = (
        "# 报告\n\n## 一、**概况** ##\n小学**12**所。\n\n"
        "| 学校 | 人数 |\n|---|--:|\n| 一小 | 1\\|2 |\n|  | 8 |\n\n```\n# 不是标题\n```\n"
    )
    read = read_markdown("a.md", text.encode())
    assert read.text == text
    assert [(piece.kind, piece.level, read.words(piece)) for piece in read.pieces if piece.cell is None] == [
        (Kind.HEADING, 1, "报告"), (Kind.HEADING, 2, "一、**概况**"), (Kind.BODY, 0, "小学**12**所。"),
        (Kind.BODY, 0, "# 不是标题"),
    ]  # fmt: skip
    assert table_of(read) == {
        (1, 0, 0, 1, 1): "学校", (1, 0, 1, 1, 1): "人数", (1, 1, 0, 1, 1): "一小", (1, 1, 1, 1, 1): "1\\|2",
        (1, 2, 1, 1, 1): "8",
    }  # fmt: skip


def test_a_page_is_what_is_seen_of_it():
    page = """<!doctype html><html><head><title>站名</title><style>p {}</style></head><body>
      <nav>首页 &gt; 正文</nav><h1>自查报告</h1><script>var a = 12;</script>
      <p>全县现有小学<b>12</b>所，
         初中8所。<span style="display: none">99</span></p><div>甲<br>乙</div><!-- 备注 -->
      <footer>版权</footer></body></html>"""
    read = read_html("a.html", page.encode())
    assert words_of(read) == ["自查报告", "全县现有小学12所，初中8所。", "甲", "乙"]
    assert (read.pieces[0].kind, read.pieces[0].level) == (Kind.HEADING, 1)


def test_a_pages_table_has_its_spans_and_one_that_lays_out_the_page_is_none():
    inner = (
        "<table><caption>表1</caption><tr><th rowspan=2>学校</th><th colspan=2>人数</th></tr>"
        "<tr><td>男</td><td><p>女</p><p>生</p></td></tr></table>"
    )
    read = read_html("a.html", f"<table><tr><td>栏目</td><td>{inner}</td></tr></table>".encode("gb18030"))
    assert words_of(read)[:2] == ["栏目", "表1"]
    assert table_of(read) == {
        (1, 0, 0, 2, 1): "学校", (1, 0, 1, 1, 2): "人数", (1, 1, 1, 1, 1): "男", (1, 1, 2, 1, 1): "女\n生",
    }  # fmt: skip


def test_a_page_in_traditional_characters_is_read_by_the_charset_it_names():
    page = '<html><head><meta charset="big5"></head><body>現有國小12所</body></html>'
    assert words_of(read_html("a.html", page.encode("big5"))) == ["現有國小12所"]
