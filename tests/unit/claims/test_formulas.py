"""How a figure was recomputed, in signs."""

from __future__ import annotations

import pytest

from junheng.claims.formulas import formula_words


@pytest.mark.parametrize(
    ("formula", "figures", "tops", "factor", "words"),
    [
        ("÷", ["18000册", "720人"], 1, 1, "18000册÷720人"),
        ("÷", ["1200人", "1600人"], 1, 100, "1200人÷1600人×100"),
        ("÷", ["8000册", "4000册", "720人"], 2, 1, "(8000册+4000册)÷720人"),
        ("÷", ["8000册", "420人", "300人"], 1, 1, "8000册÷(420人+300人)"),
        ("+", ["420人", "300人"], 1, 1, "420人+300人"),
        ("−", ["720人", "300人"], 1, 1, "720人−300人"),
        ("×", ["6个", "45人"], 1, 1, "6个×45人"),
        ("rest", ["60%", "25%"], 1, 1, "100%−60%−25%"),
        ("growth", ["720人", "700人"], 1, 100, "(720人−700人)÷700人×100"),
        ("mean_growth", ["720人", "600人"], 1, 100, "(720人−600人)÷600人×100÷年数"),
        ("compound", ["720人", "600人"], 1, 100, "(720人−600人)÷600人×100，按复利年均"),
        ("mean_change", ["720人", "600人"], 1, 1, "(720人−600人)÷年数"),
        ("implied", ["720人", "20人"], 1, 100, "20人÷(720人−20人)×100"),
    ],
)
def test_figures_are_put_together_as_they_were_used(
    formula: str, figures: list[str], tops: int, factor: int, words: str
):
    assert formula_words(formula, figures, tops, factor) == words
