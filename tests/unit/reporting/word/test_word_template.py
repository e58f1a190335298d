"""The look of a file may come from another that somebody made: its styles win, its words do not."""

from __future__ import annotations

import re
import zipfile

import docx
import pytest
from docx.shared import Mm, Pt
from sample_report import report_of, sample_report
from word_files import W, edit, out_of_order, parts, root, through_office, words

from junheng.reporting.report.blocks import Heading, Paragraph, Table, cell
from junheng.reporting.word.errors import NotWordError, TooLargeWordError
from junheng.reporting.word.marked import read_marked
from junheng.reporting.word.write import write_word


@pytest.fixture
def restyled(tmp_path):
    """A letter of ours that a clerk made to look otherwise."""
    path = tmp_path / "restyled.docx"
    write_word(sample_report(5), path)
    document = docx.Document(str(path))
    document.styles["公文标题"].font.size = Pt(26)
    section = document.sections[0]
    section.left_margin, section.top_margin = Mm(30), Mm(40)
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "青禾县教育局"
    document.save(str(path))
    return path


def size(path, name: str) -> str:
    for style in root(path, "word/styles.xml").iter(f"{W}style"):
        if style.find(f"{W}name").get(f"{W}val") == name:
            return style.find(f"{W}rPr/{W}sz").get(f"{W}val")
    raise KeyError(name)


def test_styles_margins_and_heads_are_those_of_the_template(restyled, tmp_path):
    report = report_of(Heading(("甲",)), Paragraph(("新的正文",)))
    write_word(report, tmp_path / "a.docx", template=restyled)
    assert size(tmp_path / "a.docx", "公文标题") == "52"
    opened = docx.Document(str(tmp_path / "a.docx"))
    section = opened.sections[0]
    assert (round(section.left_margin.mm), round(section.top_margin.mm)) == (30, 40)
    assert section.header.paragraphs[0].text == "青禾县教育局"
    assert [paragraph.text for paragraph in opened.paragraphs][:3] == ["样例", "甲", "新的正文"]


def test_nothing_of_the_templates_text_is_left_in_the_file(restyled, tmp_path):
    write_word(report_of(Paragraph(("正文",))), tmp_path / "a.docx", template=restyled)
    found = parts(tmp_path / "a.docx")
    assert not any(name.startswith("word/media/") for name in found)
    assert len([name for name in found if name.startswith("customXml/")]) == 3  # the list, its id and their relation
    assert len(root(tmp_path / "a.docx", "word/footnotes.xml")) == 2  # the separators
    assert not any("第1小学".encode() in data for data in found.values())
    assert read_marked(tmp_path / "a.docx").figures == ()


def test_who_made_the_template_is_not_who_wrote_the_report(restyled, tmp_path):
    document = docx.Document(str(restyled))
    document.core_properties.last_modified_by = document.core_properties.comments = "某科员"
    document.save(str(restyled))
    write_word(report_of(Paragraph(("正文",))), tmp_path / "a.docx", template=restyled)
    assert not any("某科员".encode() in data for data in parts(tmp_path / "a.docx").values())


def test_lying_pages_are_as_wide_as_the_template_lets_them(restyled, tmp_path):
    table = Table("a", ("表",), (1, 1), ((cell("甲"), cell("乙")),), head=0, landscape=True)
    write_word(report_of(Paragraph(("前",), "centre"), table), tmp_path / "a.docx", template=restyled)
    sections = docx.Document(str(tmp_path / "a.docx")).sections
    assert [section.orientation for section in sections] == [0, 1]
    assert round(sections[1].top_margin.mm) == 30
    width = sections[1].page_width - sections[1].left_margin - sections[1].right_margin
    assert sum(int(each.get(f"{W}w")) for each in root(tmp_path / "a.docx").iter(f"{W}gridCol")) * 635 == width


def test_a_file_of_somebody_else_gets_the_styles_it_lacks(tmp_path):
    docx.Document().save(str(tmp_path / "plain.docx"))
    write_word(sample_report(5), tmp_path / "a.docx", template=tmp_path / "plain.docx")
    assert size(tmp_path / "a.docx", "公文标题") == "44"
    for name in ("word/document.xml", "word/footnotes.xml", "word/numbering.xml"):
        assert not [fault for fault in out_of_order(root(tmp_path / "a.docx", name)) if "lvl" not in fault]
    defined = {style.get(f"{W}styleId") for style in root(tmp_path / "a.docx", "word/styles.xml").iter(f"{W}style")}
    for name in ("word/document.xml", "word/footnotes.xml"):
        tags = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
        assert {node.get(f"{W}val") for node in root(tmp_path / "a.docx", name).iter(*tags)} <= defined
    assert len(read_marked(tmp_path / "a.docx").figures) == len(list(sample_report(5).figures()))


def test_headings_are_found_by_name_where_a_program_gave_other_ids(tmp_path):
    write_word(report_of(Heading(("甲",))), tmp_path / "ours.docx")
    changes = {name: lambda xml: xml.replace('"Heading1"', '"1"') for name in ("word/styles.xml", "word/numbering.xml")}
    template = edit(tmp_path / "ours.docx", changes, tmp_path / "renamed.docx")
    write_word(report_of(Heading(("乙",))), tmp_path / "a.docx", template=template)
    paragraph = next(each for each in root(tmp_path / "a.docx").iter(f"{W}p") if words(each) == "乙")
    assert paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "1"


def test_borrowed_headings_bring_their_numbers(tmp_path):
    def without_headings(xml: str) -> str:
        return re.sub(r'<w:style w:type="paragraph" w:styleId="Heading\d">.*?</w:style>', "", xml, flags=re.S)

    write_word(report_of(Heading(("甲",))), tmp_path / "ours.docx")
    template = edit(tmp_path / "ours.docx", {"word/styles.xml": without_headings}, tmp_path / "less.docx")
    write_word(report_of(Heading(("乙",))), tmp_path / "a.docx", template=template)
    style = next(
        each for each in root(tmp_path / "a.docx", "word/styles.xml").iter(f"{W}style")
        if each.find(f"{W}name").get(f"{W}val") == "heading 1"
    )  # fmt: skip
    number = style.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
    lists = root(tmp_path / "a.docx", "word/numbering.xml")
    abstract = lists.find(f"{W}num[@{W}numId='{number}']/{W}abstractNumId").get(f"{W}val")
    level = lists.find(f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl")
    assert level.find(f"{W}pStyle").get(f"{W}val") == style.get(f"{W}styleId")


@pytest.mark.parametrize(
    "data", [b"", b"words", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 600], ids=["empty", "text", "doc"]
)
def test_what_is_no_docx_is_refused_with_what_to_do(tmp_path, data):
    (tmp_path / "t.docx").write_bytes(data)
    with pytest.raises(NotWordError, match=r"JH-R020.*t\.docx.*另存为"):
        write_word(report_of(), tmp_path / "a.docx", template=tmp_path / "t.docx")
    assert not (tmp_path / "a.docx").exists()


def test_a_missing_template_is_named(tmp_path):
    with pytest.raises(NotWordError, match="没有这个文件"):
        write_word(report_of(), tmp_path / "a.docx", template=tmp_path / "t.docx")


def test_a_torn_file_and_a_workbook_are_refused(tmp_path):
    write_word(report_of(), tmp_path / "ours.docx")
    whole = (tmp_path / "ours.docx").read_bytes()
    (tmp_path / "torn.docx").write_bytes(whole[: len(whole) // 2])
    with zipfile.ZipFile(tmp_path / "zip.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    torn_xml = edit(tmp_path / "ours.docx", {"word/document.xml": lambda xml: xml[:-40]}, tmp_path / "xml.docx")
    for path in (tmp_path / "torn.docx", tmp_path / "zip.docx", torn_xml):
        with pytest.raises(NotWordError):
            write_word(report_of(), tmp_path / "a.docx", template=path)


def test_a_file_that_would_fill_the_memory_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"word/media/{number}.bmp", bytes(80 * 1024 * 1024))
    with pytest.raises(TooLargeWordError, match="320 MB"):
        write_word(report_of(), tmp_path / "a.docx", template=tmp_path / "bomb.docx")


@pytest.mark.slow
def test_a_file_that_libreoffice_saved_can_be_a_template(tmp_path):
    write_word(sample_report(5), tmp_path / "ours.docx")
    saved = through_office(tmp_path / "ours.docx", "docx", tmp_path)
    write_word(sample_report(6), tmp_path / "a.docx", template=saved)
    assert len(read_marked(tmp_path / "a.docx").figures) == len(list(sample_report(6).figures()))
    assert through_office(tmp_path / "a.docx", "pdf", tmp_path).exists()
