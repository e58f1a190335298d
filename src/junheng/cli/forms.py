"""``junheng forms``: which statistics forms are read, and where their figures go."""

from __future__ import annotations

import click

from junheng.cli.console import console, new_table
from junheng.intake.forms.mapping import Form, Generation, load_forms
from junheng.standards.words import CONFIDENCE
from junheng.tables.catalogue import load_tables


@click.group()
def forms() -> None:
    """能直接读入的统计报表（基础基、教基）。"""


@forms.command("list")
@click.argument("number", metavar="[表号]", required=False)
def list_(number: str | None) -> None:
    """列出能读入的报表：表号、表名、读哪些列、文字的可信程度。写表号则逐列列出去处。

    \b
        junheng forms list
        junheng forms list 教基4155
    """
    if number is None:
        for generation in load_forms().values():
            _show_generation(generation)
        return
    for generation in load_forms().values():
        for own, form in generation.forms.items():
            if number in (own, generation.prefix + own):
                _show_form(generation, own, form)
                return
    raise click.UsageError(f"没有 {number} 这张表。用 junheng forms list 查看能读的报表。")


def _show_generation(generation: Generation) -> None:
    table = new_table(generation.label.zh, "表号", "表名", "列数", "读作", "行列文字", "表号依据")
    for number, form in generation.forms.items():
        columns = dict.fromkeys(field.to for field in form.fields)
        labels = [_label(column) for column in columns]
        shown = "、".join(labels[:4]) + ("……" if len(labels) > 4 else "")
        table.add_row(
            generation.prefix + number, form.title, str(len(columns)), shown, CONFIDENCE[form.words],
            CONFIDENCE[form.source.confidence],
        )  # fmt: skip
    flat = generation.flat
    columns = dict.fromkeys(field.to for field in flat.fields)
    table.add_row(
        "汇总导出", "一校一行，每个学段一个文件", str(len(columns)), "", CONFIDENCE[flat.source.confidence], ""
    )
    console().print(table)


def _show_form(generation: Generation, number: str, form: Form) -> None:
    table = new_table(f"{generation.prefix}{number} {form.title}", "读作", "表", "学段", "报表的行", "报表的表头")
    for field, stage in form.placed():
        rows = " + ".join(_words(term.row, term.sign) for term in field.terms if term.row)
        heads = " + ".join(dict.fromkeys(_words(term.head, 1) for term in field.terms if term.head))
        name = load_tables()[field.table].label.zh
        table.add_row(_label(field.to), name, stage.zh if stage else "全校", rows, heads)
    console().print(table)


def _words(paths: tuple[tuple[str, ...], ...], sign: int) -> str:
    """The first of several wordings; the others are only spelt otherwise."""
    return ("−" if sign < 0 else "") + " > ".join(paths[0])


def _label(to: str) -> str:
    table, column = to.split(".")
    return load_tables()[table].columns[column].label.zh
