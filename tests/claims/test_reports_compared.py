"""Two reports beside each other, and a report beside the forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from example import COUNTY
from junheng.claims.compare import Discrepancy, compare_documents
from junheng.documents.document import plain_document
from junheng.store.snapshot import Store
from junheng.workflow import compare_claims

DIFFER = [
    ("全县小学在校生48363人。", "全县小学在校生48636人。"),
    ("全县现有图书236万册。", "目前,全县图书藏量246.5万册。"),
    ("示例县实验小学现有教师75人。", "实验小学教师78人。"),
    ("2024年财政性教育经费占财政总支出的20.5%。", "2024年财政性教育经费占财政总支出的21.5%。"),
    ("全县小学生均图书33册。", "全县小学生均图书36册。"),
    ("小学生师比17.6:1。", "小学生师比为1:19.6。"),
]
AGREE = [
    ("全县小学在校生48363人。", "全县小学在校生4.84万人。"),
    ("全县小学在校生48363人。", "全县初中在校生23786人。"),
    ("2023年全县小学在校生49648人。", "2024年全县小学在校生49665人。"),
    ("示例县实验小学在校生1071人。", "全县在校生72149人。"),
    ("示例县实验小学在校生1071人。", "示例县第一小学在校生1979人。"),
    ("全县专任教师4460人。", "全县招聘专任教师160人。"),
    ("全县小学在校生48363人。", "到2027年,全县小学在校生控制在45000人以内。"),
    ("全县共有专任教师4460人,其中小学2753人。", "小学在校生48363人,专任教师2753人。"),
    ("小学生师比17.6:1。", "小学生师比为1:17.6。"),
]


def compared(first: str, second: str, *, titles: tuple[str, str] = ("自查报告", "汇报材料")) -> tuple[Discrepancy, ...]:
    texts = (f"{title}\n{text}" for title, text in zip(titles, (first, second), strict=True))
    return compare_documents(*map(plain_document, texts))


@pytest.mark.parametrize("pair", DIFFER)
def test_the_same_quantity_with_another_value_is_listed(pair: tuple[str, str]):
    (found,) = compared(*pair)
    assert [side.quote in text for side, text in zip((found.first[0], found.second[0]), pair, strict=True)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("pair", AGREE)
def test_the_same_value_and_another_quantity_are_not(pair: tuple[str, str]):
    assert compared(*pair) == ()


def test_a_quantity_is_listed_once_with_all_its_places():
    first = "全县小学在校生48363人。\n二、现状\n全县小学在校生48363人,专任教师2753人。"
    (found,) = compared(first, "全县小学在校生49665人。")
    assert [len(found.first), len(found.second)] == [2, 1]


def test_reports_of_different_counties_have_nothing_in_common():
    titles = ("临江县自查报告", "青山县自查报告")
    assert compared("全县小学在校生48363人。", "全县小学在校生31000人。", titles=titles) == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "示例县自查报告\n全县小学在校生49665人。二、队伍\n全县小学在校生49665人,专任教师2753人。"
    (tmp_path / "报告.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_workbook_of_filed_data_is_compared_as_what_was_filed(folder: Path):
    (found,) = compare_claims(folder / "报告.txt", COUNTY, store=Store(folder / "store"))
    assert [side.value for side in (*found.first, *found.second)] == [49665, 49665, 48363]
    assert "stage_year.pupils" in found.second[0].source


def test_another_report_may_be_a_workbook_too(folder: Path):
    from openpyxl import Workbook

    book = Workbook()
    book.active["A1"] = "全县小学在校生48363人。"  # type: ignore[index]
    book.save(folder / "说明.xlsx")
    (found,) = compare_claims(folder / "报告.txt", folder / "说明.xlsx", store=Store(folder / "store"))
    assert found.second[0].document == "说明.xlsx"
