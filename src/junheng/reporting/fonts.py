"""The faces of official documents (仿宋、楷体、黑体、小标宋): the office's own first, then free ones.

They are looked for in the folder named by ``JUNHENG_FONTS``, in ``share/fonts/junheng`` of this installation (put there
by ``tools/setup-fonts``) and among those of the system. No face has every character of people's names, so each role has
several faces, and a character that the first lacks is taken from the next.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias
from unicodedata import category

from junheng.reporting.font_characters import characters_in

if TYPE_CHECKING:
    import typst

Role: TypeAlias = Literal["fang", "kai", "hei", "title", "song"]

_SET_UP = Path(sys.prefix, "share/fonts/junheng")

# What documents call the face of each role.
NAMES: Mapping[Role, str] = {"fang": "仿宋", "kai": "楷体", "hei": "黑体", "title": "小标宋", "song": "宋体"}

# Where a role's face has a name of its own, in a family or a file: simfang.ttf, 方正仿宋_GBK.TTF, FZXiaoBiaoSong-B05S.
# The first role that matches has it, so 仿宋 and 小标宋 stand before 宋.
_NAMED: Mapping[Role, tuple[str, ...]] = {
    "fang": ("fang", "仿宋"),
    "title": ("biaosong", "标宋"),
    "kai": ("kai", "楷"),
    "hei": ("hei", "黑"),
    "song": ("song", "sun", "serif", "宋"),
}

_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC")

# Faces that are what the role asks for, best first.
_RIGHT: Mapping[Role, tuple[str, ...]] = {
    "fang": ("FZFangSong-Z02", "FangSong_GB2312", "FangSong", "STFangsong", "FandolFang R", "FandolFang"),
    "kai": ("FZKai-Z03", "KaiTi_GB2312", "KaiTi", "STKaiti", "LXGW WenKai", "FandolKai"),
    "hei": ("FZHei-B01", "SimHei", "STHeiti", *_SANS),
    # There is no free 小标宋: the bold 宋 is what it was cut from.
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", *_SERIF),
    "song": ("FZShuSong-Z01", "SimSun", "STSong", *_SERIF),
}

# What stands in for a character or a face that is not there, nearest in look first.
_ANY = (
    "LXGW WenKai",
    *_SERIF,
    *_SANS,
    "SimSun",
    "SimSun-ExtB",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "AR PL UMing CN",
    "Droid Sans Fallback",
)
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zs", "Zl", "Zp"))  # controls, joiners and blanks need no glyph
_SELECTORS = ("\ufe00", "\ufe0f")  # which form of the character before them
_COMMON = "县"  # whatever has no glyph for this is no Chinese face


@dataclass(frozen=True, slots=True)
class Substitution:
    """A face that documents are to be set in is not there: ``used`` (a family) stands for ``wanted`` (仿宋)."""

    wanted: str
    used: str


@dataclass(frozen=True, slots=True)
class Faces:
    """The families of each role, best first; empty where the machine has no Chinese face at all."""

    families: Mapping[Role, tuple[str, ...]]
    substitutions: tuple[Substitution, ...]

    def __bool__(self) -> bool:
        return any(self.families.values())


def folders() -> tuple[Path, ...]:
    """Folders with faces beside those of the system, the office's own first; only those that exist."""
    own = os.environ.get("JUNHENG_FONTS")
    places = ([Path(own).expanduser().resolve()] if own else []) + [_SET_UP]
    return tuple(place for place in places if place.is_dir())


def faces() -> Faces:
    """The faces of this machine, as documents are to be set."""
    return _faces(folders())


def substitutions() -> tuple[Substitution, ...]:
    """Which faces of official documents are missing, and what is printed instead."""
    return faces().substitutions


def files() -> typst.Fonts:
    """Every face that a page can be set in, read once."""
    return _files(folders())


def characters_missing(text: Iterable[str]) -> str:
    """The characters that no face of this machine has, in the order of their codes: they would print as boxes."""
    wanted = {char for char in set(text) if _is_drawn(char)}
    chosen, own = faces(), _own(folders())
    ranks = {family: rank for rank, family in enumerate(chosen.families["song"])}
    # Those with the most characters are asked first: the others are rarely needed.
    for face in sorted(files().fonts(), key=lambda font: ranks.get(font.family, len(ranks))):
        if not wanted:
            break
        if face.path is None:
            continue
        # What a private code means, only the office's own faces know; others have something else there.
        asked = wanted if _below(Path(face.path), own) else {char for char in wanted if category(char) != "Co"}
        wanted -= characters_in(Path(face.path), face.index, asked)
    return "".join(sorted(wanted))


@cache
def _files(places: tuple[Path, ...]) -> typst.Fonts:
    import typst

    return typst.Fonts(font_paths=[str(place) for place in places])


@cache
def _faces(places: tuple[Path, ...]) -> Faces:
    fonts = _files(places).fonts()
    there = {font.family.lower(): font.family for font in fonts}
    own = [font for font in fonts if font.path and _below(Path(font.path), _own(places))]
    spare = _present(_ANY, there) or _with_character(fonts, _COMMON)
    families: dict[Role, tuple[str, ...]] = {}
    instead = []
    for role in NAMES:
        right = _unique([*(font.family for font in own if _role(font) == role), *_present(_RIGHT[role], there)])
        families[role] = _unique([*right, *spare])
        if not right and spare:
            instead.append(Substitution(NAMES[role], spare[0]))
    return Faces(families, tuple(instead))


def _own(places: Iterable[Path]) -> list[Path]:
    return [place for place in places if place != _SET_UP]


def _below(path: Path, places: Iterable[Path]) -> bool:
    return any(path.resolve().is_relative_to(place) for place in places)


def _role(font: typst.FontInfo) -> Role | None:
    """What a face is, by its name or that of its file."""
    said = f"{font.family} {Path(font.path or '').stem}".lower()
    return next((role for role, words in _NAMED.items() if any(word in said for word in words)), None)


def _present(wanted: Iterable[str], there: Mapping[str, str]) -> list[str]:
    return [there[name.lower()] for name in wanted if name.lower() in there]


def _with_character(fonts: Sequence[typst.FontInfo], character: str) -> list[str]:
    return list(
        _unique(
            font.family
            for font in fonts
            if font.path is not None and characters_in(Path(font.path), font.index, {character})
        )
    )


def _is_drawn(char: str) -> bool:
    return category(char) not in _UNSEEN and not _SELECTORS[0] <= char <= _SELECTORS[1]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
