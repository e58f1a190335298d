"""What is said of items and scores, in Chinese: what people found, what was earned, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl

from junheng.base.exact import half_up, plain
from junheng.base.outcome import Outcome
from junheng.standards.item import Branch, ItemPart
from junheng.verdict.judgement import Judgement
from junheng.verdict.scores import Bounds, PartScore

Row = Mapping[str, Any]


def finding_words(judgement: Judgement, finding: str | None) -> str:
    """What people found, as they file it (基本达到、不适用, …); empty where nobody did."""
    if finding is None:
        return ""
    codes = judgement.dataset.tables.code_lists["finding"]
    return codes.zh(finding) if finding in codes.codes else Outcome(finding).zh


def items_words(judgement: Judgement, county: str, part: str) -> str:
    """What stands in the way of a part made of items, or that nothing does."""
    entry: ItemPart = getattr(judgement.standard, part)
    if entry.rule == "score":
        return _score_sentence(judgement, county, part, entry)
    items = judgement.items.filter((pl.col("county_code") == county) & (pl.col("part") == part))
    bad = [entry.items[i].label.zh for i in items.filter(pl.col("outcome") == Outcome.UNMET)["item"]]
    open_ones = items.filter(pl.col("outcome") == Outcome.UNKNOWN).height
    words = [f"{len(bad)} 项未达到：{'、'.join(bad)}"] if bad else []
    words += [f"{open_ones} 项未认定或缺数据"] if open_ones else []
    words += unseen_words(entry)
    decided = items["outcome"].count()
    out = f"，{items.height - decided} 项不适用" if decided < items.height else ""
    return "；".join(words) or (f"{decided} 项均达到{out}" if decided else "没有一项适用")


def unseen_words(part: ItemPart) -> Iterator[str]:
    """That something counts whose content was not found."""
    if part.not_seen:
        yield f"另有 {part.not_seen} 项的内容未见"
    for branch in part.groups.values():
        if branch.not_seen:
            yield f"“{branch.label.zh}”下有内容未见"


def _score_sentence(judgement: Judgement, county: str, part: str, entry: ItemPart) -> str:
    mark = entry.pass_score[0].at_least if entry.pass_score else None
    line = f"合格线 {'未定' if mark is None else plain(mark)}"
    if all(item.points is None for item in entry.items.values()):
        return "各项分值由省、县规定，尚未给出，不能计分"
    score = judgement.scores.get((county, part))
    if score is None:
        return f"没有事项，{line}"
    words = [f"得分{bounds_words(score.bounds, mark)}，{line}"]
    if entry.total is None:
        words.append("满分未见，不能与合格线比较")
    open_ones = [key for key, own in score.items.items() if own is not None and own.exact is None]
    words += [f"{len(open_ones)} 项未评分、缺数据或分值未见"] if open_ones else []
    return "；".join([*words, *unseen_words(entry)])


def bounds_words(bounds: Bounds, mark: Decimal | None = None) -> str:
    """`` 85``, ``在 60 与 85 之间``, ``至少 60``; with as many digits as tell it from the pass mark."""
    if bounds.exact is not None:
        return f" {_shown(bounds.exact, mark)}"
    if bounds.high is None:
        return f"至少 {_shown(bounds.low, mark)}"
    return f"在 {_shown(bounds.low, mark)} 与 {_shown(bounds.high, mark)} 之间"


def _shown(value: Fraction, mark: Decimal | None) -> str:
    alike = mark is not None and value != Fraction(mark) and half_up(value, 2) == mark
    return plain(value, 6 if alike else 2)


def earned_words(judgement: Judgement, row: Row, part: ItemPart) -> str:
    """What an item of a scored part earns: ``得分 8（分值 10）``."""
    item = part.items[row["item"]]
    points = "未见" if item.points is None else plain(item.points)
    score = judgement.scores[row["county_code"], row["part"]].items[row["item"]]
    if score is None:
        return f"不计分（分值 {points}）"
    if item.points is None:
        filed = "" if row["score"] is None else f"，填报得分 {plain(row['score'], 2)}"
        return f"分值未见，不能计分{filed}"
    exceeded = judgement.scores[row["county_code"], row["part"]].exceeded.get(row["item"])
    more = "" if exceeded is None else f"，高于按扣分规则所余的{at_most_words(exceeded)}，请核对"
    return f"得分{bounds_words(score)}（分值 {points}）{more}"


def at_most_words(points: Fraction) -> str:
    """``至多 18 分``."""
    return f"至多 {plain(points, 2)} 分"


def subtotal_words(score: PartScore | None, name: str, branch: Branch) -> str:
    """What a branch of a scored tree earns: ``得分 12（分值 20）``; nothing is rescaled yet."""
    found = score.branches.get(name) if score else None
    if found is None:
        return "没有事项"
    if not found.seen:
        return "分值未见，不能计分"
    points = "未见" if found.points is None else plain(found.points)
    text = f"得分{bounds_words(found.bounds)}（分值 {points}）"
    if found.left_out:
        text += f"，不适用的 {plain(found.left_out)} 分不计"
    return f"{text}，其中有内容未见" if branch.not_seen else text
