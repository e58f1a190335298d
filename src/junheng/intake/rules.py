"""The rules of reading: what a cell, a head or a sheet can have wrong. Rules between cells are in checks.yaml."""

from __future__ import annotations

from typing import NamedTuple

from junheng.tables.finding import Finding, Severity

ERROR, EXPLAIN, HINT = Severity.ERROR, Severity.EXPLAIN, Severity.HINT


class Rule(NamedTuple):
    """One rule: its code, how grave it is, and its sentence."""

    code: str
    severity: Severity
    text: str

    def finding(self, cell: str, value: str = "", /, *, example: str = "", cause: str = "", **parts: object) -> Finding:
        return Finding(
            self.code, self.severity, cell, value, self.text.format(**({"value": value} | parts)), example, cause
        )


SHEET_NOT_READ = Rule(
    "JH-F001", HINT, "工作表“{sheet}”没有读：名称和表头都不像模板中的表。要读入请改名为模板中的表名；不需要读可不理会。"
)
SHEET_HIDDEN = Rule(
    "JH-F002",
    ERROR,
    "工作表“{sheet}”被隐藏，却像是“{table}”。隐藏的数据不能算作填报。要读入请取消隐藏，不要的请删去。",
)
HEADS_MISSING = Rule(
    "JH-F003", ERROR, "工作表“{sheet}”里没有找到“{table}”的表头（前 {rows} 行内）。请把模板的表头行原样粘贴回来。"
)
HEAD_UNKNOWN = Rule("JH-F004", HINT, "表头“{head}”不认识，这一列没有读。{near}")
HEAD_TWICE = Rule("JH-F005", ERROR, "“{column}”出现在 {cells} 几列，不知道以哪一列为准。请只留一列。")
COLUMN_MISSING = Rule("JH-F006", ERROR, "缺少“{column}”这一列，各行都无法入库。请补上表头和内容，写法见模板。")
HEAD_WITHOUT_UNIT = Rule(
    "JH-F007",
    ERROR,
    "表头“{head}”没有写单位，不能猜是 {unit} 还是 {form_unit}。请把表头改为“{header}”，或写明实际单位。",
)
HEAD_UNIT = Rule("JH-F008", ERROR, "表头“{head}”的单位“{word}”不能换算成 {unit}。请改用 {header}。")
HEAD_ROUNDED = Rule(
    "JH-F009", HINT, "整列按“{word}”换算成 {unit}（1{word} = {size} {unit}），四舍五入到两位小数。请抽查一个数。"
)
BLANK = Rule("JH-F010", ERROR, "“{column}”是必填项，这一格空着，本行无法入库。请补填。")
ERROR_CELL = Rule(
    "JH-F011", ERROR, "“{column}”这一格是公式错误 {value}（{meaning}），没有数值。请改正公式，或直接填入数字。"
)
FORMULA_EMPTY = Rule(
    "JH-F012",
    EXPLAIN,
    "“{column}”这一格的公式没有保存计算结果，按未填处理。请用 Excel 或 WPS 打开、重新计算并保存，或直接填数字。",
)
NOT_A_NUMBER = Rule("JH-F013", ERROR, "“{column}”应填数字，这里是“{value}”{why}。请只填数字，文字说明写到填报说明栏。")
NOT_WHOLE = Rule(
    "JH-F014", ERROR, "“{column}”按{unit}计，必须是整数，这里是 {value}。请核对是否填错列，或把不同口径的数混在了一起。"
)
OUT_OF_RANGE = Rule("JH-F015", ERROR, "“{column}”填 {value}，超出可能的范围（{low}—{high}）。{unit}请核对数值和单位。")
TOO_LONG = Rule(
    "JH-F016", ERROR, "“{column}”填的数 {value} {why}。请按实际精度填写（公式结果可用 ROUND 保留两位小数）。"
)
DASH = Rule("JH-F017", HINT, "“{column}”填的是“{value}”，按未填处理。如果实际为零，请填 0。")
NONE_WORD = Rule(
    "JH-F018",
    ERROR,
    "“{column}”填的是“{value}”：是 0，还是没有统计？没有请填 0，没有统计请空着并在填报说明栏写明原因。",
)
CELL_UNIT = Rule(
    "JH-F019", HINT, "“{column}”格内写了单位“{word}”，已按 {value} = {result} {unit} 换算{rounded}。请核对。"
)
CELL_UNIT_UNKNOWN = Rule("JH-F020", ERROR, "“{column}”格内的“{word}”不能换算成 {unit}。请只填数字，单位以表头为准。")
NOT_IN_LIST = Rule("JH-F021", ERROR, "“{column}”没有“{value}”这一项。{near}可填：{allowed}。")
NOT_YES_NO = Rule("JH-F022", ERROR, "“{column}”应填“是”或“否”，这里是“{value}”。")
NOT_A_DATE = Rule("JH-F023", ERROR, "“{column}”应填到日的日期，这里是“{value}”{why}。")
NOT_A_YEAR = Rule("JH-F024", ERROR, "“{column}”应填四位年份，这里是“{value}”{why}。")
BAD_CODE = Rule("JH-F025", ERROR, "“{column}”的代码“{value}”{why}。请把该列设为文本格式后重新填写。")
TURNED_INTO_DATE = Rule(
    "JH-F026", ERROR, "“{column}”这一格被表格软件自动改成了日期（{value}）。请把该列设为文本格式，重新填写原来的内容。"
)
TOTAL_LEFT_OUT = Rule("JH-F027", HINT, "第 {row} 行是合计行，不作为一条数据读入{checked}。")
TOTAL_DIFFERS = Rule(
    "JH-F028", EXPLAIN, "合计行“{column}”写 {value}，各行相加是 {sum}。请核对是漏了行，还是合计没有更新。"
)
ROW_LEFT_OUT = Rule("JH-F029", HINT, "第 {row} 行像是{what}，没有作为数据读入。")
ONLY_KEYS = Rule("JH-F030", HINT, "共 {count} 行只填了标识列、没有内容（第 {rows} 行），按空行略过。")
MERGED_NUMBER = Rule(
    "JH-F031", ERROR, "“{column}”的合并单元格 {area} 跨了几行，不知道这个数属于哪一行。请取消合并，逐行填写。"
)
FILE_NOT_READ = Rule("JH-F032", HINT, "文件“{file}”不是 .xlsx 或 .csv，没有读。")
MACROS = Rule("JH-F033", HINT, "“{file}”带有宏。宏不会运行，只读其中的数据。建议另存为不含宏的 .xlsx。")
NAME_DIFFERS = Rule(
    "JH-F034", EXPLAIN, "代码 {code} 在学校名录中是“{listed}”，这一行写的是“{value}”。请核对代码是否填串行。"
)
FILE_FAILED = Rule("JH-F035", ERROR, "{reason}")
TEXT_TOO_LONG = Rule("JH-F036", ERROR, "“{column}”的文字有 {length} 个字，超过 {limit} 个字。请缩短，详细材料另附。")
NOTHING_TO_JUDGE = Rule(
    "JH-F037", EXPLAIN, "没有“{table}”的数据，不能入库和判定。请补上，或与其他单位填的文件放在一起。"
)
ITEM_UNKNOWN = Rule("JH-F038", ERROR, "标准 {standard} 没有事项 {item}，这一条认定不会起作用。请对照模板改正事项编号。")


def all_rules() -> list[Rule]:
    """Every rule of reading, by code: the reference page of the manual is made from it."""
    return sorted((value for value in globals().values() if isinstance(value, Rule)), key=lambda rule: rule.code)
