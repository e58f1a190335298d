"""Errors carry code, place and next step in both languages."""

from junheng.standards.errors import StandardNotFoundError


def test_an_error_speaks_chinese_first_and_english_on_request():
    error = StandardNotFoundError(standard="CN/x", known="CN/youzhi_2017")
    assert str(error).startswith("[JH-S001] 找不到标准 CN/x")
    assert error.message("en").startswith("[JH-S001] There is no standard CN/x")
