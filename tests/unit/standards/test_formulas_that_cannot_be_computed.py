"""A formula that its kind cannot compute is refused before anything is judged, never computed in part."""

import re

import pytest

from example import DAY, county_dataset
from junheng.indicators.errors import FormulaError
from junheng.standards.formula import Amount, Formula
from junheng.standards.library import load_standard
from junheng.verdict.judge import judge

PER_PUPIL = Formula(kind="per_pupil", amount=Amount.model_validate("books"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "per_puple"}, "没有名为 per_puple 的计算方式"),
        ({"kind": "rooms_for_classes", "base": Amount.model_validate("classes")}, "需要 per"),
        (
            {"kind": "grows_faster", "base": Amount.model_validate("books"), "over": "finance_year", "years": 3},
            "不能用在",
        ),
    ],
)
def test_judging_by_it_is_refused_with_what_is_wrong(change, words):
    standard = load_standard("CN/jiben_2012")
    name, indicator = next(iter(standard.resources.items()))
    broken = indicator.model_copy(update={"formula": PER_PUPIL.model_copy(update=change)})
    own = standard.model_copy(update={"resources": {**standard.resources, name: broken}})
    with pytest.raises(FormulaError, match=words) as refused:
        judge(county_dataset(), own, DAY)
    english = refused.value.message("en")
    assert not re.search("[\u4e00-\u9fff]", english)
    assert "junheng standards check CN/jiben_2012" in english


@pytest.mark.parametrize("field", ["scale", "floor"])
def test_a_broken_scale_or_floor_is_refused_on_loading(field):
    with pytest.raises(ValueError, match="须为整数"):
        Formula.model_validate({"kind": "per_pupil", "amount": "books", field: "2.5"})
