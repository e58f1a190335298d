"""The states of a filing and the steps between them, from the table that buttons and checks read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import override

from junheng.web.filings.states import APPROVED, OPEN_FOR_FILING, STEPS, Route, State, Step, steps_from
from reference.language import Language
from reference.page import Page, code, page, table
from reference.roles import holders_of


def pages(language: Language) -> Iterator[Page]:
    title = language.say("填报的状态", "States of a filing")
    with override("zh-hans" if language is Language.ZH else "en"):
        yield page("filing-states.md", language, title, "src/junheng/web/filings/states.py", *_blocks(language))


def _blocks(language: Language) -> Iterator[str]:
    say = language.say
    yield say(
        "一份填报从填报中走到锁定，每一步都有人负责。网页上的按钮、接口的步骤和这一页读的是同一张表。",
        "A filing goes from draft to locked, and somebody answers for every step. The buttons of the pages, the steps "
        "of the interface for other systems and this page read one table.",
    )
    yield say("## 状态", "## States")
    heads = [
        say("状态", "State"),
        say("编号", "Id"),
        say("能改数", "May be filled in"),
        say("算作已审核", "Is approved"),
    ]
    marks = ([s.label, code(s), "✓" * (s in OPEN_FOR_FILING), "✓" * (s in APPROVED)] for s in State)
    yield table(heads, marks)
    yield say("## 路线", "## Routes")
    for route in Route:
        yield f"### {route.label}"
        yield f"```text\n{_diagram(route)}\n```"
    yield say("## 步骤", "## Steps")
    yield say(
        "“须数据无误”：没有错误，须说明的都已说明；这一步把全部数据定为一个版本。",
        "“Sound data” means no errors, and everything that must be explained explained; the step freezes all data as a "
        "version.",
    )
    heads = [
        say("步骤", "Step"),
        say("编号", "Id"),
        say("从", "From"),
        say("到", "To"),
        say("哪种填报", "Filings"),
        say("谁", "Who"),
        say("要求", "Needs"),
    ]
    yield table(heads, (_row(step, language) for step in STEPS))


def _row(step: Step, language: Language) -> list[str]:
    join = language.say("、", ", ").join
    routes = "" if step.routes == set(Route) else join(str(route.label) for route in Route if route in step.routes)
    needs = [
        language.say("须数据无误", "sound data") if step.needs_sound_data else "",
        language.say("写明原因", "a reason") if step.needs_reason else "",
    ]
    return [
        str(step.label),
        code(step.name),
        join(str(state.label) for state in State if state in step.sources),
        str(step.to.label),
        routes,
        holders_of(step.action, language),
        join(filter(None, needs)),
    ]


def _diagram(route: Route) -> str:
    """The way onwards from top to bottom; what leads aside stands beside the state it leaves."""
    lines, seen, state = [], {State.RETURNED}, State.DRAFT
    while True:
        seen.add(state)
        lines.append(str(state.label))
        steps = steps_from(state, route)
        onwards = next((step for step in steps if step.to not in seen), None)
        aside = dict.fromkeys(f"{step.label} ─► {step.to.label}" for step in steps if step is not onwards)
        lines += [f"  {'├' if onwards else '└'}─ {words}" for words in aside]
        if onwards is None:
            break
        lines += [f"  │ {onwards.label}", "  ▼"]
        state = onwards.to
    again = steps_from(State.RETURNED, route)
    lines += ["", str(State.RETURNED.label), *(f"  └─ {step.label} ─► {step.to.label}" for step in again)]
    return "\n".join(lines)
