"""The declarations themselves: every kind is used, every mistake in a user's own file is located."""

import pytest

from junheng.tables.catalogue import load_tables, roster_tables
from junheng.tables.check import check_dataset, declared
from junheng.tables.checks import kinds
from junheng.tables.dataset import Dataset
from junheng.tables.errors import TableDefinitionError, UnknownColumnError


def empty(tables):
    return Dataset(tables, {name: table.empty() for name, table in tables.tables.items()})


def test_every_kind_is_used_and_every_code_its_own(tables):
    checks, of_rosters = declared(tables), declared(roster_tables())
    assert {check.kind for check in (*checks, *of_rosters)} == set(kinds())
    assert len({check.code for check in checks}) == len(checks)
    assert all(check.text.endswith("。") for check in checks)
    assert all(check.label.zh and check.label.en for check in checks)


def test_every_kind_says_what_it_does():
    assert all(find.__module__ and find.__doc__ for find in kinds().values())


def test_nothing_filed_nothing_found(tables):
    assert check_dataset(empty(tables)) == []


GOOD = """
  - code: MY-001
    kind: part_within_whole
    severity: error
    label: {zh: 自定, en: Own}
    pairs: [{table: school_year, part: books, whole: computers}]
    text: "{part_label}大于{whole_label}。"
"""


@pytest.mark.parametrize(
    ("change", "error", "word"),
    [
        (("", ""), None, ""),
        (("part_within_whole", "no_such_kind"), TableDefinitionError, "no_such_kind"),
        (("severity: error", "severity: fatal"), TableDefinitionError, "fatal"),
        (("    text", "    texts"), TableDefinitionError, "text"),
        (("part: books", "part: bookes"), UnknownColumnError, "bookes"),
        (("pairs: [{", "pairs: [x, {"), TableDefinitionError, "pairs"),
    ],
)
def test_a_users_own_check(tmp_path, change, error, word):
    (tmp_path / "checks.yaml").write_text("checks:" + GOOD.replace(*change), encoding="utf-8")
    tables = load_tables(tmp_path)
    if error is None:
        assert check_dataset(empty(tables)) == []
        return
    with pytest.raises(error, match=word):
        check_dataset(empty(tables))
