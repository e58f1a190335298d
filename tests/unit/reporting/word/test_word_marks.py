"""Figures stay marked: they are found again, checked and refreshed, whatever people did to the words around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import inf

import docx
import pytest
from sample_report import CV, PROVENANCE, SCHOOLS, UNKNOWN, count, indicators, report_of, sample_form, sample_report
from word_files import W, edit, out_of_order, parts, root, through_office, words

from junheng.reporting.report.blocks import Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.provenance import provenance_lines
from junheng.reporting.report.runs import Figure, Name, Note, figures_in, say, words_of
from junheng.reporting.word.errors import NotMarkedError, NotWordError, OtherMarksError
from junheng.reporting.word.marked import read_marked
from junheng.reporting.word.refreshed import refresh
from junheng.reporting.word.write import write_word

DOCUMENT = "word/document.xml"
SENTENCE = Paragraph(say("全县有{schools}，差异系数{cv}，认可度{unknown}。", schools=SCHOOLS, cv=CV, unknown=UNKNOWN))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "report.docx"
    write_word(report_of(SENTENCE, indicators()), path)
    return path


def control(text: str):
    """Where in the XML the words of a control stand."""
    return f'<w:t xml:space="preserve">{text}</w:t>'


def texts(path) -> list[tuple[str, str]]:
    return [(each.key, each.text) for each in read_marked(path).figures]


def test_every_figure_is_found_with_its_exact_value_and_its_words(tmp_path):
    report = sample_report(20)
    write_word(report, tmp_path / "a.docx")
    marked = read_marked(tmp_path / "a.docx")
    assert sorted(each.figure.key for each in marked.figures) == sorted(each.key for each in report.figures())
    by_key = {each.key: each for each in report.figures()}
    for each in marked.figures:
        assert each.figure == by_key[each.key]
        assert each.text in (each.figure.text, each.figure.number)
        assert not each.edited
    assert (marked.report, marked.checksum, marked.provenance) == ("sample", report.checksum, PROVENANCE)
    assert marked.removed == ()


@pytest.mark.parametrize("value", [3, -7, Fraction(1, 3), Decimal("0.50"), 0.1, inf, None])
def test_values_of_every_type_come_back_exactly(tmp_path, value):
    figure = Figure("a", value, "人", 3, True, "未见", "数", "表")
    write_word(report_of(Paragraph((figure,))), tmp_path / "a.docx")
    read = read_marked(tmp_path / "a.docx").figures[0].figure
    assert read == figure
    assert type(read.value) is type(value)


def test_provenance_of_a_report_that_judges_nothing_comes_back(tmp_path):
    made = replace(PROVENANCE, standard="", standard_label="", day=None, school_year=None, snapshot="", others=())
    write_word(replace(report_of(SENTENCE), provenance=made), tmp_path / "a.docx")
    assert read_marked(tmp_path / "a.docx").provenance == made


def test_a_place_is_a_beginning_of_a_paragraph_or_caption_and_row(file):
    places = [each.place for each in read_marked(file).figures]
    assert places[0] == "全县有128所，差异系数0.463，认可度未填报…"
    assert places[3] == "表“校际差异系数”，资源配置，每百名学生拥有高于规定学历教师数"
    assert places[-2] == "表“校际差异系数”，平均"


def test_a_figure_in_a_cell_has_no_unit_and_one_in_a_sentence_has(tmp_path):
    table = Table("a", ("表",), (1,), (heads("学校数（所）"), (cell(SCHOOLS),)))
    write_word(report_of(Paragraph((SCHOOLS,)), table), tmp_path / "a.docx")
    assert texts(tmp_path / "a.docx") == [("county.schools", "128所"), ("county.schools", "128")]


def test_one_key_with_two_values_keeps_both(tmp_path):
    write_word(report_of(Paragraph((count("a", 3), "和", count("a", 4), "和", count("a", 3)))), tmp_path / "a.docx")
    assert [(each.figure.value, each.text) for each in read_marked(tmp_path / "a.docx").figures] == [
        (3, "3"), (4, "4"), (3, "3"),
    ]  # fmt: skip


def test_new_values_are_printed_as_the_old_ones_were(file, tmp_path):
    figures = {
        SCHOOLS.key: replace(SCHOOLS, value=130),
        CV.key: replace(CV, value=Fraction(4, 10)),
        UNKNOWN.key: replace(UNKNOWN, value=Fraction(905, 10)),
    }
    done = refresh(file, tmp_path / "new.docx", figures)
    assert [(each.before.key, each.before.text, each.text) for each in done.changed] == [
        ("county.schools", "128所", "130所"),
        ("county.cv.books.primary", "0.463", "0.400"),
        ("county.satisfaction", "未填报", "90.5%"),
        ("county.cv.books.primary", "0.463", "0.400"),
        ("county.satisfaction", "未填报", "90.5"),
    ]
    stages = ("primary", "junior")
    others = {f"cv.{at}.{stage}" for at in range(3) for stage in stages}
    assert {each.key for each in done.gone} == others | {"limit.cv.primary"}
    assert done.edited == done.unchanged == ()
    assert words(root(tmp_path / "new.docx").find(f"{W}body")[1]) == "全县有130所，差异系数0.400，认可度90.5%。"
    again = read_marked(tmp_path / "new.docx")
    assert not any(each.edited for each in again.figures)
    assert again.figures[0].figure.value == 130


def test_a_figure_that_becomes_unknown_says_so(file, tmp_path):
    refresh(file, tmp_path / "new.docx", {SCHOOLS.key: replace(SCHOOLS, value=None)})
    assert texts(tmp_path / "new.docx")[0] == ("county.schools", "未填报")


def test_figures_in_footnotes_are_refreshed_too(tmp_path):
    text = ("正文", Note(("上限", count("limit", 5), "。")))
    write_word(report_of(Paragraph(text)), tmp_path / "a.docx")
    done = refresh(tmp_path / "a.docx", tmp_path / "b.docx", {"limit": count("limit", 6)})
    assert [each.text for each in done.changed] == ["6"]
    assert words(root(tmp_path / "b.docx", "word/footnotes.xml")[-1]).strip() == "上限6。"


def test_all_else_stays_byte_for_byte(file, tmp_path):
    refresh(file, tmp_path / "new.docx", {SCHOOLS.key: replace(SCHOOLS, value=130)})
    before, after = parts(file), parts(tmp_path / "new.docx")
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {DOCUMENT, "customXml/junheng.xml"}
    assert after[DOCUMENT].replace("130所".encode(), "128所".encode()) == before[DOCUMENT]


def small_print(path) -> dict[str, str]:
    return dict(read_marked(path).small_print)


def made_again(**changes):
    return replace(report_of(SENTENCE, indicators()), provenance=replace(PROVENANCE, **changes))


def test_the_small_print_is_marked_and_read_back(file):
    report = report_of(SENTENCE, indicators())
    assert small_print(file) == {name: words_of(line) for name, line in provenance_lines(report).items()}


def test_a_refreshed_file_says_what_it_is_made_from_now(file, tmp_path):
    again = made_again(snapshot="77aa00bb11cc", day=date(2027, 11, 20), others=())
    done = refresh(file, tmp_path / "new.docx", {}, made_again=again)
    assert done.small_print
    said = small_print(tmp_path / "new.docx")
    assert "快照77aa00bb11cc，评估日期2027年11月20日" in said["data"]
    assert again.checksum in said["made"]
    assert said["others"] == ""
    read = read_marked(tmp_path / "new.docx")
    assert (read.checksum, read.provenance) == (again.checksum, again.provenance)
    before, after = parts(file), parts(tmp_path / "new.docx")
    assert {name for name in before if before[name] != after[name]} == {DOCUMENT, "customXml/junheng.xml"}
    assert not list(out_of_order(root(tmp_path / "new.docx")))


def test_a_line_of_the_small_print_that_had_no_place_stands_below_the_one_before(file, tmp_path):
    write_word(made_again(others=()), tmp_path / "less.docx")
    again = made_again()
    refresh(tmp_path / "less.docx", tmp_path / "new.docx", {}, made_again=again)
    lines = [line for text in small_print(tmp_path / "new.docx").values() for line in text.split("\n")]
    assert lines == [words_of(line) for line in provenance_lines(again).values()]
    refresh(tmp_path / "new.docx", tmp_path / "back.docx", {}, made_again=made_again(others=()))
    assert small_print(tmp_path / "back.docx") == small_print(tmp_path / "less.docx")


def test_the_same_small_print_is_not_written_again(file, tmp_path):
    assert not refresh(file, tmp_path / "new.docx", {}, made_again=made_again()).small_print
    assert parts(file) == parts(tmp_path / "new.docx")


def test_halves_of_characters_in_keys_do_not_stop_the_report(tmp_path):
    write_word(report_of(Paragraph((count("a\ud800", 3),))), tmp_path / "a.docx")
    assert texts(tmp_path / "a.docx") == [("a", "3")]


def test_nothing_new_changes_nothing(file, tmp_path):
    known = {each.key: each for each in report_of(SENTENCE, indicators()).figures()}
    done = refresh(file, tmp_path / "new.docx", known)
    assert done.changed == done.gone == done.edited == ()
    assert len(done.unchanged) == 12
    assert parts(file) == parts(tmp_path / "new.docx")


def test_a_file_may_be_refreshed_in_its_place(file):
    refresh(file, file, {SCHOOLS.key: replace(SCHOOLS, value=131)})
    assert texts(file)[0] == ("county.schools", "131所")


def test_what_a_hand_wrote_is_listed_and_refreshed(file, tmp_path):
    edited = edit(file, {DOCUMENT: lambda xml: xml.replace(control("128所"), control("129所"))}, tmp_path / "e.docx")
    assert [each.text for each in read_marked(edited).figures if each.edited] == ["129所"]
    done = refresh(edited, tmp_path / "new.docx", {SCHOOLS.key: SCHOOLS})
    assert [(each.before.text, each.before.written, each.text) for each in done.changed] == [
        ("129所", "128所", "128所")
    ]  # fmt: skip
    assert [each.text for each in done.edited] == ["129所"]
    assert texts(tmp_path / "new.docx")[0] == ("county.schools", "128所")


def test_words_split_into_several_runs_count_as_one_and_keep_their_look(file, tmp_path):
    split = f"<w:rPr><w:b/></w:rPr>{control('12')}</w:r><w:r>{control('9')}</w:r><w:r>{control('所')}"
    edited = edit(file, {DOCUMENT: lambda xml: xml.replace(control("128所"), split)}, tmp_path / "e.docx")
    assert texts(edited)[0] == ("county.schools", "129所")
    refresh(edited, tmp_path / "new.docx", {SCHOOLS.key: SCHOOLS})
    content = root(tmp_path / "new.docx").find(f".//{W}sdtContent")
    assert words(content) == "128所"
    assert content.find(f"{W}r/{W}rPr/{W}b") is not None


def test_an_emptied_control_is_empty_and_can_be_filled_again(file, tmp_path):
    def empty(xml: str) -> str:
        xml = xml.replace(control("128所"), f'<w:rPr><w:rStyle w:val="Grey"/></w:rPr>{control("单击此处输入文字。")}')
        return xml.replace('<w:id w:val="100000"/>', '<w:id w:val="100000"/><w:showingPlcHdr/>', 1)

    edited = edit(file, {DOCUMENT: empty}, tmp_path / "e.docx")
    assert texts(edited)[0] == ("county.schools", "")
    assert read_marked(edited).figures[0].edited
    refresh(edited, tmp_path / "new.docx", {SCHOOLS.key: SCHOOLS})
    assert texts(tmp_path / "new.docx")[0] == ("county.schools", "128所")
    assert root(tmp_path / "new.docx").find(f".//{W}showingPlcHdr") is None


def test_figures_whose_sentence_was_cut_out_are_listed(file, tmp_path):
    def cut(xml: str) -> str:
        start = xml.index("<w:p>", xml.index("样例"))
        return xml[:start] + xml[xml.index("</w:p>", start) + len("</w:p>") :]

    marked = read_marked(edit(file, {DOCUMENT: cut}, tmp_path / "e.docx"))
    assert [each.key for each in marked.removed] == ["county.schools", "county.cv.books.primary", "county.satisfaction"]


def test_a_sentence_pasted_into_another_report_keeps_its_meaning(file, tmp_path):
    other = tmp_path / "other.docx"
    write_word(report_of(Heading(("附",)), Paragraph((count("x", 1), SCHOOLS))), other)
    xml = parts(file)[DOCUMENT].decode()
    start = xml.index("<w:sdt>")
    pasted = xml[start : xml.index("</w:sdt>", start) + len("</w:sdt>")]
    both = edit(other, {DOCUMENT: lambda xml: xml.replace("<w:sdt>", f"{pasted}<w:sdt>", 1)}, tmp_path / "b.docx")
    assert [key for key, _ in texts(both)] == ["county.schools", "x", "county.schools"]


def test_controls_of_other_people_are_left_alone(file, tmp_path):
    def foreign(xml: str) -> str:
        return xml.replace('w:val="junheng-', 'w:val="other-', 1).replace('w:name="_jh', 'w:name="_x', 1)

    edited = edit(file, {DOCUMENT: foreign}, tmp_path / "e.docx")
    assert texts(edited)[0][0] == "county.cv.books.primary"
    refresh(edited, tmp_path / "new.docx", {SCHOOLS.key: replace(SCHOOLS, value=1)})
    assert "128所" in words(root(tmp_path / "new.docx"))


def test_marks_fit_the_lengths_that_word_allows(tmp_path):
    figure = Figure("很长的键" * 40, 1, about="很长的说明" * 40)
    write_word(report_of(Paragraph((figure,))), tmp_path / "a.docx")
    for name in ("tag", "alias"):
        assert 0 < len(next(root(tmp_path / "a.docx").iter(f"{W}{name}")).get(f"{W}val")) <= 64
    names = [each.get(f"{W}name") for each in root(tmp_path / "a.docx").iter(f"{W}bookmarkStart")]
    assert all(len(name) <= 40 and name.replace("_", "a").isalnum() for name in names)
    assert read_marked(tmp_path / "a.docx").figures[0].figure == figure


def test_a_file_without_marks_says_so(tmp_path):
    docx.Document().save(str(tmp_path / "a.docx"))
    with pytest.raises(NotMarkedError, match="JH-R022"):
        read_marked(tmp_path / "a.docx")


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace('version="1"', 'version="9"', 1),
        lambda xml: xml.replace('digits="', 'places="', 1),
        lambda xml: xml.replace('digits="0"', 'digits="x"', 1),
        lambda xml: xml.replace('type="int"', 'type="Fraction"', 1).replace('value="', 'value="1e99999999', 1),
        lambda xml: xml.replace("<provenance", "<origin").replace("</provenance", "</origin"),
    ],
)
def test_a_list_that_cannot_be_understood_is_an_error_and_not_a_guess(file, tmp_path, change):
    damaged = edit(file, {"customXml/junheng.xml": change}, tmp_path / "e.docx")
    with pytest.raises(OtherMarksError, match="JH-R023"):
        read_marked(damaged)


def test_what_is_no_word_file_says_so(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"\xd0\xcf\x11\xe0 a .doc")
    with pytest.raises(NotWordError, match=r"JH-R020.*a\.docx"):
        read_marked(tmp_path / "a.docx")


def test_a_redacted_copy_has_nothing_hidden_in_it(tmp_path):
    about = replace(SCHOOLS, about="青禾县学校数", key="county/990101/schools")
    made = replace(PROVENANCE, county="990101", others=(("青禾县方案", "青禾.json"),))
    write_word(replace(report_of(Paragraph((about,))), provenance=made, redacted=True), tmp_path / "a.docx")
    for name, data in parts(tmp_path / "a.docx").items():
        assert "青禾".encode() not in data, name
        assert b"990101" not in data, name
    assert "128所" in words(root(tmp_path / "a.docx"))
    with pytest.raises(NotMarkedError):
        read_marked(tmp_path / "a.docx")


@pytest.mark.slow
@pytest.mark.parametrize("report", [sample_report(20), sample_form()], ids=["letter", "form"])
def test_all_marks_are_found_after_libreoffice_saved_the_file(tmp_path, report):
    path = tmp_path / "a.docx"
    write_word(report, path)
    saved = through_office(path, "docx", tmp_path)
    before, after = read_marked(path), read_marked(saved)
    assert [(each.figure, each.text, each.place) for each in after.figures] == [
        (each.figure, each.text, each.place) for each in before.figures
    ]  # fmt: skip
    assert after.provenance == before.provenance
    first = next(figures_in(report.blocks[3].text)) if not report.form else before.figures[1].figure
    new = replace(first, value=777)
    refresh(saved, tmp_path / "new.docx", {first.key: new})
    assert any(
        each.key == first.key and each.text in (new.text, new.number)
        for each in read_marked(tmp_path / "new.docx").figures
    )


def test_names_and_quotes_are_not_marked(tmp_path):
    write_word(report_of(Paragraph((Name("青禾县", "county"), count("a", 1)))), tmp_path / "a.docx")
    assert len(read_marked(tmp_path / "a.docx").figures) == 1
