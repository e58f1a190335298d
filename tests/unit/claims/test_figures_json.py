"""The published JSON of a checked report."""

import json
from dataclasses import replace
from fractions import Fraction

from jsonschema import Draft202012Validator

from checked_report import claims, report
from junheng.claims.serial import Figures, FiguresOfDocuments, figures, figures_of_documents

FIELDS = [
    "quote", "start", "section", "relation", "claimed", "unit", "inputs", "recomputed", "verdict", "threshold",
    "threshold_met", "why", "cause", "written", "against",
]  # fmt: skip


def printed(*found):
    return json.loads(figures(found or claims()).model_dump_json())


def test_every_figure_is_there_in_text_order_with_its_exact_quote():
    entries = printed()
    text = report().text
    assert [entry["start"] for entry in entries] == sorted(entry["start"] for entry in entries)
    assert all(text[entry["start"] :].startswith(entry["quote"]) for entry in entries)
    assert {tuple(entry) for entry in entries} == {tuple(FIELDS)}
    assert {entry["verdict"] for entry in entries} == {"consistent", "inconsistent", "not-checkable"}


def test_numbers_are_numbers_and_whole_ones_have_no_decimals():
    area, books = printed()[3:5]
    assert (area["claimed"], area["recomputed"]) == (20, 20)
    assert '"claimed":20,' in figures(claims()).model_dump_json()
    assert books["inputs"][0] == {
        "name": "图书", "value": 17980, "unit": "册", "quote": "图书17980册",
        "start": report().text.index("图书17980册"), "source": "",
    }  # fmt: skip


def test_a_recomputed_value_has_six_decimals_at_most_and_is_rounded_half_up():
    entry = printed(replace(claims()[3], claimed=Fraction("20.4"), recomputed=Fraction(2, 3)))[0]
    assert (entry["claimed"], entry["recomputed"]) == (20.4, 0.666667)


def test_a_mask_is_null_and_a_word_such_as_rising_is_true():
    masked = printed()[5]
    assert (masked["claimed"], masked["recomputed"], masked["written"]) == (None, None, "xx")
    trend = printed(replace(claims()[3], claimed=True, recomputed=False))[0]
    assert (trend["claimed"], trend["recomputed"]) == (True, False)


def test_a_limit_says_what_it_is_and_whether_it_is_met():
    entry = printed()[6]
    assert entry["threshold"] == {
        "operator": ">=", "value": 2.3, "unit": "间/百生", "quote": "达到2.3间以上的要求", "source": "第七条",
    }  # fmt: skip
    assert entry["threshold_met"] == "no"
    assert (printed()[0]["threshold"], printed()[0]["threshold_met"]) == (None, None)


def test_a_figure_of_the_data_has_its_place_and_no_offset():
    given = printed()[7]["inputs"][2]
    assert (given["start"], given["source"]) == (None, "县数据.xlsx 学校!C5")


def test_reasons_speak_english_when_asked():
    assert figures(claims(), "en").root[0].why != figures(claims()).root[0].why


def test_what_is_printed_fits_the_published_schema():
    Draft202012Validator(Figures.model_json_schema()).validate(printed())
    several = figures_of_documents([(report(), claims()), (report(), ())])
    Draft202012Validator(FiguresOfDocuments.model_json_schema()).validate(json.loads(several.model_dump_json()))
    assert [len(entry.figures) for entry in several.root] == [8, 0]
    assert Figures.model_json_schema()["$id"] == "urn:junheng:figures:1"
