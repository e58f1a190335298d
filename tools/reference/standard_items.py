"""The items of a standard's parts: people's findings, and what is computed for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from junheng.standards.indicator import Indicator
from junheng.standards.item import Item, ItemPart
from reference.citations import cite
from reference.language import Language
from reference.page import code, plain, table
from reference.wording import Wording

_LEVELS = {
    "stage": ("每校每学段", "school and stage"),
    "school": ("每校", "school"),
    "county_stage": ("全县每学段", "county and stage"),
    "county": ("全县", "county"),
}


def part_blocks(name: str, part: ItemPart, wording: Wording) -> Iterator[str]:
    say, language = wording.language.say, wording.language
    yield f"## {language.of(part.label)}"
    rule = say("全部达到", "all items must be met")
    if part.rule == "score":
        marks = ", ".join(f"{score.at_least}" for score in part.pass_score) or say("未定", "not set")
        rule = say(f"计分，满分 {part.total}，合格线 {marks}", f"scored, {part.total} in all, pass mark {marks}")
    yield say(
        f"编号 {code(name)}；{rule}。依据：{cite(part.source, language)}",
        f"Id {code(name)}; {rule}. Source: {cite(part.source, language)}",
    )
    heads = (
        ["序号", "事项", "编号", "怎样判定", "分值", "依据"]
        if language is Language.ZH
        else ["No.", "Item", "Id", "How it is judged", "Points", "Source"]
    )
    yield table(
        heads,
        [
            (
                item.number,
                _item_label(item, part, language),
                code(key),
                _how(item, wording),
                item.points,
                cite(item.source, language),
            )
            for key, item in part.items.items()
        ],
    )


def _item_label(item: Item, part: ItemPart, language: Language) -> str:
    group = language.of(part.groups[item.group].label) + language.say("：", ": ") if item.group else ""
    note = f"<br>{plain(language.of(item.note))}" if item.note else ""
    return group + plain(language.of(item.label)) + note


def _how(item: Item, wording: Wording) -> str:
    say = wording.language.say
    ways = [say("人工认定", "a finding by people")] if item.judged else []
    if item.gate:
        ways.append(say("按办学基本标准判定每所学校", "every school meets the basic standard judged beside it"))
    ways += [_check(name, check, item.checks, wording) for name, check in item.checks.items()]
    return "<br>".join(ways)


def _check(name: str, check: Indicator, siblings: Mapping[str, Indicator], wording: Wording) -> str:
    say, language = wording.language.say, wording.language
    level = say(*_LEVELS[check.level])
    formula = plain(wording.formula(check, dict(siblings)))
    limits = [
        f"{plain(wording.threshold(threshold))} {wording.unit(check.unit)}"
        + say(f"（{cite(threshold.source, language)}）", f" ({cite(threshold.source, language)})")
        for threshold in check.thresholds
    ]
    return say(
        f"计算 {code(name)}（{level}）{check.label.zh}：{formula}；要求 {'；'.join(limits)}",
        f"computed {code(name)} ({level}) {check.label.en}: {formula}; required {'; '.join(limits)}",
    )
