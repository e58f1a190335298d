"""The page of one standard: every rule with its limit, its source and how sure we are of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from junheng.standards.limit import BalanceLimit, Threshold
from junheng.standards.model import Standard
from junheng.standards.source import Dated
from junheng.workflow import check_rules, tables_for
from reference.citations import cite, unseen
from reference.language import Language
from reference.page import Page, code, page, plain, table
from reference.standard_items import part_blocks
from reference.wording import Wording

PURPOSES = {
    "evaluation": ("评估标准", "evaluation"),
    "gate": ("办学基本标准", "basic standard (gate)"),
    "checklist": ("工作清单", "checklist"),
}
_STAGES = {"primary": ("小学", "primary"), "junior": ("初中", "junior"), "senior": ("高中", "senior")}


def standard_page(standard: Standard, language: Language) -> Page:
    say = language.say
    wording = Wording(language, tables_for(standard))
    title = say(f"{standard.label.zh} {standard.id}", f"{standard.label.en} {standard.id}")
    return page(
        f"standards/{file_of(standard.id)}",
        language,
        title,
        f"src/junheng_standards/{standard.id}",
        _summary(standard, language),
        *_scope(standard, wording),
        *_school_rules(standard, wording),
        *_resources(standard, wording),
        *(block for name, part in standard.parts() for block in part_blocks(name, part, wording)),
        *_relaxations(standard, wording),
        _not_seen(standard, language),
    )


def file_of(standard: str) -> str:
    return f"{standard.replace('/', '-')}.md"


def _summary(standard: Standard, language: Language) -> str:
    say, force = language.say, standard.in_force
    stages = say("、", ", ").join(say(*_STAGES[stage]) for stage in standard.stages)
    facts = [
        (say("用途", "Purpose"), say(*PURPOSES[standard.purpose])),
        (say("依据的标准", "Extends"), say("、", ", ").join(code(parent) for parent in standard.ancestors)),
        (say("生效", "From"), force.since),
        (say("废止", "Until"), force.ends),
        (say("最近核对", "Last checked"), force.checked_on),
        (say("学段", "Stages"), stages),
        (say("依据", "Source"), cite(force.source, language)),
        (say("没有公布的算例", "No published case"), plain(standard.no_published_case)),
    ]
    return table([say("事项", "Fact"), say("内容", "Content")], [fact for fact in facts if fact[1]])


def _scope(standard: Standard, wording: Wording) -> Iterator[str]:
    say, language = wording.language.say, wording.language
    if standard.leave_out:
        yield say("## 不计入的学校", "## Schools left out")
        heads = [say("学校", "Schools"), say("条件", "Condition"), say("依据", "Source")]
        yield table(
            heads,
            [
                (language.of(entry.label), wording.condition(entry.where), cite(entry.source, language))
                for entry in standard.leave_out
            ],
        )


def _school_rules(standard: Standard, wording: Wording) -> Iterator[str]:
    say, language = wording.language.say, wording.language
    rows: list[tuple[str, str, str]] = []
    if rule := standard.school_rule:
        text = say(f"至少 {rule.at_least} 项达标", f"at least {rule.at_least} indicators met")
        if rule.rest is not None:
            text += say(f"，其余不低于限值的 {rule.rest} 倍", f", every other at least {rule.rest} × its limit")
        rows.append((say("学校达标", "A school passes"), text, cite(rule.source, language)))
    if balance := standard.balance_rule:
        text = (
            say("每项差异系数都不超过限值", "every coefficient within its limit")
            if balance.rule == "each"
            else say("各项差异系数的平均值不超过限值", "the mean of the coefficients within the limit")
        )
        text += (
            say("；按学生数加权", "; weighted by pupils")
            if balance.weights == "pupils"
            else say("；不加权", "; unweighted")
        )
        rows.append((say("校际均衡", "Schools are alike"), text, cite(balance.source, language)))
        rows += [
            (say("综合差异系数限值", "Limit of the mean"), _cv_limit(limit, language), cite(limit.source, language))
            for limit in balance.limits
        ]
    if split := standard.split:
        weights = " : ".join(str(weight) for weight in split.weights.values())
        names = say("、", ", ").join(language.of(standard.resources[name].label) for name in split.indicators)
        text = say(
            f"按学生数 × {weights}（小学、初中、高中）分摊：", f"by pupils × {weights} (primary, junior, senior): "
        )
        rows.append((say("一贯制拆分", "Mixed schools are split"), text + names, cite(split.source, language)))
    rows.append((say("校区", "Campuses"), _campuses(standard, wording), cite(standard.campuses.source, language)))
    compare = standard.compare
    exact = say("按不取舍的值比较", "values as they are, unrounded")
    text = (
        exact if compare.mode == "exact" else say(f"保留 {compare.digits} 位后比较", f"with {compare.digits} decimals")
    )
    rows.append((say("比较", "Comparison"), text, cite(compare.source, language) if compare.source else ""))
    yield say("## 判定规则", "## Rules")
    yield table([say("规则", "Rule"), say("内容", "Content"), say("依据", "Source")], rows)


def _campuses(standard: Standard, wording: Wording) -> str:
    rule, say = standard.campuses, wording.language.say
    if rule.mode == "merged":
        return say("并入主校区判定", "judged with their main school")
    text = say(
        f"单独填报、{rule.at_least} 人及以上的校区分别判定，其余并入主校区",
        f"filed separately and of {rule.at_least} pupils and more: judged on their own; others with their main school",
    )
    if rule.merge:
        condition = wording.condition(rule.merge)
        text += say(f"；{condition}的总是并入", f"; always with their main school: {condition}")
    return text


def _resources(standard: Standard, wording: Wording) -> Iterator[str]:
    if not standard.resources:
        return
    say, language = wording.language.say, wording.language
    yield say("## 指标", "## Indicators")
    counted = set(standard.counted())
    for name, indicator in standard.resources.items():
        yield f"### {language.of(indicator.label)}"
        facts = [
            (say("编号", "Id"), code(name)),
            (say("单位", "Unit"), wording.unit(indicator.unit)),
            (say("计算方式", "Kind"), f"[{code(indicator.formula.kind)}](../kinds.md#{indicator.formula.kind})"),
            (say("公式", "Formula"), plain(wording.formula(indicator, standard.resources))),
            *_dated_facts(say("要求", "Requirement"), indicator.thresholds, wording),
            *(
                (
                    _from(say("差异系数", "Coefficient"), limit, language),
                    _both(_cv_limit(limit, language), limit, language),
                )
                for limit in indicator.balance
            ),
        ]
        if standard.school_rule and name not in counted:
            facts.append(
                (say("说明", "Note"), say("子项，不单独计入学校达标", "a sub-item; the school rule counts its bundle"))
            )
        if indicator.note:
            facts.append((say("说明", "Note"), plain(language.of(indicator.note))))
        yield table([say("事项", "Fact"), say("内容", "Content")], facts)


def _dated_facts(head: str, thresholds: Iterable[Threshold], wording: Wording) -> Iterator[tuple[str, str]]:
    language = wording.language
    for threshold in thresholds:
        text = plain(wording.threshold(threshold))
        if threshold.looser_because:
            because = language.say("放宽的依据", "looser because")
            text += f"<br>{because}{language.say('：', ': ')}{plain(threshold.looser_because)}"
        yield _from(head, threshold, language), _both(text, threshold, language)


def _from(head: str, entry: Dated, language: Language) -> str:
    until = language.say(f"至 {entry.ends}", f" until {entry.ends}") if entry.ends else ""
    return language.say(
        f"{head}（自 {entry.since} {until}）".replace(" ）", "）"), f"{head} (from {entry.since}{until})"
    )


def _both(text: str, entry: Dated, language: Language) -> str:
    return f"{text}<br>{cite(entry.source, language)}"


def _cv_limit(limit: BalanceLimit, language: Language) -> str:
    found = ((stage, limit.limit(stage)) for stage in ("primary", "junior"))
    return language.say("；", "; ").join(
        f"{language.say(*_STAGES[stage])} ≤ {value}" for stage, value in found if value is not None
    )


def _relaxations(standard: Standard, wording: Wording) -> Iterator[str]:
    if not standard.relaxations:
        return
    say, language = wording.language.say, wording.language
    yield say("## 可选宽限", "## Optional relaxations")
    yield say(
        "缺省都不启用，判定时用 `--relax 编号` 逐条启用，结果中写明启用了哪几条。",
        "All are off; `--relax <id>` asks for one, and the result names those that were asked for.",
    )
    rows = []
    for name, entry in standard.relaxations.items():
        what = []
        for target, change in entry.changes.items():
            if change.add.columns():
                what.append(f"{code(target)} + {plain(wording.amount(change.add))}")
            if change.limits:
                limits = say("；", "; ").join(wording.limits(change.limits))
                what.append(code(target) + say("：", ": ") + plain(limits))
        rows.append((code(name), plain(language.of(entry.label)), "<br>".join(what), cite(entry.source, language)))
    heads = [say("编号", "Id"), say("条款", "Relaxation"), say("改动", "What it changes"), say("依据", "Source")]
    yield table(heads, rows)


def _not_seen(standard: Standard, language: Language) -> str:
    say = language.say
    notes = [problem for problem in check_rules(standard) if problem.severity == "note"]
    head = say("## 未见原文的规则", "## Rules that were not seen in print")
    if not notes:
        return f"{head}\n\n{say('没有。', 'None.')}"
    sources = dict(standard.sources())
    lines = "\n".join(f"- {unseen(note, sources, language)}" for note in notes)
    intro = say(
        f"共 {len(notes)} 条（`junheng standards check {standard.id}` 给出同一清单）。引用前请核对原文。",
        f"{len(notes)} in all (`junheng standards check {standard.id}` prints the same list). Check before you quote.",
    )
    return f"{head}\n\n{intro}\n\n{lines}"
