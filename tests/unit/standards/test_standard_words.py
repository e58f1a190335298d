from junheng.standards.formula import Amount, Range
from junheng.standards.library import load_standard
from junheng.standards.limit import Limit
from junheng.standards.words import amount_in_words, condition_in_words, limit_in_words, threshold_in_words

COLUMNS = {"school_kind": "办学类型", "school_pupils": "本校学生数", "classes": "班数", "boarding": "是否寄宿制"}
CODES = {"218": "小学教学点", "312": "九年一贯制学校", "314": "民族九年一贯制学校", "345": "十二年一贯制学校"}


def label_of_column(column):
    return COLUMNS[column]


def label_of_code(_column, code):
    return CODES[code]


def test_a_limit_has_sign_number_and_unit():
    assert limit_in_words(Limit(at_least="4.2"), "人/百名学生") == "≥ 4.2 人/百名学生"
    assert limit_in_words(Limit(at_most="0.50")) == "≤ 0.50"
    assert limit_in_words(Limit(below="15"), "%") == "< 15%"
    assert limit_in_words(Limit(not_found=True), "册") == "值未见"


def test_a_graded_limit_says_its_points():
    limit = Limit(at_least={"by": "classes", "points": {"6": "80", "12": "120"}})
    assert limit_in_words(limit, "㎡", label_of_column) == "≥ 按班数取值：6 为 80 ㎡，12 为 120 ㎡，其间按直线内插"


def test_a_threshold_names_its_stages():
    threshold = load_standard("CN/youzhi_2017").resources["teachers_above_required_education_per_100"].thresholds[0]
    assert threshold_in_words(threshold) == "小学 ≥ 4.2；初中 ≥ 5.3"


def test_a_threshold_says_for_which_schools_each_limit_is():
    check = dict(load_standard("CN/youzhi_2017").indicators())["compulsory_pupils"]
    words = threshold_in_words(check.thresholds[0], "人", label_of_column, label_of_code)
    assert words == "办学类型为九年一贯制学校或民族九年一贯制学校或十二年一贯制学校的 ≤ 2500 人，其余 ≤ 2000 人"


def test_a_condition_reads_as_a_sentence():
    condition = {"school_kind": ("218",), "school_pupils": Range(at_least="20", below="50"), "boarding": False}
    words = "办学类型为小学教学点、本校学生数 ≥ 20 且 < 50、是否寄宿制为“否”"
    assert condition_in_words(condition, label_of_column, label_of_code) == words


def test_an_amount_reads_as_a_sum():
    assert amount_in_words(Amount(all=["teaching_area", "-indoor_sports_area"])) == "teaching_area − indoor_sports_area"
    assert amount_in_words(Amount(primary=["a", "b"], junior=["-a"])) == "小学：a + b；初中：−a"
    part = Amount(all=[{"column": "classes", "where": {"boarding": True}}])
    assert amount_in_words(part, label_of_column) == "班数（限是否寄宿制为“是”）"
