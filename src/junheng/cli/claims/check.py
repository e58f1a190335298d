"""``junheng claims check``: which figures of a report do not hold."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click
from pydantic import BaseModel
from rich.markup import escape
from rich.text import Text

from junheng import workflow
from junheng.claims.account import amount, place_words, reason_words, say, summary_words, written_amount
from junheng.claims.claim import Claim
from junheng.claims.marking import Mark, Only, count, mark_of, selected
from junheng.claims.serial import figures, figures_of_documents
from junheng.cli.console import console, new_table
from junheng.cli.options import Day, SchoolYear, force_option, format_option, may_write
from junheng.documents.document import Document
from junheng.documents.reading import read_document

_STYLES = {Mark.WRONG: "red", Mark.MISSED: "yellow", Mark.HOLDS: "green", Mark.OPEN: "bright_black"}
_HEADS = {
    "zh": ("位置", "原文", "写的", "重算", "结论", "理由"),
    "en": ("place", "text", "written", "recomputed", "verdict", "reason"),
}
# What one looks at: a page shows the whole text, Word's margin holds only what is to be mended.
_SHOWN = {"table": Only.CHECKABLE, "json": Only.ALL, "html": Only.ALL, "docx": Only.INCONSISTENT}
_SUFFIX = "_核对"


class _Checked(NamedTuple):
    path: Path
    document: Document
    claims: Sequence[Claim]


@click.command()
@click.argument(
    "files", metavar="文件…", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@format_option("table", "json", "html", "docx")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="写到哪里；几个文件写 html、docx 时是文件夹。缺省 html、docx 写在原文件旁，名称加“_核对”，json 输出到屏幕。",
)
@click.option(
    "--only",
    type=click.Choice([str(one) for one in Only]),
    help="列出哪些：不符的和未达到标准的、能核对的、全部。缺省 table 为 checkable，docx 为 inconsistent，其余为 all。",
)
@click.option("--standard", metavar="标准", help="报告说的“达到标准”是哪个标准，如 CN/youzhi_2017；要同时写 --on。")
@click.option("--on", "day", type=Day(), help="报告的日期，如 2025-12-31：各个时候的标准不同。")
@click.option(
    "--data",
    metavar="数据",
    help="县的填报数据（文件、文件夹或快照）：报告里的数再与填报数比较，写 --on 时也与判定比较。",
)
@click.option(
    "--year",
    type=SchoolYear(),
    metavar="学年",
    help="报告没有写年份的数是哪一学年的（起始年）。缺省为数据判定的学年。",
)
@click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="理由用中文还是英文。"
)
@force_option
def check(
    files: tuple[Path, ...],
    form: str,
    output: Path | None,
    only: str | None,
    standard: str | None,
    day: date | None,
    data: str | None,
    year: int | None,
    language: str,
    *,
    force: bool,
) -> None:
    """核对报告（.docx、.doc、.pdf、.txt、.md、.html、.xlsx）里的数字：用报告里别的数字重新算一遍。

    有不符的退出码为 1。计划、目标、规定、隐去的数字不算不符；算不出来的列为无法核对，不猜。

    html 是一页带标记的全文，旁边写着理由；docx 是带批注的 Word，原来是 .docx 的，格式不变；
    json 的结构见 junheng schema figures（几个文件时为 figures-of-documents）。

    \b
        junheng claims check 自查报告.docx
        junheng claims check 自查报告.docx --data 县数据.xlsx --on 2025-12-31
        junheng claims check 自查报告.docx --format html -o 核对.html
        junheng claims check 各校报告/*.docx --format docx -o 核对结果
    """
    if form == "table" and output is not None:
        form = output.suffix.lower().removeprefix(".")
        if form not in ("json", "html", "docx"):
            raise click.UsageError("屏幕上的表不写文件。要写文件请加 --format json、html 或 docx。")
    outputs = _outputs(files, form, output)
    for path in outputs:
        may_write(path, map(str, files), force=force)
    records = None if data is None else workflow.claim_records(data, standard=standard, on=day, year=year)
    found = [
        _Checked(path, document, workflow.check_claims(document, standard=standard, on=day, data=records))
        for path in files
        for document in [read_document(path)]
    ]
    shown = Only(only) if only else _SHOWN[form]
    if form == "table":
        for one in found:
            _show(one, shown, language)
    elif form == "json":
        _print_json(found, outputs, shown, language)
    else:
        for one, path in zip(found, outputs, strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            workflow.annotate_claims(one.document, one.claims, path, original=one.path, only=shown, language=language)
    for path in outputs:
        click.echo(f"已写入 {path}。", err=True)
    for one in found:
        click.echo(f"{one.path.name}：{summary_words(count(one.claims), language)}", err=True)
    sys.exit(1 if any(count(one.claims).inconsistent for one in found) else 0)


def _outputs(files: Sequence[Path], form: str, output: Path | None) -> list[Path]:
    """The files to write, in the order of those read."""
    if form in ("table", "json"):
        return [output] if form == "json" and output is not None else []
    if output is not None and len(files) == 1 and not output.is_dir():
        if output.suffix.lower() != f".{form}":
            raise click.UsageError(f"--format {form} 写 .{form} 文件，这里是 {output.name}。请改 -o 的文件名。")
        return [output]
    outputs = [(output or path.parent) / f"{path.stem}{_SUFFIX}.{form}" for path in files]
    twice = [path.name for path, times in Counter(outputs).items() if times > 1]
    if twice:
        raise click.UsageError(f"有文件会写成同一个 {'、'.join(twice)}。请分几次核对，或改原文件名。")
    return outputs


def _print_json(found: Sequence[_Checked], outputs: Sequence[Path], shown: Only, language: str) -> None:
    result: BaseModel
    if len(found) == 1:
        result = figures(selected(found[0].claims, shown), language)
    else:
        result = figures_of_documents([(one.document, selected(one.claims, shown)) for one in found], language)
    text = result.model_dump_json(indent=2)
    if outputs:
        outputs[0].write_text(f"{text}\n", encoding="utf-8")
    else:
        click.echo(text)


def _show(one: _Checked, shown: Only, language: str) -> None:
    heads = _HEADS[language]
    claims = selected(one.claims, shown)
    if not claims:
        return
    table = new_table(one.document.name, *heads, right=heads[2:4])
    for claim in claims:
        mark = mark_of(claim)
        table.add_row(
            escape(place_words(one.document, claim, language)),
            escape(" ".join(claim.quote.split())),
            escape(written_amount(claim)),
            escape(amount(claim.recomputed, claim.unit, language)),
            Text(f"{mark.symbol} {say(mark.label, language)}", style=_STYLES[mark]),
            escape(reason_words(claim, language)),
        )
    console().print(table)
