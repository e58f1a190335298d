"""Small official forms written cell by cell: one school of the newer forms, and an export of three schools."""

import openpyxl

CODE = "2134000001"
YEAR = "2023/2024学年初"
GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")
BANDS = (
    "25人及以下",
    "26-30人",
    "31-35人",
    "36-40人",
    "41-45人",
    "46-50人",
    "51-55人",
    "56-60人",
    "61-65人",
    "66人及以上",
)


def caption(form, code=CODE, year=YEAR, unit="人", name="示例中心小学"):
    return [f"学校（机构）名称：{name}", f"学校（机构）标识码：{code}", f"表号：教基{form}", year, f"单位：{unit}"]


def basics(code=CODE, kind="211 小学", counted="是", main=None, **more):
    rows = [
        ["学校（机构）基本情况"],
        caption("1001", code, **more),
        ["学校（机构）标识码", code],
        ["学校（机构）名称", more.get("name", "示例中心小学")],
        ["学校（机构）所在地行政区划代码", "340101001002"],
        ["学校（机构）所在地城乡类型", "121 镇中心区"],
        ["学校（机构）举办者", "831 县级教育部门"],
        ["学校（机构）办学类型", kind],
        ["是否寄宿制", "否"],
        ["是否计校数", counted],
    ]
    return rows + ([["所属主校标识码", main]] if main else [])


def pupils(code=CODE, numbers=(80, 80, 80, 80, 80, 80), **more):
    return [
        ["小学学生数"],
        caption("3112", code, **more),
        ["", "", "毕业生数", "招生数", "在校生数", *[""] * 6, "寄宿生"],
        ["", "", "", "", "合计", *GRADES, ""],
        ["甲", "乙", *range(1, 11)],
        ["总计", "01", 75, 80, sum(numbers), *numbers, 0],
        ["　其中：女", "02", 36, 40, 240, *[40] * 6, 0],
        [],
        ["补充资料：略"],
    ]


def classes(code=CODE, bands=(0, 0, 0, 12, 0, 0, 0, 0, 0, 0), **more):
    return [
        ["小学班额情况"],
        caption("2106", code, unit="个", **more),
        ["", "", "班数", "按班额分", *[""] * 9],
        ["", "", "", *BANDS],
        ["甲", "乙", *range(1, 12)],
        ["总计", "01", sum(bands), *bands],
    ]


def teachers(code=CODE, music=3, fine_arts=2, arts=5, **more):
    courses = ["合计", "#女", "语文", "体育与健康", "艺术", "", "", "其他"]
    below = ["", "", "", "", "计", "音乐", "美术", ""]
    return [
        ["义务教育专任教师分课程、分学历情况"],
        caption("4155", code, **more),
        ["", "", *courses],
        ["", "", *below],
        ["甲", "乙", *range(1, 9)],
        ["小学"],
        ["　计", "01", 30, 20, 20, 2, arts, music, fine_arts, 3],
        ["　#女", "02", 20, 20, 14, 1, 3, 2, 1, 2],
        ["　博士研究生", "03", 0, 0, 0, 0, 0, 0, 0, 0],
        ["　硕士研究生", "04", 3, 2, 2, 0, 1, 1, 0, 0],
        ["　本科", "05", 25, 16, 17, 2, 4, 2, 2, 2],
        ["　专科", "06", 2, 2, 1, 0, 0, 0, 0, 1],
        ["　高中阶段", "07", 0, 0, 0, 0, 0, 0, 0, 0],
        ["　高中阶段以下", "08", 0, 0, 0, 0, 0, 0, 0, 0],
    ]


def conditions(code=CODE, equipment="教学仪器设备资产值（万元）", computers="教学用计算机（台）", **more):
    return [
        ["占地面积及其他办学条件"],
        caption("5176", code, unit="", **more),
        ["指标", "代码", "数量"],
        ["甲", "乙", 1],
        ["占地面积（平方米）", "01", 12000],
        ["　其中：绿化用地面积（平方米）", "02", 3000],
        ["　　　　运动场地面积（平方米）", "03", 4800],
        ["图书（册）", "04", 14400],
        [computers, "05", 90],
        ["网络多媒体教室（间）", "06", 14],
        ["固定资产总值（万元）", "07", 900],
        [f"　其中：{equipment}", "08", 123.45],
    ]


def school(**changed):
    """The sheets of one school, by name."""
    sheets = {
        "教基1001": basics(),
        "教基2106": classes(),
        "教基3112": pupils(),
        "教基4155": teachers(),
        "教基5176": conditions(),
    }
    return {name: rows for name, rows in {**sheets, **changed}.items() if rows is not None}


_BASICS = ("统计三级", "学校（机构）标识码", "学校（机构）名称", "办学类型", "举办者", "城乡类型", "是否寄宿制")
EXPORT_HEADS = (
    (*_BASICS, "在校生数", "专任教师", "", "", "图书(册)"),
    (*[""] * 8, "合计", "#按学历分", "", ""),
    (*[""] * 7, "合计", "", "本科", "专科", ""),
)
SCHOOLS = {
    "一小": ["示例县", "2134000001", "一小", "211 小学", "县级教育部门", "111 主城区", "否", 480, 30, 25, 2, 14400],
    "九年": ["示例县", "2134000002", "九年", "312 九年一贯制学校", "县级教育部门", "122", "是", 300, 20, 18, 1, 9000],
}


def export(title="2023学年初小学情况", schools=("一小", "九年"), **numbers):
    """Title, heads of three rows, a row per school and a total; ``numbers`` replaces the pupils of a school."""
    rows = [list(SCHOOLS[name]) for name in schools]
    for row in rows:
        row[7] = numbers.get(row[2], row[7])
    total = ["合计", *[""] * 6, sum(row[7] for row in rows), *(sum(row[at] for row in rows) for at in (8, 9, 10, 11))]
    return [[title], *map(list, EXPORT_HEADS), *rows, total]


EXPORT_MERGED = (*(f"{letter}2:{letter}4" for letter in "ABCDEFGL"), "H2:H3", "I2:K2", "J3:K3", "I3:I4")


def write(path, sheets, merged=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        for area in merged:
            sheet.merge_cells(area)
    book.save(path)
    return path
