"""A Word file is read as its reader sees it, and every character is traced to the element that holds it."""

from __future__ import annotations

from docx import Document as Word

from junheng.documents.document import Kind
from junheng.documents.word import read_word, read_word_text
from unit.documents.written_files import packed, saved, table_of, word, words_of

P = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def test_headings_have_the_level_of_their_style():
    document = Word()
    document.add_heading("自查报告", 0)
    document.add_heading("一、概况", 1)
    document.add_heading("（一）学校", 2)
    own = document.styles.add_style("单位标题", 1)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("1.小学", style=own)
    document.add_paragraph("全县小学12所。")
    read = read_word("报告.docx", saved(document))
    assert [(piece.kind, piece.level) for piece in read.pieces] == [
        (Kind.TITLE, 0), (Kind.HEADING, 1), (Kind.HEADING, 2), (Kind.HEADING, 3), (Kind.BODY, 0),
    ]  # fmt: skip
    assert read.text == "自查报告\n一、概况\n（一）学校\n1.小学\n全县小学12所。\n"


def test_an_outline_level_given_to_a_paragraph_makes_it_a_heading():
    outline = '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>师资</w:t></w:r></w:p>'
    (piece,) = read_word("a.docx", word(outline)).pieces
    assert (piece.kind, piece.level) == (Kind.HEADING, 2)


def test_what_was_deleted_or_hidden_is_not_read_and_what_was_inserted_is():
    changed = (
        "<w:p><w:r><w:t>小学</w:t></w:r><w:del><w:r><w:delText>11</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:t>所</w:t></w:r>"
        "<w:moveFrom><w:r><w:t>，初中8所</w:t></w:r></w:moveFrom>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>（隐藏）</w:t></w:r></w:p>"
    )
    assert words_of(read_word("a.docx", word(changed))) == ["小学12所"]


def test_content_controls_links_fields_tabs_and_breaks_are_read():
    mixed = (
        "<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>小学12所</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:tab/><w:t>初中8所</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:br/><w:t>合计20所</w:t></w:r></w:p>"
    )
    block = f"<w:sdt><w:sdtContent>{P.format('块')}</w:sdtContent></w:sdt>"
    assert words_of(read_word("a.docx", word(mixed, block))) == ["小学12所\t初中8所\n合计20所", "块"]


def test_the_parts_of_a_fraction_stay_apart():
    formula = (
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>12</m:t></m:r></m:num><m:den><m:r><m:t>34</m:t></m:r></m:den></m:f>"
        "</m:oMath></w:p>"
    )
    assert words_of(read_word("a.docx", word(formula))) == ["12/34"]


def test_a_text_box_is_read_once_after_its_paragraph():
    box = "<w:txbxContent><w:p><w:r><w:t>图中文字</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    paragraph = (
        f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert words_of(read_word("a.docx", word(paragraph))) == ["正文", "图中文字"]


def test_a_merged_cell_is_one_and_a_cells_paragraphs_are_its_lines():
    document = Word()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    table.cell(1, 0).add_paragraph("")
    assert table_of(read_word("a.docx", saved(document))) == {
        (1, 0, 0, 1, 2): "00\n01", (1, 0, 2, 1, 1): "02",
        (1, 1, 0, 1, 1): "10", (1, 1, 1, 1, 1): "11", (1, 1, 2, 2, 1): "12\n22",
        (1, 2, 0, 1, 1): "20", (1, 2, 1, 1, 1): "21",
    }  # fmt: skip


def test_a_table_in_a_cell_comes_after_the_cells_own_text():
    document = Word()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "外"
    cell.add_table(1, 1).cell(0, 0).text = "内"
    document.add_table(1, 1).cell(0, 0).text = "后"
    assert list(table_of(read_word("a.docx", saved(document))).items()) == [
        ((1, 0, 0, 1, 1), "外"), ((2, 0, 0, 1, 1), "内"), ((3, 0, 0, 1, 1), "后"),
    ]  # fmt: skip


def test_footnotes_come_last_and_say_which_they_are():
    content = packed(_with_notes())
    read = read_word_text("a.docx", content)
    assert [(read.document.words(piece), piece.place) for piece in read.document.pieces] == [
        ("小学12所", ""), ("含教学点。", "脚注1"),
    ]  # fmt: skip
    assert list(read.parts) == ["word/document.xml", "word/footnotes.xml"]
    assert read.runs[-1].part == "word/footnotes.xml"


def _with_notes() -> dict[str, str]:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    relation = f'<Relationship Id="r1" Type="{kinds}/{{}}" Target="{{}}"/>'
    separator = '<w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    note = f'<w:footnote w:id="2">{P.format("含教学点。")}</w:footnote>'
    return {
        "_rels/.rels": relations.format(relation.format("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations.format(relation.format("footnotes", "footnotes.xml")),
        "word/document.xml": f"<w:document {w}><w:body>{P.format('小学12所')}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {w}>{separator}{note}</w:footnotes>",
    }


def test_the_list_of_contents_is_left_out():
    document = Word()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("一、概况\t3", style="toc 1")
    document.add_paragraph("正文")
    assert words_of(read_word("a.docx", saved(document))) == ["正文"]


def test_every_character_of_the_file_is_traced_to_its_element():
    document = Word()
    paragraph = document.add_paragraph("全县")
    paragraph.add_run("小学12")
    paragraph.add_run("所\t8")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "在校生"
    table.cell(0, 1).text = "1234"
    table.cell(0, 1).add_paragraph("人")
    read = read_word_text("a.docx", saved(document))
    text = read.document.text
    assert text == "全县小学12所\t8\n在校生\n1234\n人\n"
    shown = [(text[run.start : run.end], run.node.text or run.node.tag.rpartition("}")[2]) for run in read.runs]
    assert shown == [
        ("全县", "全县"), ("小学12", "小学12"), ("所", "所"), ("\t", "tab"), ("8", "8"),
        ("在校生", "在校生"), ("1234", "1234"), ("人", "人"),
    ]  # fmt: skip
    assert {
        text[at] for at in set(range(len(text))) - {at for run in read.runs for at in range(run.start, run.end)}
    } == {"\n"}
    root = read.parts["word/document.xml"]
    assert all(run.node.getroottree().getroot() is root and run.node in run.paragraph.iter() for run in read.runs)
