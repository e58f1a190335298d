"""The kinds of computation that a standard may name."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterator

from junheng.indicators import kinds as kinds_package
from junheng.indicators.kinds import all_kinds
from junheng.standards.library import load_standard, standard_ids
from reference.language import Language
from reference.page import Page, code, page, plain, table

_NEEDS = {
    "amount": ("数量：一列，或几列相加减", "a column, or columns added and subtracted"),
    "base": ("基数：一列，或几列相加减", "a column, or columns added and subtracted"),
    "over": ("汇总哪些行：stages、schools 或表名", "whose rows are summed: stages, schools, or a table"),
    "of": ("所合并的指标编号", "ids of the indicators bundled"),
    "count": ("至少几项", "how many of them"),
    "per": ("每多少个班一间", "one for every so many classes"),
    "floor": ("不足多少人按多少人计", "fewer pupils count as so many"),
    "years": ("看最近几年", "how many years back"),
}


def pages(language: Language) -> Iterator[Page]:
    say = language.say
    users = defaultdict(list)
    for name in standard_ids():
        for key, indicator in load_standard(name).indicators():
            users[indicator.formula.kind].append((name, key))
    intro = say(
        "标准里的 `formula.kind` 只能写下列计算方式。要新的计算方式，在 `src/junheng/indicators/kinds/` 加一个模块；"
        "YAML 里不写表达式，理由见[决定 0001](../../decisions/0001-standards-as-dated-data.md)。",
        "`formula.kind` in a standard is one of these. A new kind is a module in `src/junheng/indicators/kinds/`; "
        "there are no expressions in YAML, see [decision 0001](../../decisions/0001-standards-as-dated-data.md).",
    )
    blocks = [intro]
    for name, kind in sorted(all_kinds().items()):
        title, _, meaning = _doc(name).partition(": ")
        needs = [(code(need), say(*_NEEDS[need])) for need in _NEEDS if need in kind.needs]
        used = sorted({standard for standard, _ in users[name]})
        blocks += [
            f"## {name}",
            say(f"**{title}**　{plain(kind.words)}", f"**{title}**: {plain(meaning)}"),
            table([say("须写", "Needs"), say("含义", "Meaning")], needs),
            say("使用的标准：", "Used by: ") + say("、", ", ").join(code(standard) for standard in used),
        ]
    source = "src/junheng/indicators/kinds"
    yield page("kinds.md", language, say("计算方式", "Kinds of computation"), source, *blocks)


def _doc(kind: str) -> str:
    """The module's docstring in one line."""
    module = next(
        module
        for module in vars(kinds_package).values()
        if inspect.ismodule(module) and getattr(getattr(module, "KIND", None), "name", None) == kind
    )
    return " ".join((inspect.getdoc(module) or "").split())
