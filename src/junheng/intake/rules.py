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

# Rows that several sheets hold together
VALUES_DIFFER = Rule(
    "JH-F050",
    ERROR,
    "{who}：“{column}”有两个不同的值：这里是 {value}，{other_cell} 是 {other}。"
    "同一行的一栏只能有一个值，请核对后改成一致，或只在一处填写。",
)

# Official forms
FORM_UNKNOWN = Rule(
    "JH-F051",
    HINT,
    "工作表“{sheet}”的表号是 {form}，不是判定用得到的报表，没有读。如果表号写错，请改正；否则可不理会。",
)
FORM_WORDS_MISSING = Rule(
    "JH-F052",
    ERROR,
    "在 {form} 里没有找到{words}（找过：{searched}），因此读不到{columns}。请按报表原样恢复行名和表头。",
)
FORM_PLACE_TWICE = Rule(
    "JH-F053",
    ERROR,
    "{form} 的{what}“{words}”出现在 {cells} 几处，不知道以哪一处为准。请按报表原样只留一处。",
)
FORM_SHIFTED = Rule(
    "JH-F054",
    ERROR,
    "{form} 第 {row} 行在没有表头的 {column} 列里有数 {value}，这一行疑为整行错位。"
    "请把数移回各自的表头下面，或补上这一列的表头。",
)
FORM_NO_SCHOOL = Rule(
    "JH-F055",
    ERROR,
    "{form} 没有写学校（机构）标识码，不知道是哪所学校的。请在表头处写明“学校（机构）标识码：”和代码。",
)
FORM_NO_YEAR = Rule(
    "JH-F056",
    ERROR,
    "{form} 没有写学年，别的报表也都没有，不知道是哪一年的数。请在表头或文件名中写明，如“2023学年初”。",
)
FORM_YEARS_DIFFER = Rule(
    "JH-F057",
    ERROR,
    "{form} 是 {year} 学年的，而 {other_cell} 是 {other} 学年的。"
    "一次只能读同一学年的报表，请把各年的报表分开放，或改正写错的学年。",
)
FORM_OF_OTHER_YEARS = Rule(
    "JH-F058",
    EXPLAIN,
    "{form} 属{generation}，却写着 {year} 学年，该表号用于 {years} 学年。请核对学年；确实用这套报表的可不改。",
)
FORM_TWICE = Rule("JH-F059", ERROR, "学校 {code} 的 {form} 有两张，另一张在 {other_cell}，这一张没有读。请只留一张。")
FORM_MISSING = Rule(
    "JH-F060",
    EXPLAIN,
    "{who}没有交 {form}（{title}），因此没有{columns}，与它们有关的指标将无法判定（不会当作 0）。"
    "请补交这张表，或在补充表中填写。",
)
FORM_SUM_DIFFERS = Rule(
    "JH-F061",
    ERROR,
    "{form} 的“{whole}”是 {value}，它的各部分（{parts}）之和是 {sum}，相差 {difference}。请核对这几格。",
)
FLAT_WITHOUT_STAGE = Rule(
    "JH-F062",
    ERROR,
    "“{sheet}”一校一行，却看不出是哪个学段的（表题、文件名和办学类型都没有说明），学生、教师等数没有读。"
    "请在表题或文件名中写明小学、初中或高中。",
)
COUNTY_NOT_FOUND = Rule(
    "JH-F063",
    ERROR,
    "只有县名“{value}”，没有行政区划代码，共 {count} 所学校无法入库。请在补充表“{table}”中填这个县的代码和同样的名称。",
)
NOT_IN_FORMS = Rule(
    "JH-F064",
    ERROR,
    "报表里没有“{column}”，别处也没有填，{count} 行无法入库（{rows}）。请在补充表“{table}”中按学校标识码补上这一列。",
)
NOT_IN_ANY_FORM = Rule(
    "JH-F072",
    ERROR,
    "“{table}”有 {count} 行只在这一张表里（{rows}），报表里没有读到这些学校：没有交报表，或报表的那一行有错没有收。"
    "请先改正报表或补交，不必在这里补列。",
)
COUNTED_TOGETHER = Rule(
    "JH-F065",
    HINT,
    "“{words}”是合在一起的数，报表没有分开：全部计入“{column}”，{others}记 0 只为合计，不表示没有；合计不受影响。",
)
FORM_KIND_UNKNOWN = Rule(
    "JH-F066",
    ERROR,
    "办学类型“{value}”不在代码表中，不知道这所学校有哪些学段。{near}请改成报表的代码或名称（如“211 小学”）；"
    "幼儿园等不参加判定的学校，请拿走它的报表。",
)

EXPORT_HEADS_MISSING = Rule(
    "JH-F067",
    EXPLAIN,
    "这张表的表头里没有{words}，因此没有{columns}，与它们有关的指标将无法判定（不会当作 0）。"
    "表头被改过的请按导出的原样恢复；导出时没有选这些项的，请重新导出，或在补充表中填写。",
)
TOTAL_HOLDS_MORE = Rule(
    "JH-F068",
    EXPLAIN,
    "“{words}”还包括教师用、办公用等，不就是“{column}”，没有采用，“{column}”留空（不会当作 0）。"
    "请在补充表“{table}”中填“{header}”。",
)
NAMED_FOR_ANOTHER_YEAR = Rule(
    "JH-F069",
    EXPLAIN,
    "{form} 表内写的是 {year} 学年，{where}“{name}”却是 {other} 学年。以表内为准；请核对，把写错的一处改正。",
)
FORM_FINDINGS_LEFT_OUT = Rule(
    "JH-F070",
    HINT,
    "{form} 的问题太多，只列出 {kept} 条，另有 {count} 条没有列出。这张表多半整体错位，请改正后重新读入。",
)
KIND_OF_A_PART = Rule(
    "JH-F071",
    EXPLAIN,
    "学校 {code} 在这里的办学类型是“{value}”，{other_cell} 是“{other}”：按整所学校的“{other}”合为一所。"
    "请核对两处是不是同一所学校。",
)
FINDING_NOT_ACCEPTED = Rule("JH-F039", ERROR, "“{item}”的认定结论没有“{value}”这一种。可填：{allowed}。")
PLAN_MISSING = Rule("JH-F040", EXPLAIN, "“{item}”认定为{value}，按标准须写明后续举措。请在“整改措施”栏填写。")
SCORE_TOO_HIGH = Rule("JH-F041", ERROR, "“{item}”的分值是 {allowed} 分，得分不能是 {value}。请核对。")
SCORE_FULL = Rule("JH-F042", EXPLAIN, "“{item}”认定为{finding}，却填了满分 {value} 分；计分以得分为准。请核对两栏。")


def all_rules() -> list[Rule]:
    """Every rule of reading, by code: the reference page of the manual is made from it."""
    return sorted((value for value in globals().values() if isinstance(value, Rule)), key=lambda rule: rule.code)
