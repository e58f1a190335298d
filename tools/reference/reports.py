"""The reports that can be made: whom each is for, what it needs, its chapters."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.reporting.definition import Definition
from junheng.reporting.library import list_reports
from reference.language import Language
from reference.page import Page, code, page, plain, table

_SCOPES = {
    "county": ("一个县", "a county"),
    "school": ("一所学校", "a school"),
    "counties": ("多个县", "several counties"),
    "plan": ("方案", "a plan"),
}
_PLANS = {"resources": ("填平补齐方案", "a resource plan"), "rotation": ("交流轮岗方案", "a rotation plan")} | {
    "zoning": ("划片方案", "a zoning plan")
}


def pages(language: Language) -> Iterator[Page]:
    say = language.say
    blocks = [
        say(
            "每个报告是 `src/junheng/reporting/reports/` 下的一个文件夹。报告正文是中文。怎样生成，见"
            "[写报告](../how-to/reports.md)；怎样增加，见[增加一种报告](../how-to/new-report.md)。",
            "Each report is a folder below `src/junheng/reporting/reports/`. Their text is Chinese. To make one see "
            "[write reports](../how-to/reports.md), to add one see [add a report](../how-to/new-report.md).",
        )
    ]
    for maker in list_reports():
        definition = maker.definition
        rows = [
            (say("写给", "For"), plain(language.of(definition.audience))),
            (say("对象", "About"), say(*_SCOPES[definition.scope])),
            (say("另外需要", "Needs"), _needs(definition, language) or "—"),
            (say("格式", "Formats"), say("、", ", ").join(code(f".{form}") for form in definition.formats)),
            (say("各章", "Chapters"), say("、", ", ").join(_chapters(definition)) or "—"),
        ]
        blocks += [f"## {maker.id}", f"**{maker.label.zh}**　{plain(language.of(definition.about))}"]
        blocks.append(table(["", ""], rows))
        blocks.append(f"![{language.of(maker.label)}](../../pictures/reports/{maker.id}.png)")
    yield page("reports.md", language, say("报告", "Reports"), "src/junheng/reporting/reports", *blocks)


def _chapters(definition: Definition) -> Iterator[str]:
    for entry in definition.chapters:
        name = code(entry.chapter) if entry.chapter else ""
        yield f"{plain(entry.heading)} {name}".strip()


def _needs(definition: Definition, language: Language) -> str:
    say, needs = language.say, definition.needs
    words = [say("标准 ", "the standard ") + code(name) for name in definition.standards]
    words += [say(f"以前 {needs.earlier} 个学年的数据", f"{needs.earlier} earlier year(s)")] if needs.earlier else []
    words += [say(*_PLANS[needs.plan])] if needs.plan else []
    words += [say("方案，不限哪种", "a plan of any kind")] if needs.any_plan else []
    return say("；", "; ").join(words)
