"""Published totals of buildings: the hierarchies that forms are checked by hold in them to a hundredth."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from junheng.intake.forms.hierarchy import hierarchy_problems
from junheng.intake.forms.mapping import load_forms

FILES = sorted((Path(__file__).parent / "cases").glob("national_buildings_*.yaml"))


def read(file):
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    form = load_forms()[case["form"]["generation"]].forms[case["form"]["number"]]
    return form, {words: Decimal(value) for words, value in case["buildings"].items()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_printed_parts_make_the_printed_whole(file):
    form, values = read(file)
    assert hierarchy_problems(values, form) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("change", [Decimal("0.03"), Decimal("-0.03"), Decimal(1000)])
def test_a_figure_that_is_off_by_three_hundredths_is_found(file, change):
    form, values = read(file)
    changed = values | {"教室": values["教室"] + change}
    (problem,) = hierarchy_problems(changed, form)
    assert problem.whole == "一、教学及辅助用房"
    assert abs(problem.difference + change) <= Decimal("0.01")


def test_parts_that_are_not_printed_may_hold_the_rest():
    form, values = read(FILES[0])
    del values["语音室"]
    assert hierarchy_problems(values, form) == []
    (problem,) = hierarchy_problems(values | {"教室": values["教室"] * 2}, form)
    assert problem.sum > problem.printed
