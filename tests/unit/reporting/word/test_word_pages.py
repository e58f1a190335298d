"""The page is that of GB/T 9704, and whoever edits the file finds native styles, numbers and contents in it."""

from __future__ import annotations

import pytest
from sample_report import chart, report_of, sample_form, sample_report, table_of_figures
from word_files import W, paragraphs, root, through_office, words

from junheng.reporting.report.blocks import Block, Contents, Heading, PageBreak, Paragraph, Table, cell, heads
from junheng.reporting.report.numbering import chinese
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Name, Note
from junheng.reporting.word.write import write_word

WIDE = Table("wide", ("宽表",), (1, 1), (heads("甲", "乙"), (cell("丙"), cell("丁"))), landscape=True)
NARROW = Table("narrow", ("窄表",), (1, 1), (heads("甲", "乙"), (cell("丙"), cell("丁"))))


def written(tmp_path, *blocks: Block, **options):
    path = tmp_path / "a.docx"
    write_word(report_of(*blocks), path, **options)
    return path


def sections(path) -> list[str]:
    """Of each section: whether it lies, and the words in it."""
    found, text = [], ""
    for block in root(path).find(f"{W}body"):
        if block.tag != f"{W}sectPr":
            text += words(block)
        section = block if block.tag == f"{W}sectPr" else block.find(f"{W}pPr/{W}sectPr")
        if section is not None:
            orientation = section.find(f"{W}pgSz").get(f"{W}orient", "portrait")
            found.append((orientation, text))
            text = ""
    assert text == ""
    return found


def breaks(path) -> list[str]:
    """The words of the paragraphs that begin a page."""
    return [words(each.getparent().getparent()) for each in root(path).iter(f"{W}pageBreakBefore")]


def style(path, name: str):
    styles = root(path, "word/styles.xml")
    return next(each for each in styles.iter(f"{W}style") if each.find(f"{W}name").get(f"{W}val") == name)


def test_the_page_is_that_of_official_letters(tmp_path):
    section = root(written(tmp_path, Paragraph(("正文",)))).find(f".//{W}sectPr")
    millimetres = {
        side: round(int(section.find(f"{W}pgMar").get(f"{W}{side}")) / 1440 * 25.4)
        for side in ("top", "bottom", "left", "right")
    }
    assert millimetres == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    assert section.find(f"{W}docGrid").get(f"{W}linePitch") == "579"


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("heading 1", "黑体", None),
        ("heading 2", "楷体_GB2312", None),
        ("公文标题", "方正小标宋简体", "44"),
        ("表题", "黑体", "28"),
        ("表格文字", None, "24"),
        ("footer", "宋体", "28"),
    ],
)
def test_typefaces_have_the_names_that_official_computers_know(tmp_path, name, font, size):
    found = style(written(tmp_path, Paragraph(("正文",))), name)
    fonts, sizes = found.find(f"{W}rPr/{W}rFonts"), found.find(f"{W}rPr/{W}sz")
    assert (None if fonts is None else fonts.get(f"{W}eastAsia")) == font
    assert (None if sizes is None else sizes.get(f"{W}val")) == size


def test_headings_are_numbered_by_word_itself(tmp_path):
    path = written(tmp_path, Heading(("甲",)), Heading(("乙",), 2), Heading(("附件",), numbered=False))
    assert [text for _, text in paragraphs(path)][1:4] == ["甲", "乙", "附件"]
    levels = root(path, "word/numbering.xml").findall(f".//{W}lvl")
    assert [level.find(f"{W}lvlText").get(f"{W}val") for level in levels] == ["%1、", "（%2）", "%3.", "（%4）"]
    assert {level.find(f"{W}suff").get(f"{W}val") for level in levels} == {"nothing"}
    for number, level in enumerate(levels, start=1):
        bound = style(path, f"heading {number}")
        assert level.find(f"{W}pStyle").get(f"{W}val") == bound.get(f"{W}styleId")
        assert bound.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val") == str(number - 1)
    unnumbered = root(path).find(f".//{W}p/{W}pPr/{W}numPr/{W}numId")
    assert unnumbered.get(f"{W}val") == "0"


HEADINGS = (
    (1, True), (2, True), (1, True), (2, True), (2, True), (1, False), (2, True), (3, True), (2, True), (1, False),
    (2, True), (1, True), (2, True), (2, False), (3, True),
)  # fmt: skip
NUMBERED = [
    "一、题", "（一）题", "二、题", "（一）题", "（二）题", "题", "（一）题", "1.题", "（二）题", "题",
    "（一）题", "三、题", "（一）题", "题", "1.题",
]  # fmt: skip


def test_numbers_begin_anew_below_a_heading_without_one(tmp_path):
    path = written(tmp_path, *(Heading(("题",), level, numbered) for level, numbered in HEADINGS))
    lists = root(path, "word/numbering.xml").findall(f"{W}num")
    anew = [each.get(f"{W}numId") for each in lists if each.find(f"{W}lvlOverride") is not None]
    body = root(path).find(f"{W}body")
    used = [
        None if (number := each.find(f"{W}pPr/{W}numPr/{W}numId")) is None else number.get(f"{W}val")
        for each in body.findall(f"{W}p")
        if words(each) == "题"
    ]
    first, second, third = anew
    assert used == [None] * 5 + ["0", *[first] * 3, "0", second, None, None, "0", third]
    assert len({each.find(f"{W}abstractNumId").get(f"{W}val") for each in lists}) == 1


def test_the_contents_number_headings_as_word_does(tmp_path):
    headings = [Heading(("题",), level, numbered) for level, numbered in HEADINGS]
    path = written(tmp_path, Contents(3), *headings)
    assert [text for name, text in paragraphs(path) if name.startswith("TOC")] == NUMBERED


@pytest.mark.slow
def test_libreoffice_begins_anew_too(tmp_path):
    path = written(tmp_path, *(Heading(("题",), level, numbered) for level, numbered in HEADINGS))
    text = through_office(path, "txt:Text", tmp_path).read_text(encoding="utf-8-sig")
    assert [line.replace(" ", "") for line in text.splitlines() if line.endswith("题")] == NUMBERED


def test_a_form_has_no_numbers_before_its_headings(tmp_path):
    write_word(sample_form(), tmp_path / "a.docx")
    heading = next(
        paragraph for paragraph in root(tmp_path / "a.docx").iter(f"{W}p") if words(paragraph) == "附表"
    )  # fmt: skip
    assert heading.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "0"


def test_a_form_repeats_the_title_of_a_table_on_each_of_its_pages(tmp_path):
    write_word(sample_form(), tmp_path / "a.docx")
    for table in root(tmp_path / "a.docx").iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        repeated = [words(row) for row in rows if row.find(f"{W}trPr/{W}tblHeader") is not None]
        assert repeated[:2] == ["各校资源配置情况", "单位：各列单位见表头"]
        assert len(repeated) == 3


@pytest.mark.parametrize(
    ("number", "word"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九"), (100, "100")],
)
def test_numbers_of_the_contents_are_written_as_word_counts(number, word):
    assert chinese(number) == word


def test_the_contents_are_complete_without_being_brought_up_to_date(tmp_path):
    path = written(
        tmp_path,
        Contents(2),
        Heading(("甲", Note(("脚注",)))),
        Heading(("乙",), 2),
        Heading(("丙",), 3),
        Heading(("丁",), 2),
        Heading(("戊",)),
        Heading(("附件",), numbered=False),
        contents_pages={0: 1, 1: 1, 3: 2, 4: 12, 5: 13},
    )
    entries = [(name, text) for name, text in paragraphs(path) if name.startswith("TOC")]
    assert entries == [
        ("TOC1", "一、甲1"),
        ("TOC2", "（一）乙1"),
        ("TOC2", "（二）丁2"),
        ("TOC1", "二、戊12"),
        ("TOC1", "附件13"),
    ]
    body = root(path).find(f"{W}body")
    instructions = ["".join(node.itertext()).strip() for node in body.iter(f"{W}instrText")]
    assert instructions[0] == r'TOC \o "1-2" \h \z'
    assert r"PAGEREF _Toc900000003 \h" in instructions
    kinds = [node.get(f"{W}fldCharType") for node in body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 6
    anchors = {node.get(f"{W}anchor") for node in body.iter(f"{W}hyperlink")}
    assert anchors <= {node.get(f"{W}name") for node in body.iter(f"{W}bookmarkStart")}
    assert root(path, "word/settings.xml").find(f"{W}updateFields") is None


def test_contents_without_known_pages_have_page_numbers_once_somebody_updates_them(tmp_path):
    path = written(tmp_path, Contents(1), Heading(("甲",)), Heading(("乙",)))
    assert [text for name, text in paragraphs(path) if name.startswith("TOC")] == ["一、甲", "二、乙"]
    assert r"\n" not in next(root(path).iter(f"{W}instrText")).text  # which would keep them away for ever


def test_word_knows_the_contents_for_contents_and_offers_to_update_them(tmp_path):
    path = written(tmp_path, Paragraph(("前",)), PageBreak(), Contents(1), Heading(("甲",)))
    block = root(path).find(f"{W}body/{W}sdt")
    assert block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery").get(f"{W}val") == "Table of Contents"
    assert words(block) == "目　录一、甲"
    assert breaks(path) == ["目　录"]


def test_contents_of_nothing_are_left_out(tmp_path):
    assert "目" not in "".join(text for _, text in paragraphs(written(tmp_path, Contents(), Paragraph(("正文",)))))


def test_wide_tables_that_follow_each_other_share_lying_pages(tmp_path):
    found = sections(
        written(tmp_path, Paragraph(("前",)), Heading(("表",)), WIDE, WIDE, Paragraph(("后",)), NARROW)
    )  # fmt: skip
    assert [orientation for orientation, _ in found] == ["portrait", "landscape", "portrait"]
    assert found[1][1].startswith("表宽表")
    assert found[2][1].startswith("后窄表")


def test_lying_pages_have_the_margins_turned(tmp_path):
    section = list(root(written(tmp_path, WIDE)).iter(f"{W}sectPr"))[-1]
    margins = section.find(f"{W}pgMar")
    assert {side: margins.get(f"{W}{side}") for side in ("top", "right", "bottom", "left")} == {
        "top": "1588", "right": "2098", "bottom": "1474", "left": "1984",
    }  # fmt: skip
    assert int(section.find(f"{W}pgSz").get(f"{W}w")) > int(section.find(f"{W}pgSz").get(f"{W}h"))


def test_small_print_after_a_wide_table_at_the_end_makes_no_page_of_its_own(tmp_path):
    found = sections(written(tmp_path, Paragraph(("前",), "centre"), WIDE))
    assert len(found) == 2
    assert "数据与依据" in found[1][1]


def test_page_numbers_stand_outside_and_go_on(tmp_path):
    path = written(tmp_path, Paragraph(("前",)), WIDE, Paragraph(("后",)))
    assert root(path, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    sides = {
        name: root(path, f"word/footer_{name}.xml").find(f".//{W}jc").get(f"{W}val") for name in ("odd", "even")
    }  # fmt: skip
    assert sides == {"odd": "right", "even": "left"}
    for section in root(path).iter(f"{W}sectPr"):
        assert {each.get(f"{W}type") for each in section.findall(f"{W}footerReference")} == {"even", "default"}
        assert section.find(f"{W}pgNumType") is None


def test_a_break_before_what_begins_a_page_anyway_leaves_no_empty_page(tmp_path):
    path = written(
        tmp_path,
        Paragraph(("前",)),
        PageBreak(),
        Heading(("甲",), new_page=True),
        PageBreak(),
        WIDE,
        PageBreak(),
        Paragraph(("后",)),
        PageBreak(),
        NARROW,
        PageBreak(),
        chart(),
    )
    assert breaks(path) == ["甲", "窄表", ""]
    assert len(sections(path)) == 3


def test_a_title_too_long_for_a_line_is_broken_between_its_parts(tmp_path):
    write_word(sample_report(1), tmp_path / "a.docx")
    title = root(tmp_path / "a.docx").find(f".//{W}p")
    lines = "".join("\n" if node.tag == f"{W}br" else node.text for node in title.iter(f"{W}br", f"{W}t")).split("\n")
    assert lines == ["青禾县", "县域义务教育优质均衡发展自查自评报告"]


def test_a_short_title_stands_on_one_line(tmp_path):
    report = Report("a", (Name("青禾县", "county"), "自评报告"), (), (), sample_report(1).provenance)
    write_word(report, tmp_path / "a.docx")
    assert root(tmp_path / "a.docx").find(f".//{W}p//{W}br") is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [("body", "Normal"), ("address", "Address"), ("signature", "Signature"), ("note", "SmallPrint"),
     ("centre", "Centred")],
)  # fmt: skip
def test_every_kind_of_paragraph_has_a_style(tmp_path, kind, name):
    assert (name, "词") in paragraphs(written(tmp_path, Paragraph(("词",), kind)))


def test_a_signature_never_stands_alone_on_a_page(tmp_path):
    blocks = (Paragraph(("请批示。",)), Paragraph(("某局",), "signature"), Paragraph(("某日",), "signature"))
    body = root(written(tmp_path, *blocks)).find(f"{W}body")
    kept = {words(each.getparent().getparent()) for each in body.iter(f"{W}keepNext")}
    assert kept == {"请批示。", "某局"}


def test_lines_of_a_signature_share_one_middle(tmp_path):
    blocks = (Paragraph(("某某县教育局",), "signature"), Paragraph(("某日",), "signature"))
    indents = [each.get(f"{W}rightChars") for each in root(written(tmp_path, *blocks)).iter(f"{W}ind")]
    assert indents == ["400", "600"]


def test_quotation_marks_are_as_wide_as_chinese_ones(tmp_path):
    run = root(written(tmp_path, Paragraph(("“两免一补”",)))).findall(f".//{W}r")[1]
    assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"


def test_a_table_at_the_very_end_is_followed_by_a_paragraph(tmp_path):
    write_word(sample_form(1), tmp_path / "a.docx")
    body = root(tmp_path / "a.docx").find(f"{W}body")
    assert body[-1].tag == f"{W}sectPr"
    assert body[-2].tag == f"{W}p"


def test_wide_tables_of_any_length_have_the_width_of_the_lying_page(tmp_path):
    table = root(written(tmp_path, table_of_figures(2))).find(f".//{W}tbl")
    widths = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
    assert sum(widths) == 16838 - 1984 - 2098
