import pytest

from junheng.standards.errors import StandardFileError, StandardNotFoundError
from junheng.standards.library import documents, load_standard, read_documents, standard_ids
from unit.standards.conftest import RESOURCES, SOURCE, STANDARD


@pytest.mark.parametrize("name", standard_ids())
def test_every_installed_standard_loads(name):
    standard = load_standard(name)
    assert standard.id == name
    # One of which nothing but the number of its requirements was seen has none yet.
    assert list(standard.indicators()) or standard.school_rule.not_seen


def test_the_installed_standards_are_the_national_and_provincial_ones():
    assert standard_ids() == [
        "CN-13/banxue",
        "CN-15/banxue",
        "CN-15/jiben_2012",
        "CN-23/banxue",
        "CN-32/banxue",
        "CN-35/jiben_2012",
        "CN-37/banxue",
        "CN-37/jiben_2012",
        "CN-41/banxue",
        "CN-41/xueqian",
        "CN-42/banxue",
        "CN-42/jiben_2012",
        "CN-43/banxue",
        "CN-44/banxue",
        "CN-51/banxue",
        "CN-52/banxue",
        "CN-52/xianji",
        "CN-61/banxue",
        "CN-65/jiben_2012",
        "CN-unattributed/autonomous_region_type",
        "CN-unattributed/hebei_type",
        "CN-unattributed/junior_type",
        "CN-unattributed/room_grades",
        "CN-unattributed/score_table",
        "CN-unattributed/xueqian_zicha",
        "CN/chengxiang_yitihua",
        "CN/dabane",
        "CN/jiben_2012",
        "CN/jingfei",
        "CN/xueqian_2020",
        "CN/youzhi_2017",
    ]


def test_an_overlay_knows_what_it_extends():
    assert load_standard("CN-37/jiben_2012").ancestors == ("CN/jiben_2012",)
    assert load_standard("CN/jiben_2012").ancestors == ()


def test_an_unknown_standard_names_those_there_are():
    with pytest.raises(StandardNotFoundError, match="CN/youzhi_2017"):
        load_standard("CN/youzhi_2071")


def test_a_folder_anywhere_is_a_standard(write_standard):
    standard = load_standard(write_standard(resources=RESOURCES, folder="我的标准"))
    assert standard.id == "我的标准"
    assert list(standard.resources) == ["books_per_pupil"]


def test_every_document_has_a_title_and_a_place_where_it_was_read():
    for document in documents().values():
        assert document.title
        assert document.read_in


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('at_least: "30"', "at_least: 30.5"), "books_per_pupil.thresholds.0.primary.at_least：数字须加引号"),
        (('at_least: "30"', "at_least: 30"), "数字须加引号"),
        (('at_least: "30"', 'at_least: "三十"'), "at_least：不是数字"),
        (('at_least: "30"', 'at_least: "30", at_most: "50"'), "一个限值须恰好写"),
        (("unit: 册", "unti: 册"), "unti：没有这一项，请检查拼写"),
        (("  unit: 册\n", ""), "books_per_pupil.unit：缺少这一项"),
        (("from: 2020-01-01", "from: 去年"), "from：不是日期"),
        (("confidence: seen", "confidence: sure"), "confidence：只能写 seen、inferred、general"),
        (("junior: {at", "primary: {at"), "“primary”写了两次"),
        (("kind: per_pupil,", "kind: [per_pupil,"), "第 5 行"),
    ],
)
def test_a_bad_file_says_where_and_what(write_standard, change, words):
    folder = write_standard(resources=RESOURCES.replace(*change))
    with pytest.raises(StandardFileError) as caught:
        load_standard(folder)
    assert words in str(caught.value)
    assert "resources.yaml" in str(caught.value)


def test_a_float_in_a_condition_is_refused_in_our_words(write_standard):
    scope = f"leave_out: [{{label: {{zh: 小, en: small}}, where: {{school_pupils: {{below: 50}}}}, source: {SOURCE}}}]"
    with pytest.raises(StandardFileError, match=r"leave_out\.0\.where\.school_pupils\.below：数字须加引号"):
        load_standard(write_standard(STANDARD + scope))


def test_a_standard_that_is_a_list_is_refused(write_standard):
    with pytest.raises(StandardFileError, match="须由“名称: 内容”组成"):
        load_standard(write_standard("- label\n"))


def test_a_file_that_is_not_utf8_is_refused(write_standard):
    folder = write_standard()
    (folder / "resources.yaml").write_bytes("生均图书册数: 1".encode("gbk"))
    with pytest.raises(StandardFileError, match="UTF-8"):
        load_standard(folder)


def test_standards_that_extend_each_other_are_refused(write_standard):
    first = write_standard("extends: ../乙", folder="甲")
    write_standard("extends: ../甲", folder="乙")
    with pytest.raises(StandardFileError, match="循环"):
        load_standard(first)


def test_a_document_without_a_title_is_refused(tmp_path):
    (tmp_path / "sources.yaml").write_text("x: {confidence: seen, read_in: 测试}", encoding="utf-8")
    with pytest.raises(StandardFileError, match=r"sources\.yaml.*x\.title：缺少这一项"):
        read_documents(tmp_path)


def test_points_that_do_not_add_up_are_refused(write_standard):
    item = f"{{label: {{zh: 甲, en: a}}, source: {SOURCE}, points: '60'}}"
    part = f"{{label: {{zh: 政府, en: g}}, rule: score, source: {SOURCE}, items: {{a: {item}}}}}"
    with pytest.raises(StandardFileError, match="分值之和应为 100，实为 60"):
        load_standard(write_standard(government=part))


def test_an_item_that_nothing_judges_is_refused(write_standard):
    item = f"{{label: {{zh: 甲, en: a}}, source: {SOURCE}, judged: false}}"
    part = f"{{label: {{zh: 政府, en: g}}, source: {SOURCE}, items: {{a: {item}}}}}"
    with pytest.raises(StandardFileError, match="既不认定"):
        load_standard(write_standard(government=part))
