"""What the check finds in faulty sentences, and what it leaves alone."""

from __future__ import annotations

import pytest

from junheng.reporting.lint.document import Document, Line
from junheng.reporting.lint.lint import lint_file
from junheng.reporting.lint.places import mentions
from junheng.reporting.lint.rules import rules


def found(*texts: str, title: str = "青禾县义务教育自查报告", **about: object) -> list[tuple[str, str, str]]:
    """Rule, severity and quote of what is found in paragraphs below a title."""
    lines = [Line(title, title, "title", "标题")]
    lines += [Line(text, text, "body", f"第{number}段") for number, text in enumerate(texts, start=1)]
    document = Document(tuple(lines), **about)
    return [(one.rule, one.severity, one.quote) for rule in rules() for one in rule.find(document)]


def of_rule(rule: str, *texts: str, **about: object) -> list[str]:
    return [quote for name, _, quote in found(*texts, **about) if name == rule]


def cells(*texts: str) -> Document:
    lines = [Line(text, text, "cell", f"第1个表，{text}", table=1, head=True) for text in texts]
    return Document((Line("表", "表", "title", "标题"), *lines))


@pytest.mark.parametrize(
    "sentence",
    [
        "全县现有小学xx所。",
        "XX县人民政府",
        "现有初中××所，在校生××人。",
        "**镇中心小学",
        "○○县教育局",
        "X县高度重视",
        "专任教师____人。",
        "组长：【 】",
        "建设资金[ ]万元。",
        "本县{县名}的情况",
        "在校生{{ pupils }}人",
        "主要做法：（待补充）",
        "存在问题：待填。",
        "（此处填写主要经验）",
        "［请输入学校名称］",
        "现有小学  所，初中  所。",
        "二是〇〇镇",
    ],
)
def test_a_blank_of_a_template_is_found(sentence):
    rules_found = [(rule, severity) for rule, severity, _ in found(sentence)]
    assert ("placeholder", "须改") in rules_found


@pytest.mark.parametrize(
    "sentence",
    [
        "二〇〇八年以来，二〇〇〇年新建。",
        "教师培训仍有待补充。",
        "跑道为200米×6道，长×宽为60×40米。",
        "计算公式为a×b。",
        "实施“1+X”课后服务。",
        "校  长：（签字）",
        "详见附表[1]。",
        "- [ ] 已核对",
        "生均建筑面积12㎡，达到标准（≥10㎡）。",
        "课程表（一）、（二）",
    ],
)
def test_prose_that_only_looks_like_a_blank_is_left_alone(sentence):
    assert of_rule("placeholder", sentence) == []


def test_two_blanks_of_a_sentence_are_two_findings():
    assert len(of_rule("placeholder", "现有小学xx所、初中xx所。")) == 2


def test_a_date_left_open_is_for_a_person_to_decide():
    assert found("      年    月    日") == [("placeholder", "请核对", "年    月    日")]
    assert found("      年    月    日", form=True) == []
    assert of_rule("placeholder", "2025年12月31日") == []


def test_the_marks_of_a_redacted_copy_are_meant():
    assert found("现有小学××所。", redacted=True) == []


def test_a_county_of_elsewhere_is_found_and_ones_own_is_not():
    said = "2025年，灵丘县投入资金2亿元。", "山西省大同市大力支持。", "阳高县均衡发展。"
    assert of_rule("other_place", *said, county="140224") == ["阳高县均衡发展。"]
    assert of_rule("other_place", *said, county="灵丘县") == ["阳高县均衡发展。"]


def test_another_county_in_the_title_has_to_be_mended():
    title = "阳高县义务教育优质均衡发展自查报告"
    assert ("other_place", "须改") in [one[:2] for one in found(title=title, county="140224")]
    assert found("与阳高县结对帮扶。", county="140224") == [("other_place", "请核对", "与阳高县结对帮扶。")]


def test_without_a_county_the_one_of_the_title_counts():
    said = "阳高县均衡发展。"
    assert of_rule("other_place", said, title="灵丘县义务教育自查报告") == [said]
    assert of_rule("other_place", said, title="义务教育自查报告") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "扩大优质教育资源县域覆盖，落实县管校聘。",
        "和县里有关部门一起研究。",
        "山区、平原县分类推进。",
        "相对富裕县与薄弱县之间",
        "按照《河北省义务教育学校办学基本标准》和《石家庄市实施办法》",
        "合作市场化",
        "本县城区学校、郊区学校。",
        "均衡发展县级复核",
    ],
)
def test_words_that_happen_to_be_names_of_places_are_left_alone(sentence):
    assert of_rule("other_place", sentence, county="140224") == []


def test_of_overlapping_names_the_longest_counts():
    assert [mention.name for mention in mentions("吉林省吉林市和延边朝鲜族自治州的前郭尔罗斯蒙古族自治县")] == [
        "吉林省", "吉林市", "延边朝鲜族自治州", "前郭尔罗斯蒙古族自治县",
    ]  # fmt: skip


def test_a_name_that_several_counties_have_belongs_to_the_one_named_before():
    assert [mention.codes for mention in mentions("长春市朝阳区")] == [("2201",), ("220104",)]
    assert len(mentions("朝阳区")[0].codes) > 1
    assert of_rule("other_place", "朝阳区各学校", county="220104") == []


def test_short_names_count_behind_their_prefecture_only():
    assert [mention.name for mention in mentions("安徽省马鞍山市和县")] == ["安徽省", "马鞍山市", "和县"]
    assert mentions("学校和县政府") == []


def test_a_groups_leader_from_the_wrong_level_is_found():
    assert len(of_rule("level", "学校成立了由县长任组长的工作领导小组。")) == 1
    assert len(of_rule("level", "我校成立以镇长为组长的领导小组。", title="青禾县第一小学自查报告")) == 1
    assert len(of_rule("level", "县人民政府成立了由校长任组长的领导小组。")) == 1
    assert of_rule("level", "县人民政府成立了由县长任组长的领导小组。", "学校成立了由校长任组长的领导小组。") == []
    assert of_rule("level", "县政府成立由县长任组长、各校校长为成员的领导小组。") == []


def test_a_schools_report_does_not_speak_as_the_county():
    title = "青禾县第一小学义务教育优质均衡自查报告"
    assert len(of_rule("level", "我县高度重视。", title=title, school=True)) == 1
    assert len(of_rule("level", "我县高度重视。", title="青禾县第一小学自查报告")) == 1
    assert of_rule("level", "生均面积高于全县平均。", title=title, school=True) == []
    assert len(of_rule("level", "我校高度重视。")) == 1
    assert of_rule("level", "县里提出“我校我家”。") == []


def test_full_width_digits_beside_half_width_ones_are_found():
    assert of_rule("digit_width", "现有小学12所。", "现有初中１２所。") == ["现有初中１２所。"]
    assert of_rule("digit_width", "现有初中１２所。") == []
    assert of_rule("digit_width", "现有初中12所。") == []


def test_one_quantity_in_two_units_is_found():
    table = cells("教学仪器设备值（万元）", "教学仪器设备值（元）", "生均教学仪器设备值（元）", "校舍面积（㎡）")
    assert [one.rule for rule in rules() for one in rule.find(table)] == ["units"]
    assert len(of_rule("units", "教学仪器设备值达到320万元，其中教学仪器设备值为3200元。")) == 1
    assert len(of_rule("units", "校舍面积1200平方米，其中教学用房800㎡。")) == 1
    assert of_rule("units", "教学仪器设备值320万元，生均仪器设备值1800元。", "校舍1200平方米。") == []


@pytest.mark.parametrize(
    "sentence", ["2025年2月30日完成。", "2025年13月启动。", "规划期为2026—2024年。", "2023—2025学年开学。"]
)
def test_a_date_that_cannot_be_is_found(sentence):
    assert len(of_rule("dates", sentence)) == 1


@pytest.mark.parametrize("sentence", ["2024年2月29日。", "2023—2025年。", "2025—2026学年。", "2025年12月"])
def test_a_date_that_can_be_is_left_alone(sentence):
    assert of_rule("dates", sentence) == []


def test_a_text_file_is_read_with_its_headings(tmp_path):
    file = tmp_path / "报告.md"
    file.write_text("# 青禾县自查报告\n\n## 一、**基本情况**\n\n正常。\n\n现有小学xx所。\n", encoding="utf-8")
    (finding,) = lint_file(file)
    assert finding.place == "“一、基本情况”第2段"
    assert (finding.severity, finding.quote) == ("须改", "现有小学xx所。")
    old = tmp_path / "报告.txt"
    old.write_bytes("青禾县自查报告\n一、基本情况\n现有小学xx所。\n".encode("gb18030"))
    assert [one.place for one in lint_file(old)] == ["“一、基本情况”第1段"]
