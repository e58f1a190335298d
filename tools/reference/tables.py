"""The tables people file: every column with what it means, and the code lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from junheng.standards.library import load_standard, standard_ids
from junheng.tables.catalogue import load_tables
from junheng.tables.model import CodeList, Column, Need, Table, Tables
from reference.language import Language
from reference.page import Page, code, page, plain, table
from reference.wording import in_units

_SOURCE = "src/junheng_standards/tables"
_TYPES = {
    "code": ("代码（文本）", "code (text)"),
    "text": ("文本", "text"),
    "code_list": ("选项", "choice"),
    "flag": ("是否", "yes or no"),
    "date": ("日期", "date"),
    "year": ("年份", "year"),
    "count": ("整数", "whole number"),
    "decimal": ("数值", "number"),
}
_NEEDS = {
    Need.KEY: ("必填（标识）", "key"),
    Need.MUST: ("必填", "must"),
    Need.EXPECTED: ("应填", "expected"),
    Need.OPTIONAL: ("选填", "optional"),
}
_FILLERS = {
    "school": ("学校", "school"),
    "county": ("县教育局", "county office"),
    "finance": ("财政", "finance office"),
    "personnel": ("人社", "personnel office"),
    "inspector": ("督学", "inspectors"),
}


def pages(language: Language) -> Iterator[Page]:
    yield _tables_page(language)
    yield _codes_page(language)


def _tables_page(language: Language) -> Page:
    say, tables = language.say, load_tables()
    intro = say(
        "填报的全部表和列。模板、读入、检查和本页出自同一份定义。必填列空着是错误，其中**标识**列确定一行；"
        "**应填**空着要说明，与它有关的指标无法判定，不会当作 0。表头也可以写别名；"
        "“填报单位”是表头里写的单位，系统按“保存单位”保存（1 万元 = 10000 元）。选项见[代码表](codes.md)。",
        "All tables and columns that are filed. The template, the reader, the checks and this page come from one "
        "definition. A **key** column makes the row what it is; a blank **must** is an error; a blank **expected** "
        "value has to be explained and leaves what depends on it undecided, never 0. Heads may also be one of the "
        "aliases. Amounts are filed in the form unit and kept in the kept unit (1 万元 = 10,000 yuan). Choices stand "
        "under [code lists](codes.md).",
    )
    blocks = [intro]
    for entry in tables.tables.values():
        blocks += table_blocks(entry, entry.columns.values(), language)
    for name, new, columns in _own(tables):
        if columns:
            blocks += [say(f"## {name} 另加的列", f"## Columns added by {name}"), _columns(columns, language)]
        for entry in new:
            title, *rest = table_blocks(entry, entry.columns.values(), language)
            blocks += [f"{title} ({name})", *rest]
    return page("tables.md", language, say("表册和列", "Tables and columns"), _SOURCE, *blocks)


def table_blocks(entry: Table, columns: Iterable[Column], language: Language) -> list[str]:
    """The heading, what a row is, and the columns of one table."""
    say = language.say
    keys = say("、", ", ").join(code(key) for key in entry.key)
    return [
        f"## {language.of(entry.label)} {code(entry.name)}",
        say(f"{entry.row.zh}。标识：{keys}。", f"{entry.row.en[:1].upper()}{entry.row.en[1:]}. Key: {keys}."),
        _columns(list(columns), language),
    ]


def _own(tables: Tables) -> Iterator[tuple[str, list[Table], list[Column]]]:
    """What one standard brings with it: whole tables, and columns of tables that all standards have."""
    for name in standard_ids():
        folders = load_standard(name).tables_folders
        if not folders:
            continue
        own = load_tables(*(Path(folder) for folder in folders)).tables.values()
        new = [entry for entry in own if entry.name not in tables.tables]
        added = [
            column
            for entry in own
            if entry.name in tables.tables
            for column in entry.columns.values()
            if column.name not in tables[entry.name].columns
        ]
        yield name, new, added


def _columns(columns: list[Column], language: Language) -> str:
    say = language.say
    heads = (
        ["列", "名称", "类型", "填报单位", "保存单位", "要求", "范围", "填报者", "来源报表", "别名", "含义"]
        if language is Language.ZH
        else [
            "Column",
            "Name",
            "Type",
            "Form unit",
            "Kept unit",
            "Need",
            "Range",
            "Filled by",
            "Form",
            "Aliases",
            "Meaning",
        ]
    )
    rows = []
    for column in columns:
        kind = say(*_TYPES[column.type.value])
        if column.codes:
            kind += f" {code(column.codes.name)}"
        name = column.label.zh if language is Language.ZH else f"{column.label.en}（{column.label.zh}）"
        rows.append(
            (
                code(column.name),
                plain(name),
                kind,
                in_units(column.form_unit or column.unit, language),
                in_units(column.unit, language) if column.form_unit else "",
                _need(column, language),
                "" if column.minimum is None else f"{column.minimum}—{column.maximum}",
                say(*_FILLERS[column.filled_by]),
                plain(column.form),
                say("、", ", ").join(plain(alias) for alias in column.aliases),
                plain(language.of(column.definition)),
            )
        )
    return table(heads, rows)


def _need(column: Column, language: Language) -> str:
    text = language.say(*_NEEDS[column.need])
    if not column.required_when:
        return text
    conditions = "；".join(f"{name}={'/'.join(values)}" for name, values in column.required_when.items())
    return language.say(f"{text}（限 {code(conditions)}）", f"{text} (where {code(conditions)})")


def _codes_page(language: Language) -> Page:
    say = language.say
    folders = {folder for name in standard_ids() for folder in load_standard(name).tables_folders}
    lists = load_tables(*map(Path, sorted(folders))).code_lists
    blocks = [
        say(
            "选项列可以填代码、名称或别名，读入后都换成代码。办学类型决定一所学校应有哪些学段。",
            "A choice may be filed as its code, its name or an alias; all are read as the code. The kind of a school "
            "decides which stages it is expected to have.",
        )
    ]
    for entries in lists.values():
        blocks += code_blocks(entries, lists["stage"], language)
    return page("codes.md", language, say("代码表", "Code lists"), f"{_SOURCE}/codes.csv", *blocks)


def code_blocks(entries: CodeList, stages: CodeList, language: Language) -> list[str]:
    """The heading and the codes of one list; ``stages`` has the words for the stages that a code expects."""
    heads = (
        ["代码", "名称", "别名", "应有学段"]
        if language is Language.ZH
        else ["Code", "Name", "Chinese name", "Aliases", "Stages expected"]
    )
    rows = []
    for entry in entries.codes.values():
        aliases = "、".join(plain(alias) for alias in entry.aliases)
        names = [entry.label.zh] if language is Language.ZH else [entry.label.en, entry.label.zh]
        expected = language.say("、", ", ").join(language.of(stages.codes[stage].label) for stage in entry.stages)
        rows.append((code(entry.code), *names, aliases, expected))
    return [f"## {code(entries.name)}", table(heads, rows)]
