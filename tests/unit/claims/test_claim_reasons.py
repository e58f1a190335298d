"""Every reason has its sentence in both languages, which takes the same values."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import junheng.claims
from junheng.claims import reasons
from junheng.claims.claim import Reason

TEMPLATES = reasons._REASONS


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("template", TEMPLATES)
def test_both_languages_say_the_same_values(template: str):
    label = TEMPLATES[template]
    assert label.zh
    assert label.en
    assert fields(label.zh) == fields(label.en)
    values = dict.fromkeys(fields(label.zh), "〔值〕")
    assert "{" not in reasons.words(Reason(template, values)) + reasons.words(Reason(template, values), "en")


def test_every_reason_that_is_given_has_a_sentence_and_every_sentence_is_given():
    folder = Path(junheng.claims.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.rglob("*.py") if path.name != "reasons.py")
    given = set(re.findall(r'Reason\(\s*"([a-z_]+)"', source))
    assert given <= set(TEMPLATES)
    assert [
        template for template in TEMPLATES if f'"{template}"' not in source and not template.startswith("limit_")
    ] == []


def test_a_reason_in_words():
    reason = Reason("exact", {"formula": "18000册÷720人", "value": "25册"})
    assert reasons.words(reason) == "18000册÷720人＝25册，完全相同"
    assert reasons.words(reason, "en") == "18000册÷720人 = 25册, the same"
