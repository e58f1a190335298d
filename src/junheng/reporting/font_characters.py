"""Which characters a font file has: its ``cmap`` table, read without a library (OpenType 1.9, formats 4 and 12)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from struct import error as StructError  # noqa: N812 - it is a class
from struct import unpack_from

_COLLECTION = b"ttcf"


def characters_in(path: Path, index: int, wanted: Iterable[str]) -> set[str]:
    """Those of the wanted characters that the face at ``index`` of the file has; none where it cannot be read."""
    has = _cmap(path, index)
    return {char for char in wanted if has(ord(char))}


@lru_cache(maxsize=64)
def _cmap(path: Path, index: int) -> Callable[[int], bool]:
    """Whether a code has a glyph."""
    try:
        with path.open("rb") as file:
            head = file.read(12 + 4 * (index + 1))
            start = unpack_from(f">{index + 1}I", head, 12)[index] if head[:4] == _COLLECTION else 0
            file.seek(start)
            (tables,) = unpack_from(">4xH6x", file.read(12))
            records = file.read(16 * tables)
            for at in range(tables):
                tag, offset, length = unpack_from(">4s4xII", records, 16 * at)
                if tag == b"cmap":
                    file.seek(offset)
                    return _best(file.read(length))
    except (OSError, StructError, IndexError):
        pass  # a damaged face has no characters; the others are asked
    return lambda code: False


def _best(table: bytes) -> Callable[[int], bool]:
    (count,) = unpack_from(">2xH", table)
    offsets = {unpack_from(">I", table, 4 + 8 * at + 4)[0] for at in range(count)}
    formats = {unpack_from(">H", table, offset)[0]: offset for offset in offsets}
    if 12 in formats:  # all of Unicode; format 4 ends at U+FFFF
        return _groups(table, formats[12])
    if 4 in formats:
        return _segments(table, formats[4])
    return lambda code: False


def _groups(table: bytes, at: int) -> Callable[[int], bool]:
    (count,) = unpack_from(">12xI", table, at)
    numbers = unpack_from(f">{3 * count}I", table, at + 16)
    starts, ends, glyphs = numbers[::3], numbers[1::3], numbers[2::3]

    def has(code: int) -> bool:
        group = bisect_left(ends, code)
        return group < count and starts[group] <= code and bool(glyphs[group] + code - starts[group])

    return has


def _segments(table: bytes, at: int) -> Callable[[int], bool]:
    length, doubled = unpack_from(">2xH2xH", table, at)
    count = doubled // 2
    words = unpack_from(f">{(length - 14) // 2}H", table, at + 14)
    ends, starts = words[:count], words[count + 1 : 2 * count + 1]
    deltas, offsets = words[2 * count + 1 : 3 * count + 1], words[3 * count + 1 :]

    def has(code: int) -> bool:
        segment = bisect_left(ends, code)
        if segment >= count or starts[segment] > code:
            return False
        if not offsets[segment]:
            return bool((code + deltas[segment]) & 0xFFFF)
        return bool(offsets[segment + offsets[segment] // 2 + code - starts[segment]])

    return has
