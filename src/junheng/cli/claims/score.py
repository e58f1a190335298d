"""``junheng claims score``: how well the checker does on figures that people have checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from rich.markup import escape

from junheng import workflow
from junheng.base.exact import plain
from junheng.claims.claim import Claim, Verdict
from junheng.claims.reasons import words
from junheng.claims.score import Found, Pair, Rate, Score
from junheng.cli.console import console, new_table


@click.command()
@click.option(
    "--gold",
    metavar="文件夹",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="标注文件夹：claims.csv 和 texts 文件夹。",
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def score(gold: Path, *, as_json: bool) -> None:
    """用人工核对过的数字检验核对本身：找得全不全、判得对不对，没有判对的逐条列出。

    标注只是样本，没有标注到的数字另外计数，其中判为不符的也列出来，由人看对不对。

    \b
        junheng claims score --gold 标注/
    """
    result = workflow.score_claims(gold)
    if as_json:
        click.echo(json.dumps(_as_json(result), ensure_ascii=False, indent=2))
    else:
        _show(result)


def _show(result: Score) -> None:
    screen = console()
    rates = new_table("总计", "项目", "查准率", "查全率", right=("查准率", "查全率"))
    for name, found in (("找出可核对的数字", result.checkable), ("找出不符的数字", result.inconsistent)):
        rates.add_row(name, _rate(found.precision), _rate(found.recall))
    screen.print(rates)
    screen.print(f"结论相同 {_rate(result.verdicts)}，是否达到标准说法相同 {_rate(result.limits)}。", markup=False)

    columns = [*Verdict, None]
    confusion = new_table(
        "结论对照（行为标注，列为本程序）", "标注", *map(_verdict, columns), right=(*map(_verdict, columns),)
    )
    for gold in Verdict:
        confusion.add_row(gold.zh, *(str(result.confusion.get((gold, ours), 0)) for ours in columns))
    screen.print(confusion)

    types = new_table("各类数字", "类型", "条数", "可核对的找出", "不符的找出", "结论相同", right=("条数",))
    for name, own in result.by_type().items():
        types.add_row(
            name, str(len(own.pairs)), _rate(own.checkable.recall), _rate(own.inconsistent.recall), _rate(own.verdicts)
        )
    screen.print(types)

    if result.misses:
        missed = new_table("没有判对的", "编号", "类型", "原文", "标注", "本程序", "理由")
        for pair in result.misses:
            missed.add_row(*map(escape, _miss(pair)))
        screen.print(missed)
    alarms = [(file, claim) for file, claim in result.uncovered if claim.verdict is Verdict.INCONSISTENT]
    if alarms:
        beyond = new_table("判为不符而没有标注的（可能对，也可能错）", "材料", "原文", "写的", "重算", "理由")
        for file, claim in alarms:
            now = _recomputed(claim)
            beyond.add_row(*map(escape, (file, _line(claim.quote), claim.written, now, words(claim.why))))
        screen.print(beyond)
    checkable = sum(claim.verdict is not Verdict.NOT_CHECKABLE for _, claim in result.uncovered)
    screen.print(
        f"误报（标注为无法核对，判为不符）{len(result.false_alarms)} 处。没有标注的数字 {len(result.uncovered)} 处，"
        f"其中判为可核对 {checkable} 处、不符 {len(alarms)} 处。",
        markup=False,
    )


def _miss(pair: Pair) -> tuple[str, ...]:
    row, claim = pair.row, pair.claim
    gold = f"{row.verdict.zh} {row.recomputed}".strip()
    if claim is None:
        return row.id, row.claim_type, _line(row.quote), gold, _verdict(None), ""
    ours = f"{claim.verdict.zh} {_recomputed(claim)}".strip()
    return row.id, row.claim_type, _line(row.quote), gold, ours, words(claim.why)


def _as_json(result: Score) -> dict[str, Any]:
    return {
        "rows": len(result.pairs),
        **_rates(result),
        "thresholds": _rate_json(result.limits),
        "confusion": [
            {"gold": gold, "ours": ours, "rows": rows}
            for (gold, ours), rows in sorted(result.confusion.items(), key=lambda entry: str(entry[0]))
        ],
        "by_type": {name: {"rows": len(own.pairs), **_rates(own)} for name, own in result.by_type().items()},
        "false_alarms": [pair.row.id for pair in result.false_alarms],
        "misses": [_pair_json(pair) for pair in result.misses],
        "uncovered": {
            "figures": len(result.uncovered),
            "checkable": sum(claim.verdict is not Verdict.NOT_CHECKABLE for _, claim in result.uncovered),
            "inconsistent": [
                {"text_file": file, "quote": claim.quote, "start": claim.start, "why": words(claim.why)}
                for file, claim in result.uncovered
                if claim.verdict is Verdict.INCONSISTENT
            ],
        },
    }


def _rates(result: Score) -> dict[str, Any]:
    return {
        "checkable": _found_json(result.checkable),
        "inconsistent": _found_json(result.inconsistent),
        "verdicts": _rate_json(result.verdicts),
    }


def _pair_json(pair: Pair) -> dict[str, Any]:
    claim = pair.claim
    return {
        "id": pair.row.id,
        "claim_type": pair.row.claim_type,
        "quote": pair.row.quote,
        "gold": pair.row.verdict,
        "ours": None if claim is None else claim.verdict,
        "why": None if claim is None else words(claim.why),
        "note": pair.row.note,
    }


def _found_json(found: Found) -> dict[str, Any]:
    return {"precision": _rate_json(found.precision), "recall": _rate_json(found.recall)}


def _rate_json(rate: Rate) -> dict[str, Any]:
    return {"right": rate.right, "all": rate.all, "value": None if rate.value is None else round(rate.value, 4)}


def _rate(rate: Rate) -> str:
    return f"{rate.right}/{rate.all}" + ("" if rate.value is None else f"（{rate.value:.1%}）")


def _verdict(verdict: Verdict | None) -> str:
    return "未找到" if verdict is None else verdict.zh


def _recomputed(claim: Claim) -> str:
    value = claim.recomputed
    return "" if value is None or isinstance(value, bool) else plain(value, 4)


def _line(text: str) -> str:
    return " ".join(text.split())
