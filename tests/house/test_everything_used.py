"""Nothing lies about: every kind, indicator and column is used, named in both languages and documented."""

import inspect
import re
import sys

import pytest
from repository import ROOT

from junheng.indicators.kinds import all_kinds
from junheng.indicators.rows import ATTRIBUTES, DERIVED
from junheng.standards.library import load_standard, standard_ids
from junheng.tables.catalogue import roster_tables
from junheng.tables.checks import kinds as check_kinds
from junheng.tables.model import Need
from junheng.workflow import tables_for

STANDARDS = {name: load_standard(name) for name in standard_ids()}
INDICATORS = [
    pytest.param(indicator, id=f"{name}:{key}")
    for name, standard in STANDARDS.items()
    for key, indicator in standard.indicators()
]
COLUMNS = {
    (table.name, column.name): column
    for standard in STANDARDS.values()
    for table in tables_for(standard).tables.values()
    for column in table.columns.values()
}
# Filed for people, not for a rule; each with the reason why it is asked.
SHOWN = {
    "note": "explains a doubtful row, and turns 须说明 into 提示",
    "resident_population": "the county's profile; the sample of the survey depends on it",
    "judged_by": "who answers for a finding",
    "judged_on": "when it was found",
    "responsible": "which office answers for an item; the worksheet of offices and the result book show it",
    "standard_school_year": "when a school was accepted as a standard school; the register of them",
}
# Read by the program itself: what people find, the schools that are open, campuses.
READ = {"finding", "score", "plan", "opened_on", "closed_on", "campus_of", *ATTRIBUTES}


def chinese(text):
    return re.search(r"[\u4e00-\u9fff]", text)


def words(content):
    """Every text inside a declaration."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for key, value in content.items():
            yield from (key, *words(value))
    elif isinstance(content, list | tuple):
        for value in content:
            yield from words(value)


def named_by_a_standard():
    named = set()
    for standard in STANDARDS.values():
        terms = [standard.campuses.merge, *(entry.where for entry in standard.leave_out)]
        for _, indicator in standard.indicators():
            named |= indicator.columns()
        for relaxation in standard.relaxations.values():
            for change in relaxation.changes.values():
                named |= change.add.columns()
                added = (*change.add.all, *change.add.primary, *change.add.junior)
                terms += [term.where for term in added] + [limit.where for limit in change.limits]
        named |= {column for condition in terms for column in condition}
    return named


def named_by_a_check():
    declared = {str(check["code"]): check for s in STANDARDS.values() for check in tables_for(s).checks}
    return {
        word
        for check in declared.values()
        for key, value in check.items()
        if key not in ("label", "kind", "code") and not key.startswith("text")
        for word in words(value)
    }


def test_every_column_is_used():
    used = named_by_a_standard() | named_by_a_check() | READ | set(SHOWN)
    needed = (Need.KEY, Need.MUST)
    unused = [place for place, column in COLUMNS.items() if column.need not in needed and column.name not in used]
    assert unused == []


def test_what_is_only_shown_is_still_a_column():
    assert set(SHOWN) - {column for _, column in COLUMNS} == set()
    assert set(SHOWN) & (named_by_a_standard() | named_by_a_check()) == set()


@pytest.mark.parametrize("place", COLUMNS, ids=".".join)
def test_a_column_is_named_and_documented(place):
    column = COLUMNS[place]
    assert chinese(column.label.zh)
    assert chinese(column.definition.zh)
    assert column.label.en
    assert column.definition.en
    for language in ("zh", "en"):
        page = (ROOT / "docs" / language / "reference/tables.md").read_text(encoding="utf-8")
        assert f"| `{column.name}` |" in page


@pytest.mark.parametrize("indicator", INDICATORS)
def test_an_indicator_is_named_in_both_languages(indicator):
    assert chinese(indicator.label.zh)
    assert indicator.label.en
    assert not chinese(indicator.label.en)
    assert indicator.note is None or (chinese(indicator.note.zh) and indicator.note.en)


@pytest.mark.parametrize("name", STANDARDS)
def test_indicators_and_items_stand_on_the_page_of_their_standard(name):
    standard = STANDARDS[name]
    keys = [key for key, _ in standard.indicators()] + [key for _, part in standard.parts() for key in part.items]
    for language in ("zh", "en"):
        page = (ROOT / f"docs/{language}/reference/standards/{name.replace('/', '-')}.md").read_text(encoding="utf-8")
        assert [key for key in keys if f"`{key}`" not in page] == []


def test_every_kind_is_used():
    used = {indicator.formula.kind for standard in STANDARDS.values() for _, indicator in standard.indicators()}
    assert set(all_kinds()) == used


@pytest.mark.parametrize("name", all_kinds())
def test_a_kind_is_named_in_chinese_and_documented(name):
    kind = all_kinds()[name]
    module = next(m for n, m in sys.modules.items() if n.startswith("junheng.indicators.kinds.") and m.KIND is kind)
    title, _, meaning = (inspect.getdoc(module) or "").partition(": ")
    assert chinese(title)
    assert meaning
    for language in ("zh", "en"):
        assert f"\n## {name}\n" in (ROOT / f"docs/{language}/reference/kinds.md").read_text(encoding="utf-8")


def test_every_kind_of_check_is_used():
    declared = {str(check["kind"]) for standard in STANDARDS.values() for check in tables_for(standard).checks}
    assert set(check_kinds()) == declared | {str(check["kind"]) for check in roster_tables().checks}


def test_codes_are_named_in_both_languages():
    lists = tables_for(*STANDARDS.values()).code_lists
    codes = [code for entries in lists.values() for code in entries.codes.values()]
    assert [code.code for code in codes if not chinese(code.label.zh) or not code.label.en] == []
    used = {column.codes.name for column in COLUMNS.values() if column.codes}
    assert set(lists) == used


def test_derived_columns_do_not_hide_filed_ones():
    assert set(DERIVED) & {column for _, column in COLUMNS} == set()
