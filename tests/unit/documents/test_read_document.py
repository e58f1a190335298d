"""A file is known by its content; what cannot be read is refused with what to do next, and never breaks anything."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from junheng.base.errors import JunhengError
from junheng.documents import limits, old_word
from junheng.documents.errors import (
    DamagedDocumentError,
    DocumentTooLargeError,
    EmptyDocumentError,
    EncryptedDocumentError,
    OldWordError,
    ScannedDocumentError,
    UnsafeDocumentError,
    UnsupportedDocumentError,
)
from junheng.documents.reading import read_document
from unit.documents.written_files import packed, pdf, word, words_of
from unit.reporting.word.word_files import through_office

WORD = word("<w:p><w:r><w:t>现有小学12所。</w:t></w:r></w:p>")
PDF = pdf("现有小学12所。")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
PICTURE = io.BytesIO()
Image.new("RGB", (20, 20)).save(PICTURE, "PDF")
LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<41><41>]>>\n%%EOF"
)


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le") + bytes(2)


def read(folder, name, content):
    file = folder / name
    file.write_bytes(content)
    return read_document(file)


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.doc", "没有扩展名"])
@pytest.mark.parametrize(
    "content", [WORD, PDF, "<html><p>现有小学12所。</p></html>".encode()], ids=["docx", "pdf", "html"]
)
def test_a_file_is_read_by_its_content_whatever_its_name(tmp_path, name, content):
    if name == "没有扩展名" and content.startswith(b"<"):
        name = "a.html"  # without a suffix text is text
    assert words_of(read(tmp_path, name, content)) == ["现有小学12所。"]


def test_the_name_for_people_is_the_documents(tmp_path):
    (tmp_path / "upload").write_text("# 题", encoding="utf-8")
    document = read_document(tmp_path / "upload", name="报告.md")
    assert document.name == "报告.md"
    assert words_of(document) == ["题"]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.docx", b"", EmptyDocumentError),
        ("a.txt", " \n　\n".encode(), EmptyDocumentError),
        ("a.docx", word("<w:p></w:p>"), EmptyDocumentError),
        ("a.docx", WORD[:300], DamagedDocumentError),
        ("a.pdf", PDF[:200], DamagedDocumentError),
        ("a.docx", b"PK\x05\x06" + bytes(18), DamagedDocumentError),
        ("a.docx", "其实是文字".encode(), DamagedDocumentError),
        ("a.docx", packed({"word/other.xml": "<a/>"}), DamagedDocumentError),
        ("a.docx", packed({"word/document.xml": f"<!DOCTYPE a []><w:document {W}/>"}), UnsafeDocumentError),
        ("a.docx", stream("EncryptedPackage"), EncryptedDocumentError),
        ("a.pdf", LOCKED, EncryptedDocumentError),
        ("a.pdf", PICTURE.getvalue(), ScannedDocumentError),
        ("a.xls", stream("Workbook"), UnsupportedDocumentError),
        ("a.pptx", packed({"ppt/presentation.xml": ""}), UnsupportedDocumentError),
        ("a.zip", packed({"报告.docx": ""}), UnsupportedDocumentError),
        ("a.png", b"\x89PNG\r\n", UnsupportedDocumentError),
        ("a.csv", b"1,2", UnsupportedDocumentError),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)  # fmt: skip
def test_what_cannot_be_read_says_why(tmp_path, name, content, error):
    with pytest.raises(error) as raised:
        read(tmp_path, name, content)
    for language in ("zh", "en"):
        assert name in raised.value.message(language)


def test_what_unpacks_without_end_is_refused(tmp_path):
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", bytes(limits.PART_BYTES + 1))
    with pytest.raises(DocumentTooLargeError):
        read(tmp_path, "a.docx", file.getvalue())


@pytest.mark.parametrize(
    ("limit", "content"), [("FILE_BYTES", WORD), ("CHARACTERS", WORD), ("CHARACTERS", PDF), ("PAGES", PDF)]
)
def test_what_is_longer_than_any_report_is_refused(tmp_path, monkeypatch, limit, content):
    monkeypatch.setattr(limits, limit, 0)
    with pytest.raises(DocumentTooLargeError):
        read(tmp_path, "a.docx", content)


@pytest.mark.slow
def test_a_doc_is_read_through_office(tmp_path):
    (tmp_path / "a.docx").write_bytes(WORD)
    assert words_of(read_document(through_office(tmp_path / "a.docx", "doc", tmp_path))) == ["现有小学12所。"]


def test_a_doc_without_office_asks_for_a_docx(tmp_path, monkeypatch):
    monkeypatch.setattr(old_word.shutil, "which", lambda name: None)
    with pytest.raises(OldWordError, match=r"另存为 \.docx"):
        read(tmp_path, "a.doc", stream("WordDocument"))


@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(data, tmp_path_factory):
    name, content = data.draw(st.sampled_from([("a.docx", WORD), ("a.pdf", PDF), ("a.html", b"<p>12<table><td>3")]))
    changed = bytearray(content)
    for _ in range(data.draw(st.integers(0, 20))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(changed)))
    other = data.draw(st.sampled_from([name, "a.docx", "a.pdf", "a.xlsx", "a.txt", "a.md"]))
    try:
        document = read(tmp_path_factory.mktemp("damaged"), other, bytes(changed[:end]))
    except JunhengError:
        return
    assert document.pieces


XML = st.sampled_from(
    [
        "<w:p>",
        "</w:p>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:t>1</w:t>",
        '<w:vMerge w:val=""/>',
        "<w:tcPr><w:vMerge/></w:tcPr>",
        '<w:gridSpan w:val="-9"/>',
    ]
)


@given(st.lists(XML, max_size=25).map("".join))
def test_a_body_of_any_elements_is_read_or_refused(tmp_path_factory, body):
    content = packed({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"})
    try:
        read(tmp_path_factory.mktemp("body"), "a.docx", content)
    except JunhengError:
        return
