"""Faces: the office's own first, the next best where one is missing, and what is said of it."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
import typst
from pdf_pages import all_words, faces
from sample_report import report_of

from junheng.reporting import fonts
from junheng.reporting.pdf import write_pdf
from junheng.reporting.pdf.errors import NoChineseFontError
from junheng.reporting.report.blocks import Heading, Paragraph

SMALL = report_of(Heading(("一县",)), Paragraph(("全县小学。",)))


@pytest.fixture(scope="module")
def free() -> dict[str, Path]:
    """The files of the free faces of this machine."""
    return {font.family: Path(font.path) for font in fonts.files().fonts() if font.path and font.weight == 400}


@pytest.fixture
def office(free: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the office's own faces."""
    folder = tmp_path / "字体"
    folder.mkdir()
    monkeypatch.setenv("JUNHENG_FONTS", str(folder))
    return folder


@pytest.fixture
def bare(office: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same on a machine without any other faces."""
    monkeypatch.setattr(fonts, "_SET_UP", office / "none")
    monkeypatch.setattr(typst, "Fonts", partial(typst.Fonts, include_system_fonts=False))
    return office


def test_the_faces_of_a_machine_as_it_was_set_up_need_no_other() -> None:
    assert fonts.substitutions() == ()


def test_a_face_of_the_office_comes_first_by_the_name_of_its_file(office: Path, free: dict[str, Path]) -> None:
    shutil.copy(free["LXGW WenKai"], office / "方正仿宋_GBK.ttf")
    assert fonts.faces().families["fang"][0] == "LXGW WenKai"
    assert fonts.folders()[0] == office.resolve()


def test_every_role_ends_in_faces_that_have_rare_characters() -> None:
    for families in fonts.faces().families.values():
        assert {"LXGW WenKai", "Noto Serif CJK SC"} <= set(families)


def test_without_the_right_face_the_next_is_used_and_said(bare: Path, free: dict[str, Path], tmp_path: Path) -> None:
    shutil.copy(free["LXGW WenKai"], bare)
    made = write_pdf(SMALL, tmp_path / "a.pdf")
    assert {other.wanted for other in made.substitutions} == {"仿宋", "黑体", "小标宋", "宋体"}
    said = next(str(notice) for notice in made.notices())
    assert said.startswith("[JH-R032] 没有找到仿宋字体，PDF 里改用 LXGW WenKai")
    assert "全县小学" in all_words(tmp_path / "a.pdf")
    assert {name.split("+")[-1] for name in faces(tmp_path / "a.pdf")} == {"LXGWWenKai-Regular"}


def test_without_any_chinese_face_nothing_is_written_and_what_to_install_is_said(bare: Path, tmp_path: Path) -> None:
    with pytest.raises(NoChineseFontError, match="apt-get install fonts-noto-cjk"):
        write_pdf(SMALL, tmp_path / "a.pdf")
    assert not (tmp_path / "a.pdf").exists()


def test_characters_are_missing_only_where_no_face_has_them() -> None:
    """Private codes are had by faces of the office only: others have something else there than the name meant."""
    assert fonts.characters_missing("县 䶮𠮷\u200b\n") == ""
    assert fonts.characters_missing("县\u0378\ue000") == "\u0378\ue000"
