"""Comments in Word: on exactly the characters of a finding, and nothing else of the file changes."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from checked_report import claim, claims, report
from junheng.claims.annotated_word import annotated_word
from junheng.claims.claim import Verdict
from junheng.claims.marking import Only
from junheng.documents.word import read_word

WRONG = Verdict.INCONSISTENT


def saved(word):
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def commented(content, *found, only=Only.ALL):
    """A file with comments: the file, and the words under each comment in the order of their ids."""
    document = read_word("报告.docx", content)
    made = annotated_word(document, [claim(document.text, *one) for one in found], content, only)
    assert read_word("报告.docx", made).text == document.text
    word = docx.Document(io.BytesIO(made))
    return word, [anchored(word, comment.comment_id) for comment in word.comments]


def anchored(word, number):
    """The words between the two ends of a comment."""
    words, inside = [], False
    for element in word.element.body.iter():
        if element.tag == qn("w:commentRangeStart") and element.get(qn("w:id")) == str(number):
            inside = True
        elif element.tag == qn("w:commentRangeEnd") and element.get(qn("w:id")) == str(number):
            return "".join(words)
        elif inside and element.tag in (qn("w:t"), qn("m:t")):
            words.append(element.text or "")
    raise AssertionError(f"comment {number} has no anchor")


def paragraph(xml):
    """A file of one paragraph with this inside."""
    word = docx.Document()
    word.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'm')}>{xml}</w:p>"))
    return saved(word)


def test_a_run_is_cut_and_both_sides_keep_their_format():
    content = paragraph("<w:r><w:rPr><w:b/></w:rPr><w:t>图书17980册，生均40册。</w:t></w:r>")
    word, words = commented(content, ("生均40册", 40, "册", WRONG))
    assert words == ["生均40册"]
    runs = [run for run in word.paragraphs[0].runs if run.text]
    assert [run.text for run in runs] == ["图书17980册，", "生均40册", "。"]
    assert all(run.bold for run in runs)


def test_a_quote_over_several_runs_is_anchored_from_its_first_to_its_last_character():
    content = paragraph("<w:r><w:t>共有生</w:t></w:r><w:r><w:t>均4</w:t></w:r><w:r><w:t>0册书</w:t></w:r>")
    assert commented(content, ("生均40册", 40, "册", WRONG))[1] == ["生均40册"]


def test_spaces_at_a_cut_survive():
    word, words = commented(paragraph("<w:r><w:t>学生 620 人</w:t></w:r>"), ("620", 620, "人", WRONG))
    assert words == ["620"]
    assert word.paragraphs[0].text == "学生 620 人"


def test_tabs_and_line_breaks_inside_a_run_stay_where_they_are():
    content = paragraph("<w:r><w:t>学生</w:t><w:tab/><w:t>620人</w:t><w:br/><w:t>教师48人</w:t></w:r>")
    word, words = commented(content, ("620人", 620, "人", WRONG), ("教师48人", 48, "人", WRONG))
    assert words == ["620人", "教师48人"]
    assert word.paragraphs[0].text == "学生\t620人\n教师48人"


def test_several_figures_may_share_or_overlap_a_quote():
    content = paragraph("<w:r><w:t>教职工、专任教师分别为52人、48人</w:t></w:r>")
    both = "教职工、专任教师分别为52人、48人"
    found = commented(content, (both, 52, "人", WRONG), (both, 48, "人", WRONG), ("48人", 48, "人", WRONG))[1]
    assert found == [both, both, "48人"]


@pytest.mark.parametrize(
    "inside",
    [
        "<w:hyperlink><w:r><w:t>生均40册书</w:t></w:r></w:hyperlink>",
        '<w:ins w:id="7" w:author="某"><w:r><w:t>生均40册书</w:t></w:r></w:ins>',
        "<w:sdt><w:sdtContent><w:r><w:t>生均40册书</w:t></w:r></w:sdtContent></w:sdt>",
        '<w:fldSimple w:instr="REF a"><w:r><w:t>生均40册书</w:t></w:r></w:fldSimple>',
    ],
    ids=["hyperlink", "insertion", "content control", "field"],
)
def test_a_run_inside_something_is_cut_there(inside):
    assert commented(paragraph(inside), ("生均40册", 40, "册", WRONG))[1] == ["生均40册"]


def test_a_figure_in_a_formula_has_the_whole_formula_marked():
    content = paragraph("<w:r><w:t>比值</w:t></w:r><m:oMath><m:r><m:t>1:18.04</m:t></m:r></m:oMath>")
    word, words = commented(content, ("18.04", "18.04", "", WRONG))
    assert words == ["1:18.04"]
    assert word.element.body.find(f".//{qn('m:oMath')}//{qn('w:commentRangeStart')}") is None


def test_a_figure_in_a_text_box_has_the_box_marked_because_word_takes_no_comments_in_it():
    box = (
        '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r>'
        "<w:t>图书17980册</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    content = paragraph(f"<w:r><w:t>见框</w:t></w:r>{box}")
    word, words = commented(content, ("17980册", 17980, "册", WRONG))
    assert words == ["图书17980册"]
    assert word.element.body.find(f".//{qn('w:txbxContent')}//{qn('w:commentRangeStart')}") is None


def test_cells_are_cut_like_paragraphs():
    word = docx.Document()
    word.add_table(1, 2).cell(0, 1).text = "合计620人"
    assert commented(saved(word), ("620人", 620, "人", WRONG))[1] == ["620人"]


def test_comments_that_were_there_stay():
    word = docx.Document()
    run = word.add_paragraph().add_run("生均40册，学生620人")
    word.add_comment(run, "请核实", "审核员")
    word, words = commented(saved(word), ("620人", 620, "人", WRONG))
    assert [(one.author, one.text.split("\n")[0][:3]) for one in word.comments] == [
        ("审核员", "请核实"),
        ("均衡", "不符："),
    ]
    assert words == ["生均40册，学生620人", "620人"]


def test_nothing_of_the_file_changes_but_its_text_part_and_comments():
    word = docx.Document()
    word.add_paragraph("生均40册")
    word.sections[0].header.paragraphs[0].text = "页眉"
    content = saved(word)
    document = read_word("报告.docx", content)
    made = annotated_word(document, [claim(document.text, "40册", 40, "册", WRONG)], content)
    before, after = (zipfile.ZipFile(io.BytesIO(one)) for one in (content, made))
    same = {name for name in before.namelist() if before.read(name) == after.read(name)}
    changed = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(before.namelist()) - same <= changed


def test_the_same_findings_give_the_same_file():
    contents = [zipfile.ZipFile(io.BytesIO(annotated_word(report(), claims()))) for _ in range(2)]
    first, second = ({name: one.read(name) for name in one.namelist() if "core" not in name} for one in contents)
    assert first == second


def test_other_formats_become_a_new_file_with_the_text_and_the_tables():
    document = report()
    word = docx.Document(io.BytesIO(annotated_word(document, claims(), b"anything", Only.ALL)))
    quotes = [one.quote for one in claims()]
    assert [anchored(word, comment.comment_id) for comment in word.comments] == quotes
    assert [cell.text for row in word.tables[0].rows for cell in row.cells][-2:] == ["合计", "620"]
    assert read_word("新.docx", saved(word)).text == document.text


def test_comments_say_what_is_wrong_and_why():
    word = docx.Document(io.BytesIO(annotated_word(report(), claims())))
    assert [comment.text.split("：")[0] for comment in word.comments] == ["不符", "未达到标准", "不符"]
    books = next(iter(word.comments)).text
    assert "重算：29册/生" in books
    assert "图书 17980册（“图书17980册”）" in books
    assert "≥ 30册/生，没有达到" in books


def test_characters_that_no_file_can_hold_are_left_out():
    document = report()
    text = document.text.replace("馆藏", "馆\x0c")
    made = annotated_word(replace(document, text=text), claims(), None, Only.ALL)
    assert "馆图书17980册" in "\n".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs)


def test_a_figure_in_a_footnote_is_marked_where_the_text_refers_to_it():
    content = with_footnote(paragraph('<w:r><w:t>图书见注</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'))
    document = read_word("报告.docx", content)
    made = annotated_word(document, [claim(document.text, "17980册", 17980, "册", WRONG)], content)
    body = docx.Document(io.BytesIO(made)).element.body
    start = body.find(f".//{qn('w:commentRangeStart')}")
    assert start.getnext().find(qn("w:footnoteReference")) is not None


def with_footnote(content):
    """The file with a part of footnotes."""
    word = docx.Document(io.BytesIO(content))
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>共17980册</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    media = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = docx.opc.part.Part(docx.opc.packuri.PackURI("/word/footnotes.xml"), media, notes.encode(), word.part.package)
    word.part.relate_to(part, kind)
    return saved(word)
