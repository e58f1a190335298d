"""The words that the manual adds to the vocabulary do what it says."""

import pytest
import yaml
from repository import ROOT

from junheng.claims import terms as vocabulary
from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document

PAGE = ROOT / "docs/zh/how-to/check-claims.md"
INSTALLED = ROOT / "src/junheng_standards/claims/terms.yaml"


@pytest.fixture
def add_words(monkeypatch, tmp_path):
    """Put what a page shows into a copy of the vocabulary, and use that."""

    def add(shown):
        data = yaml.safe_load(INSTALLED.read_text(encoding="utf-8"))
        for name, concept in shown["concepts"].items():
            data["concepts"].setdefault(name, {**concept, "words": []})["words"] += concept["words"]
        data["rates"] |= shown["rates"]
        (tmp_path / "claims").mkdir()
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        (tmp_path / "claims/terms.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr(vocabulary, "files", lambda _package: tmp_path)
        vocabulary.terms.cache_clear()

    yield add
    vocabulary.terms.cache_clear()


def judged(text):
    return {claim.quote: claim.verdict for claim in check_document(plain_document(text))}


REPORT = """我校共有在校学子810人，图书22690册，生均图书30册。
全县在校学生9000人，留守儿童2100人。留守率35%。
一、饮水
全县建有直饮水点126个。
二、后勤
全县建有饮水点162个。"""
FIGURES = ("生均图书30册", "留守率35%", "全县建有饮水点162个")


def test_without_them_the_figures_cannot_be_checked():
    found = judged(REPORT)
    assert {found[quote] for quote in FIGURES} == {Verdict.NOT_CHECKABLE}


def test_with_them_the_figures_are_computed_again(blocks_of, add_words):
    (shown,) = [yaml.safe_load(block.text) for block in blocks_of(PAGE) if block.kind == "yaml"]
    add_words(shown)
    found = judged(REPORT)
    assert {found[quote] for quote in FIGURES} == {Verdict.INCONSISTENT}
