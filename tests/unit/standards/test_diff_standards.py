from junheng.standards.diff import ABSENT, Difference, diff_standards
from junheng.standards.library import load_standard
from unit.standards.conftest import RESOURCES, STANDARD


def test_a_standard_does_not_differ_from_itself():
    standard = load_standard("CN/youzhi_2017")
    assert diff_standards(standard, standard) == []


def test_a_changed_limit_is_the_one_difference(write_standard):
    first = load_standard(write_standard(resources=RESOURCES, folder="甲"))
    second = load_standard(write_standard(resources=RESOURCES.replace('"40"', '"45"'), folder="乙"))
    assert diff_standards(first, second) == [
        Difference("资源配置", "生均图书册数", "要求", "小学 ≥ 30 册；初中 ≥ 40 册", "小学 ≥ 30 册；初中 ≥ 45 册")
    ]


def test_an_indicator_that_one_does_not_have_is_absent_there(write_standard):
    first = load_standard(write_standard(folder="甲"))
    second = load_standard(write_standard(resources=RESOURCES, folder="乙"))
    found = diff_standards(first, second, label_of_column={"books": "图书册数"}.__getitem__)
    assert [(difference.name, difference.before, difference.only) for difference in found] == [
        ("生均图书册数", ABSENT, "after")
    ]
    assert "per_pupil；数量 图书册数；计算到 每校每学段" in found[0].after


def test_what_is_computed_alike_is_compared_under_other_names(write_standard):
    """Provinces call one thing by several names."""
    renamed = (
        RESOURCES.replace("books_per_pupil", "volumes").replace("生均图书册数", "人均藏书").replace('"40"', '"25"')
    )
    first = load_standard(write_standard(resources=RESOURCES, folder="甲"))
    second = load_standard(write_standard(resources=renamed, folder="乙"))
    assert diff_standards(first, second) == [
        Difference(
            "资源配置", "生均图书册数 / 人均藏书", "要求", "小学 ≥ 30 册；初中 ≥ 40 册", "小学 ≥ 30 册；初中 ≥ 25 册"
        )
    ]


def test_a_limit_of_several_periods_says_from_which_day(write_standard):
    later = RESOURCES + RESOURCES.split("  thresholds:\n")[1].replace("2020-01-01", "2024-01-01").replace(
        '"30"', '"35"'
    )
    first = load_standard(write_standard(resources=RESOURCES, folder="甲"))
    second = load_standard(write_standard(resources=later, folder="乙"))
    (found,) = diff_standards(first, second)
    assert found.after.startswith("自 2020-01-01：小学 ≥ 30 册")
    assert "；自 2024-01-01：小学 ≥ 35 册" in found.after


def test_a_new_name_is_a_difference(write_standard):
    first = load_standard(write_standard(folder="甲"))
    second = load_standard(write_standard(STANDARD.replace("测试标准", "新标准"), folder="乙"))
    assert diff_standards(first, second) == [Difference("规则", "名称", "", "测试标准", "新标准")]


def test_the_overlay_of_shandong_differs_by_its_vetoes():
    found = diff_standards(load_standard("CN/jiben_2012"), load_standard("CN-37/jiben_2012"))
    assert found[0].name == "名称"
    vetoes = [difference for difference in found if difference.part == "一票否决事项"]
    assert "三个增长近三年中有一年不达标" in {difference.name for difference in vetoes}
    assert all(difference.only == "after" for difference in vetoes)


def test_the_two_national_standards_differ_in_how_alike_schools_must_be():
    found = {d.name: d for d in diff_standards(load_standard("CN/jiben_2012"), load_standard("CN/youzhi_2017"))}
    assert found["差异系数规则"] == Difference(
        "规则", "差异系数规则", "", "以各项指标的平均值判定，按学生数加权", "每项指标分别判定，按学生数加权"
    )
    assert found["学校达标规则"].after == "7 项中至少 6 项达标，其余不低于限值的 85%"
