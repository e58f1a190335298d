"""The standards: their list, the ledger of the documents behind them, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.standards.library import documents, load_standard, standard_ids
from reference.citations import CONFIDENCE
from reference.language import Language
from reference.page import Page, code, page, plain, table
from reference.standard_page import PURPOSES, file_of, standard_page


def pages(language: Language) -> Iterator[Page]:
    yield _index(language)
    yield _ledger(language)
    for name in standard_ids():
        yield standard_page(load_standard(name), language)


def _index(language: Language) -> Page:
    say = language.say
    rows = []
    for name in standard_ids():
        standard = load_standard(name)
        sources = [source for _, source in standard.sources()]
        rows.append(
            (
                f"[{code(name)}]({file_of(name)})",
                language.of(standard.label),
                say(*PURPOSES[standard.purpose]),
                standard.in_force.since,
                standard.in_force.ends,
                standard.in_force.checked_on,
                len(sources),
                sum(source.confidence != "seen" for source in sources),
            )
        )
    heads = (
        ["编号", "名称", "用途", "生效", "废止", "最近核对", "规则", "其中未见原文"]
        if language is Language.ZH
        else ["Id", "Name", "Purpose", "From", "Until", "Last checked", "Rules", "Of these not seen in print"]
    )
    intro = say(
        "每个标准一页，列出全部规则、限值、依据和可信程度。可信程度分三级："
        "**已见原文**（在所注出处读到过规则或数字）、**推断**（由部分文本或一致的数据推出）、"
        "**一般了解**（没有读到原文，正式引用前须核对）。依据的文件见[文件登记](sources.md)，"
        "各标准已知多少见[覆盖情况](coverage.md)。",
        "One page a standard: every rule with its limit, its source and how sure we are of it. **Seen**: the rule or "
        "figure was read where the source says. **Inferred**: from partial text or consistent data. **General**: the "
        "text was not read; check it before you quote it. The documents stand in the [ledger](sources.md), how "
        "much of each standard is known under [coverage](coverage.md). Documents, "
        "places and printed figures are kept in Chinese, as they would be cited.",
    )
    return page(
        "standards/index.md", language, say("标准", "Standards"), "src/junheng_standards", intro, table(heads, rows)
    )


def _ledger(language: Language) -> Page:
    say = language.say
    heads = (
        ["登记号", "文件", "文号", "发文机关", "发文日期", "可信程度", "读自", "说明"]
        if language is Language.ZH
        else ["Key", "Document", "Number", "Issuer", "Issued", "Confidence", "Read in", "Note"]
    )
    rows = [
        (
            code(key),
            plain(entry.title),
            entry.number,
            entry.issuer,
            entry.issued,
            say(*CONFIDENCE[entry.confidence]),
            plain(entry.read_in),
            plain(entry.note),
        )
        for key, entry in documents().items()
    ]
    intro = say(
        "标准所依据的文件。S000 至 S004 是最初读到规则的五份县、省工作材料，其中的年份被改动或遮盖，"
        "不据以确定文件年份。",
        "The documents behind the standards. S000 to S004 are five collections of county and provincial working papers "
        "in which the rules were first read; their years are altered or masked, so no year is taken from them.",
    )
    source = "src/junheng_standards/sources.yaml"
    return page("standards/sources.md", language, say("文件登记", "Documents"), source, intro, table(heads, rows))
