"""Rosters: their tables, how they are counted, and what the structure of the staff shows."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.terms import Label
from junheng.indicators.roster_rules import Count, roster_rules, structure_parts
from junheng.tables.catalogue import load_tables, roster_tables
from reference.language import Language
from reference.page import Page, code, page, plain, table
from reference.tables import code_blocks, table_blocks
from reference.wording import Wording

_SOURCE = "src/junheng_standards/rosters"
_AGE = Label("年龄", "Age")  # of the school year, by the year of birth
_MEASURES = {"count": Label("行数", "rows"), "sum": Label("合计", "sum of"), "largest": Label("最大", "largest")}


class _Words(Wording):
    """The words for the columns of rosters, and for the one that is derived."""

    def column(self, name: str) -> str:
        return self.language.of(_AGE) if name == "age" else super().column(name)

    def code(self, column: str, code: str) -> str:
        return code if column == "age" else super().code(column, code)


def pages(language: Language) -> Iterator[Page]:
    say, tables = language.say, roster_tables()
    intro = say(
        "教职工花名册和班级表有哪些列，怎样汇总成学校一年的数。规则是数据，程序照着数。空着的使有关的数得不出来，"
        "不当作 0，也不少算。个人信息不参加汇总，不入全国库；教职工编号在库里只有加密的摘要。",
        "The columns of the rosters of staff and classes, and how they are summed up to a school's year. The rules are "
        "data, which the program follows. A blank leaves what depends on it unknown: it is neither 0 nor passed over. "
        "Personal columns are in no sum and in no national store; of the staff number that has a keyed hash only.",
    )
    blocks = [intro]
    for name in ("teacher", "school"):
        blocks += table_blocks(tables[name], tables[name].columns.values(), language)
    personal = say("、", ", ").join(
        language.of(column.label)
        for name in ("teacher", "class")
        for column in tables[name].columns.values()
        if column.sensitivity == "personal"
    )
    blocks += [say(f"个人信息：{personal}。", f"Personal: {personal}.")]
    blocks += [
        say(
            "“班级”表同[填报的“班级”表](tables.md#班级-class)。",
            "The table of classes is [that of the yearly filing](tables.md#classes-class).",
        )
    ]
    blocks += [say("## 汇总规则", "## How they are counted"), *_rules(language)]
    blocks += [say("## 队伍结构", "## The structure of the staff"), _structure(language)]
    lists = {c.codes.name: c.codes for t in (tables["teacher"],) for c in t.columns.values() if c.codes}
    for codes in lists.values():
        blocks += code_blocks(codes, tables.code_lists["stage"], language)
    yield page("rosters.md", language, say("花名册的表和规则", "Rosters: tables and rules"), _SOURCE, *blocks)


def _rules(language: Language) -> Iterator[str]:
    say, filed, wording = language.say, load_tables(), _Words(language, roster_tables())
    heads = [say("列", "Column"), say("名称", "Name"), say("怎样数", "Counted"), say("条件", "Where")]
    once = roster_rules()["teacher"].once
    assert once is not None
    yield say(
        f"一人只算一次：{wording.condition(once.where)}的行，同一学年登记在几所学校的，算在到校年份最晚的一所；"
        "到校年份空着或相同的，这几所学校有关的数都得不出来。其余的行（走教、交流、兼职、支教）各校各算。",
        f"A person counts once: of rows with {wording.condition(once.where)} at several schools in one year, the one "
        "joined last counts; where that is blank or the same, what depends on it is unknown at each of them. Other "
        "rows (visiting, rotated, part-time, support) count at each school.",
    )
    for name, rules in roster_rules().items():
        yield f"### {language.of(roster_tables()[name].label)}"
        rows = []
        for home, counts in (("school_year", rules.school_year), ("stage_year", rules.stage_year)):
            for column, count in counts.items():
                label = language.of(filed[home].columns[column].label)
                where = _where(count, wording, say("；或 ", "; or "))
                rows.append((code(column), plain(label), _measure(count, wording, language), where))
        yield table(heads, rows)


def _measure(count: Count, wording: Wording, language: Language) -> str:
    measure = language.of(_MEASURES[count.measure])
    return f"{measure} {wording.column(count.of)}" if count.of else measure


def _where(count: Count, wording: Wording, between: str) -> str:
    return between.join(wording.condition(condition) for condition in count.where)


def _structure(language: Language) -> str:
    say, columns, wording = language.say, load_tables()["stage_year"].columns, _Words(language, roster_tables())
    rows = []
    for part in structure_parts().values():
        for name in part.columns:
            rows.append((language.of(part.label), language.of(columns[name].label), code(name)))
        if part.above:
            rows.append((language.of(part.label), language.of(part.above.label), code(part.above.indicator)))
        for count in part.counts.values():
            what = say("平均", "mean") if count.mean else _where(count, wording, say("；或 ", "; or "))
            rows.append((language.of(part.label), language.of(count.label), what))
    heads = [say("部分", "Part"), say("项目", "Line"), say("专任教师中的哪些", "Which full-time teachers")]
    return table(heads, rows)
