"""The characters of a font are read from its file."""

from __future__ import annotations

from pathlib import Path
from struct import pack

import pytest

from junheng.reporting.font_characters import characters_in


def font(*subtables: bytes) -> bytes:
    """A font of nothing but a ``cmap`` table."""
    head = pack(">HH", 0, len(subtables))
    at = 4 + 8 * len(subtables)
    records = body = b""
    for subtable in subtables:
        records += pack(">HHI", 3, 1, at + len(body))
        body += subtable
    table = head + records + body
    return pack(">IHHHH", 0x00010000, 1, 0, 0, 0) + pack(">4sIII", b"cmap", 0, 28, len(table)) + table


def segments(*parts: tuple[int, int, int]) -> bytes:
    """Format 4: start, end and first glyph of each part."""
    parts = (*parts, (0xFFFF, 0xFFFF, 0))
    columns = (
        [end for _, end, _ in parts],
        [0],
        [start for start, _, _ in parts],
        [(glyph - start) % 0x10000 for start, _, glyph in parts],
        [0] * len(parts),
    )
    words = [word for column in columns for word in column]
    return pack(f">7H{len(words)}H", 4, 14 + 2 * len(words), 0, 2 * len(parts), 0, 0, 0, *words)


def groups(*parts: tuple[int, int, int]) -> bytes:
    """Format 12: start, end and first glyph of each part."""
    numbers = [number for part in parts for number in part]
    return pack(f">HHIII{len(numbers)}I", 12, 0, 16 + 4 * len(numbers), 0, len(parts), *numbers)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "face.otf"


def test_characters_of_the_first_plane(file: Path) -> None:
    file.write_bytes(font(segments((0x4E00, 0x4E10, 5), (0x53BF, 0x53BF, 60))))
    assert characters_in(file, 0, "一县校\U00020bb7") == {"一", "县"}


def test_characters_beyond_it_are_read_from_the_larger_table(file: Path) -> None:
    file.write_bytes(font(segments((0x4E00, 0x4E10, 5)), groups((0x4E00, 0x4E10, 5), (0x20BB7, 0x20BB7, 40))))
    assert characters_in(file, 0, "一县\U00020bb7") == {"一", "\U00020bb7"}


def test_a_code_that_leads_to_no_glyph_is_no_character(file: Path) -> None:
    file.write_bytes(font(groups((0x4E00, 0x4E01, 0))))
    assert characters_in(file, 0, "\u4e00\u4e01") == {"\u4e01"}


def test_the_second_face_of_a_collection(file: Path) -> None:
    one, two = font(groups((0x4E00, 0x4E00, 1))), font(groups((0x53BF, 0x53BF, 1)))
    start = 20
    # Places of tables are counted from the beginning of the file.
    moved = [
        face[:20] + pack(">I", int.from_bytes(face[20:24], "big") + at) + face[24:]
        for face, at in ((one, start), (two, start + len(one)))
    ]
    file.write_bytes(b"ttcf" + pack(">IIII", 0x00010000, 2, start, start + len(one)) + b"".join(moved))
    assert characters_in(file, 0, "一县") == {"一"}
    assert characters_in(file, 1, "一县") == {"县"}


@pytest.mark.parametrize("content", [b"", b"no font", b"ttcf\0\0", font(b"\0\x0c")[:40]])
def test_a_damaged_file_has_no_characters(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    assert characters_in(file, 0, "一") == set()


def test_a_file_that_is_gone_has_none(file: Path) -> None:
    assert characters_in(file, 0, "一") == set()
