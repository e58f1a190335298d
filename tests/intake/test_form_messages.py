"""Official forms in small: what is read from where, and what is said when something is not as it should be."""

from decimal import Decimal

import pytest
from form_books import (
    BANDS,
    CODE,
    EXPORT_MERGED,
    basics,
    classes,
    conditions,
    export,
    pupils,
    school,
    teachers,
    write,
)

from junheng.intake.read import read_file
from junheng.store.snapshot import Store
from junheng.tables.finding import Severity, blocking


@pytest.fixture
def read(tmp_path, tables):
    """Read one school's forms; ``None`` leaves a form out."""

    def reading(*, merge=(), **changed):
        names = {name.replace("f", "教基", 1) if name.startswith("f") else name: rows for name, rows in changed.items()}
        return read_file(write(tmp_path / "示例中心小学.xlsx", school(**names), merge), tables)

    return reading


@pytest.fixture
def read_exports(tmp_path, tables):
    """Read a folder of exports, and of sheets of the template beside them."""

    def reading(**files):
        folder = tmp_path / "年报"
        folder.mkdir(exist_ok=True)
        for name, rows in files.items():
            sheets = rows if isinstance(rows, dict) else {"Sheet1": rows}
            write(folder / f"{name}.xlsx", sheets, () if isinstance(rows, dict) else EXPORT_MERGED)
        return read_file(folder, tables)

    return reading


COUNTY = {"县基本情况": [["县代码", "县名称"], ["340101", "示例县"]]}


def told(reading, code):
    return [finding for finding in reading.findings if finding.check == code]


def row(reading, table):
    return reading.dataset[table].row(0, named=True)


# What is read


def test_a_school_from_its_forms(read):
    reading = read()
    assert blocking(reading.findings) == []
    filed = row(reading, "school")
    shown = ("school_code", "county_code", "school_kind", "location", "operator", "boarding", "counted")
    assert [filed[name] for name in shown] == [CODE, "340101", "211", "town", "county", False, True]
    stage = row(reading, "stage_year")
    shown = ("school_year", "stage", "pupils", "grade_6", "classes", "classes_40", "teachers", "teachers_bachelor")
    assert [stage[name] for name in shown] == [2023, "primary", 480, 80, 12, 12, 30, 25]
    assert row(reading, "school_year")["equipment_value"] == Decimal("1234500")
    assert row(reading, "school_year")["sports_ground_area"] == 4800


@pytest.mark.parametrize(
    ("table", "column", "cell"),
    [
        ("stage_year", "pupils", "教基3112!E6"),
        ("stage_year", "classes_40", "教基2106!G6"),
        ("stage_year", "teachers_master", "教基4155!C10"),
        ("school_year", "books", "教基5176!C8"),
        ("school", "operator", "教基1001!B7"),
    ],
)
def test_every_figure_keeps_its_cell_in_a_snapshot_too(read, tmp_path, table, column, cell):
    dataset = read().dataset
    assert dataset.cell(table, 0, column) == cell
    store = Store(tmp_path / "store")
    assert store.open(store.commit(dataset).snapshot, dataset.tables).cell(table, 0, column) == cell


def test_the_subtotal_of_arts_is_nobody_beside_music_and_fine_arts(read):
    reading = read()
    stage = row(reading, "stage_year")
    assert [stage[f"teachers_{course}"] for course in ("music", "fine_arts", "arts")] == [3, 2, 0]
    arts = [figure for figure in reading.figures if figure.column == "teachers_arts"]
    assert [figure.value for figure in arts] == [5, -3, -2]


def test_figures_add_up_to_what_the_tables_hold(read):
    reading = read()
    stage = row(reading, "stage_year")
    for column in ("pupils", "teachers_secondary", "teachers_arts", "classes_40"):
        assert sum(figure.value for figure in reading.figures if figure.column == column) == stage[column]


def test_a_campus_names_its_main_school(read):
    filed = row(read(f1001=basics(counted="否", main="2134000099")), "school")
    assert (filed["counted"], filed["campus_of"]) == (False, "2134000099")


def test_forms_are_known_by_their_titles_alone(read):
    def unnumbered(rows):
        return [rows[0], [text for text in rows[1] if "表号" not in str(text)], *rows[2:]]

    reading = read(f3112=None, 学生=unnumbered(pupils()))
    assert row(reading, "stage_year")["pupils"] == 480
    assert {figure.form for figure in reading.figures} >= {"教基3112"}


def test_full_width_and_spaced_words(read):
    rows = pupils()
    rows[3] = ["", "", "", "", "合　计", "一 年级", *rows[3][6:]]
    rows[1] = ["学校（机构）标识码：２１３４０００００１", "表号：教基３１１２", "２０２３学年初"]
    assert row(read(f3112=rows), "stage_year")["grade_1"] == 80


def test_heads_pushed_down_and_right_with_a_column_between(read):
    rows = [[], *(["", *line[:4], "", *line[4:]] if len(line) > 5 else ["", *line] for line in pupils())]
    rows[3][5] = "备注"
    rows[5] = ["", "甲", "乙", "1", "2", "", *[str(number) for number in range(3, 11)]]
    reading = read(f3112=rows)
    assert row(reading, "stage_year")["pupils"] == 480
    assert blocking(reading.findings) == []


def test_an_attached_stage_with_nothing_but_zeros_is_none(read):
    rows = [*teachers(), ["初中"], *([words, code, *[0] * 8] for words, code, *_ in teachers()[6:])]
    assert read(f4155=rows).dataset["stage_year"]["stage"].to_list() == ["primary"]


# What is said


def test_a_word_that_is_gone_is_named_with_what_it_costs(read):
    rows = teachers()
    rows[2][5] = "体健"
    (found,) = told(read(f4155=rows), "JH-F052")
    assert found.severity is Severity.ERROR
    assert found.cell == "教基4155"
    assert "“体育与健康”" in found.message
    assert "“体育专任教师”" in found.message


def test_words_of_the_form_above_two_columns(read):
    rows = pupils()
    rows[3][6] = "一年级"
    (found,) = told(read(f3112=rows), "JH-F053")
    assert "F" in found.message
    assert "G" in found.message


def test_a_head_below_other_words_is_another_figure(read):
    rows = classes()
    rows[2][3] = "上学年班额"
    reading = read(f2106=rows)
    assert row(reading, "stage_year")["classes_40"] is None
    assert told(reading, "JH-F052")


def test_a_slipped_row(read):
    rows = conditions()
    slipped = pupils()
    slipped[5] = ["总计", "01", "", *slipped[5][2:]]
    reading = read(f3112=slipped, f5176=rows)
    assert reading.blocked
    assert {finding.check for finding in blocking(reading.findings)} >= {"JH-F054"}


def test_a_form_that_was_not_sent(read):
    reading = read(f5176=None)
    found = next(finding for finding in told(reading, "JH-F060") if "教基5176" in finding.message)
    assert found.severity is Severity.EXPLAIN
    assert "“图书册数”" in found.message
    assert "示例中心小学" in found.message


def test_a_form_without_a_school(tmp_path, tables):
    rows = pupils()
    rows[1] = ["表号：教基3112", "2023学年初"]
    reading = read_file(write(tmp_path / "表.xlsx", {"教基3112": rows}), tables)
    assert [finding.cell for finding in told(reading, "JH-F055")] == ["教基3112"]
    assert reading.dataset["stage_year"].is_empty()


def test_the_other_forms_of_a_file_say_whose_a_form_is(read):
    rows = pupils()
    rows[1] = ["表号：教基3112", "2023学年初"]
    assert row(read(f3112=rows), "stage_year")["pupils"] == 480


def test_a_form_that_names_another_school_has_no_code(read):
    rows = pupils()
    rows[1] = ["学校（机构）名称：别的小学", "表号：教基3112", "2023学年初"]
    reading = read(f3112=rows)
    assert [finding.cell for finding in told(reading, "JH-F055")] == ["教基3112"]
    assert reading.dataset["stage_year"]["pupils"].to_list() == [None]
    rows[1][0] = "学校（机构）名称：示例中心小学"
    assert row(read(f3112=rows), "stage_year")["pupils"] == 480


@pytest.mark.parametrize(
    ("file", "sheet", "said"),
    [
        ("示例.xlsx", "教基31122022学年", "工作表名“教基31122022学年”"),
        ("示例.xlsx", "教基3112 2022学年", "工作表名“教基3112 2022学年”"),
        ("示例2022学年初.xlsx", "教基3112", "文件名“示例2022学年初”"),
    ],
)
def test_a_name_that_says_another_year_than_the_caption(tmp_path, tables, file, sheet, said):
    reading = read_file(write(tmp_path / file, {"教基1001": basics(year=""), sheet: pupils()}), tables)
    assert reading.dataset["stage_year"]["school_year"].to_list() == [2023]
    (found,) = [finding for finding in told(reading, "JH-F069") if finding.cell == f"{sheet}!D2"]
    assert found.severity is Severity.EXPLAIN
    assert said in found.message
    assert "2022 学年" in found.message


def test_forms_without_any_year(tmp_path, tables):
    sheets = {"教基3112": pupils(year=""), "教基1001": basics(year="")}
    reading = read_file(write(tmp_path / "表.xlsx", sheets), tables)
    (found,) = told(reading, "JH-F056")
    assert "2023学年初" in found.message
    named = read_file(write(tmp_path / "2023学年初.xlsx", sheets), tables)
    assert named.dataset["stage_year"]["school_year"].to_list() == [2023]


def test_two_years_in_one_import(read):
    (found,) = told(read(f3112=pupils(year="2022学年初")), "JH-F057")
    assert (found.cell, found.value) == ("教基3112!D2", "2022学年初")
    assert "2022" in found.message
    assert "教基1001!D2" in found.message
    assert "2023" in found.message


def test_forms_that_were_not_in_use_in_their_year(read):
    def old(rows):
        return [rows[0], [str(text).replace("2023/2024", "2015/2016") for text in rows[1]], *rows[2:]]

    reading = read(**{f"f{name.removeprefix('教基')}": old(rows) for name, rows in school().items()})
    found = told(reading, "JH-F058")
    assert {finding.severity for finding in found} == {Severity.EXPLAIN}
    assert "2021 起" in found[0].message


def test_a_number_of_no_form_that_is_read(read):
    rows = [["学校附设班"], ["表号：教基9999", "2023学年初"], ["项目", "数"], ["合计", 1]]
    (found,) = told(read(f9999=rows), "JH-F051")
    assert found.severity is Severity.HINT
    assert "教基9999" in found.message


def test_the_same_form_twice(read):
    reading = read(学生数=pupils(numbers=(81, 80, 80, 80, 80, 80)))
    (found,) = told(reading, "JH-F059")
    assert found.cell == "学生数"
    assert "教基3112" in found.message
    assert row(reading, "stage_year")["pupils"] == 480


def test_an_unknown_kind_of_school(read):
    (found,) = told(read(f1001=basics(kind="111 幼儿园")), "JH-F066")
    assert (found.cell, found.value) == ("教基1001!B8", "111 幼儿园")


def test_a_code_and_a_word_that_say_different_things_are_not_guessed_at(read):
    assert told(read(f1001=basics(kind="311 小学")), "JH-F066")


def test_parts_that_do_not_make_their_whole(read):
    by_degree, by_course = told(read(f4155=teachers(arts=6)), "JH-F061")
    assert by_degree.cell == by_course.cell == "教基4155!G7"
    assert "本科 4" in by_degree.message
    assert "音乐 3、美术 2" in by_course.message


def test_a_total_that_does_not_add_up_is_named_once(read):
    by_degree, by_course = told(read(f4155=teachers(arts=6)), "JH-F061")
    assert "“小学 计 艺术”" in by_degree.message
    assert "“计 艺术”" in by_course.message


def arts(*heads):
    """4155 with other words over music and fine arts."""
    rows = teachers()
    rows[2][6:9], rows[3][6:9] = [heads[0], "", ""], [*heads[1:], "", "", ""][:3]
    return rows


def lone_arts(words="艺术(音乐,美术)"):
    """4155 whose 艺术 has no columns below it."""
    rows = [[*row[:7], *row[9:]] if at >= 2 and len(row) > 1 else row for at, row in enumerate(teachers())]
    rows[2][6], rows[3], rows[4] = words, [""] * 8, ["甲", "乙", *range(1, 7)]
    return rows


def test_arts_with_the_courses_in_its_head(read):
    reading = read(f4155=arts("艺术(音乐,美术)", "计", "音乐", "美术"))
    assert blocking(reading.findings) == []
    stage = row(reading, "stage_year")
    assert [stage[f"teachers_{course}"] for course in ("music", "fine_arts", "arts")] == [3, 2, 0]
    wrong = teachers(arts=6)
    wrong[2][6] = "艺术(音乐,美术)"
    assert len(told(read(f4155=wrong), "JH-F061")) == 2


def test_arts_that_stands_alone_is_the_sum_of_its_courses(read):
    reading = read(f4155=lone_arts())
    assert blocking(reading.findings) == []
    stage = row(reading, "stage_year")
    assert [stage[f"teachers_{course}"] for course in ("music", "fine_arts", "arts")] == [0, 0, 5]
    (found,) = told(reading, "JH-F065")
    assert found.cell == "教基4155!G7"
    assert all(word in found.message for word in ("没有分开", "“音乐专任教师”、“美术专任教师”", "不表示没有"))


def test_words_that_are_missing_are_named_once(read):
    (found,) = told(read(f4155=lone_arts("其他艺术")), "JH-F052")
    assert found.message.count("表头“艺术 音乐”") == found.message.count("表头“艺术 美术”") == 1


@pytest.mark.parametrize("words", ["数字终端数（台）", "计算机数（台）"])
def test_all_computers_are_not_those_for_teaching(read, tmp_path, tables, words):
    reading = read(f5176=conditions(computers=words))
    assert row(reading, "school_year")["computers"] is None
    (found,) = told(reading, "JH-F068")
    assert (found.severity, found.cell, found.value) == (Severity.EXPLAIN, "教基5176!C9", "90")
    assert all(word in found.message for word in (words, "补充表“办学条件”", "“教学用计算机（台）”"))
    supplement = {"办学条件": [["学校标识码", "学年", "教学用计算机（台）"], [CODE, 2023, 60]]}
    file = write(tmp_path / "补充.xlsx", school(教基5176=conditions(computers=words)) | supplement)
    filled = read_file(file, tables)
    assert row(filled, "school_year")["computers"] == 60
    assert told(filled, "JH-F068") == []


def test_those_for_teaching_below_all_of_them(read):
    rows = conditions(computers="数字终端数（台）")
    rows.insert(9, ["　其中：教学用计算机（台）", "06", 70])
    reading = read(f5176=rows)
    assert row(reading, "school_year")["computers"] == 70
    assert told(reading, "JH-F068") == []


@pytest.mark.parametrize(
    ("heads", "read_as"),
    [(("数字终端(台)", ""), None), (("数字终端(台)", "其中：教学用"), 60), (("教学用计算机", ""), 60)],
)
def test_computers_of_an_export(read_exports, heads, read_as):
    rows = [list(row) for row in export()]
    rows[1].append(heads[0])
    rows[2].append(heads[1])
    rows[3].append("")
    for line in rows[4:]:
        line.append(60 if line[0] != "合计" else 120)
    reading = read_exports(小学=rows, 县=COUNTY)
    assert reading.dataset["school_year"]["computers"].to_list() == [read_as, read_as]
    assert len(told(reading, "JH-F068")) == (read_as is None)


def test_a_value_whose_unit_is_not_printed(read):
    reading = read(f5176=conditions(equipment="教学仪器设备资产值"))
    (found,) = told(reading, "JH-F007")
    assert found.cell == "教基5176!C12"
    assert row(reading, "school_year")["equipment_value"] is None


def test_the_name_above_a_form_is_another_school_s(read):
    (found,) = told(read(f3112=pupils(name="别的小学")), "JH-F034")
    assert found.severity is Severity.EXPLAIN
    assert found.cell == "教基3112!A2"


# Exports of many schools


def test_schools_of_an_export(read_exports):
    reading = read_exports(小学=export(), 县=COUNTY)
    frame = reading.dataset["stage_year"]
    assert frame.select("school_code", "stage", "pupils", "teachers_bachelor").rows() == [
        ("2134000001", "primary", 480, 25),
        ("2134000002", "primary", 300, 18),
    ]
    assert reading.dataset["school"]["county_code"].to_list() == ["340101", "340101"]
    assert reading.dataset.cell("stage_year", 1, "teachers_bachelor") == "[小学.xlsx]Sheet1!J6"
    totals = {figure.column: figure.value for figure in reading.figures if figure.school_code is None}
    assert totals["pupils"] == 780
    assert blocking(reading.findings) == []


def test_a_nine_year_school_is_one_school_with_two_stages(read_exports):
    junior = export("2023学年初初中情况", schools=("九年",), 九年=150)
    reading = read_exports(小学=export(), 初中=junior, 县=COUNTY)
    assert blocking(reading.findings) == []
    assert reading.dataset["school"].height == 2
    assert reading.dataset["school_year"]["books"].to_list() == [14400, 9000]
    stages = reading.dataset["stage_year"].select("school_code", "stage", "pupils").rows()
    assert stages[1:] == [("2134000002", "junior", 150), ("2134000002", "primary", 300)]


def test_the_primary_part_of_a_nine_year_school_is_the_school(read_exports):
    """小学.xlsx calls it 213, 初中.xlsx 312: one school, of the whole's kind."""
    primary = [list(row) for row in export()]
    primary[5][3] = "213 一贯制学校小学部"
    junior = export("2023学年初初中情况", schools=("九年",), 九年=150)
    reading = read_exports(小学=primary, 初中=junior, 县=COUNTY)
    assert blocking(reading.findings) == []
    assert reading.dataset["school"]["school_kind"].to_list() == ["211", "312"]
    (found,) = told(reading, "JH-F071")
    assert (found.severity, found.cell, found.value) == (
        Severity.EXPLAIN,
        "[小学.xlsx]Sheet1!D6",
        "213 一贯制学校小学部",
    )
    assert "[初中.xlsx]Sheet1!D5" in found.message


def test_two_kinds_that_are_no_part_of_each_other(read_exports):
    primary = [list(row) for row in export()]
    primary[5][3] = "211 小学"
    junior = export("2023学年初初中情况", schools=("九年",), 九年=150)
    reading = read_exports(小学=primary, 初中=junior, 县=COUNTY)
    assert told(reading, "JH-F050")
    assert told(reading, "JH-F071") == []


def test_whole_school_figures_that_disagree(read_exports):
    junior = export("2023学年初初中情况", schools=("九年",))
    junior[4][11] = 9001
    (found,) = told(read_exports(小学=export(), 初中=junior, 县=COUNTY), "JH-F050")
    assert {found.cell, found.value} == {"[小学.xlsx]Sheet1!L6", "9000"}
    assert "[初中.xlsx]Sheet1!L5" in found.message
    assert "9001" in found.message


def test_an_export_that_does_not_say_its_stage(read_exports):
    reading = read_exports(全部=export("2023学年初情况"), 县=COUNTY)
    (found,) = told(reading, "JH-F062")
    assert found.severity is Severity.ERROR
    # A primary school is primary all the same; the nine-year school's figures may be of either stage.
    assert reading.dataset["stage_year"]["school_code"].to_list() == ["2134000001"]


def test_a_county_that_is_only_named(read_exports):
    (found,) = told(read_exports(小学=export()), "JH-F063")
    assert found.value == "示例县"
    assert "县基本情况" in found.message


def test_a_head_that_an_export_does_not_have(read_exports):
    rows = export()
    rows[3][9] = "本科及以上"
    found = next(iter(told(read_exports(小学=rows, 县=COUNTY), "JH-F067")))
    assert found.severity is Severity.EXPLAIN
    assert "“本科学历教师”" in found.message


def test_what_a_school_must_have_and_no_form_says(read_exports):
    rows = export()
    for line in rows[1:]:
        line[6] = ""
    (found,) = told(read_exports(小学=rows, 县=COUNTY), "JH-F064")
    assert "“是否寄宿制”" in found.message
    assert "补充表" in found.message
    supplement = COUNTY | {"学校名录": [["学校标识码", "是否寄宿制"], ["2134000001", "否"], ["2134000002", "是"]]}
    reading = read_exports(小学=rows, 县=supplement)
    assert blocking(reading.findings) == []
    assert reading.dataset["school"]["boarding"].to_list() == [False, True]
    assert reading.dataset.cell("school", 1, "boarding") == "[县.xlsx]学校名录!B3"


def test_heads_of_a_file_without_merged_cells(tmp_path, tables):
    folder = tmp_path / "年报"
    folder.mkdir()
    lines = [",".join(str(cell) for cell in line) for line in export()]
    (folder / "小学.csv").write_text("\n".join(lines), encoding="utf-8")
    write(folder / "县.xlsx", COUNTY)
    reading = read_file(folder, tables)
    assert reading.dataset["stage_year"]["teachers_bachelor"].to_list() == [25, 18]


def test_the_words_of_bands_are_all_read(read):
    rows = classes(bands=tuple(range(10)))
    stage = row(read(f2106=rows), "stage_year")
    names = ["classes_25", *(f"classes_{high}" for high in range(30, 70, 5)), "classes_over_65"]
    assert [stage[name] for name in names] == list(range(10))
    assert len(BANDS) == len(names)
