"""Find and load standards: the built-in ones, those of other installed packages, and a folder anywhere."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from junheng.standards.errors import StandardFileError, StandardNotFoundError
from junheng.standards.model import PART_NAMES, Document, Standard
from junheng.standards.overlay import apply_overlay, check_not_looser

Raw = dict[str, Any]


def roots() -> list[Path]:
    """Folders that hold standards: one per package that registers under the entry point ``junheng.standards``."""
    return [import_module(entry.value).FOLDER for entry in entry_points(group="junheng.standards")]


def standard_ids() -> list[str]:
    """Ids of all installed standards, e.g. ``CN/youzhi_2017``."""
    return sorted(str(file.parent.relative_to(root)) for root in roots() for file in root.glob("*/*/standard.yaml"))


def load_standard(name: str | Path) -> Standard:
    """Load a standard by id or by the path of its folder.

    Raises:
        StandardNotFoundError: there is none.
        StandardFileError: it does not read.
    """
    return _load(_folder(name))


@lru_cache(maxsize=64)
def _load(folder: Path) -> Standard:
    raw = read_folder(folder)
    parent = None
    if "extends" in raw:
        base = str(raw.pop("extends"))
        parent = load_standard(folder / base if base.startswith(".") else base)
        raw = apply_overlay(_complete(_folder(folder / base if base.startswith(".") else base)), raw, _id(folder), base)
    standard = _validate(raw | {"id": _id(folder)}, folder)
    if parent is not None:
        check_not_looser(standard, parent)
    return standard


def _complete(folder: Path) -> Raw:
    """The raw content of a standard with what it extends merged in."""
    raw = read_folder(folder)
    if "extends" in raw:
        base = str(raw.pop("extends"))
        return apply_overlay(_complete(_folder(folder / base if base.startswith(".") else base)), raw, _id(folder), base)
    return raw


def read_folder(folder: Path) -> Raw:
    """Read the YAML files of one standard into one mapping: each further file is the part it is named after."""
    raw = read_yaml(folder / "standard.yaml")
    for name in ("resources", "relaxations", *PART_NAMES):
        if (folder / f"{name}.yaml").exists():
            raw[name] = read_yaml(folder / f"{name}.yaml")
    if (folder / "tables").is_dir():
        raw["tables_folder"] = str(folder / "tables")
    return raw


def read_yaml(file: Path) -> Raw:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else "文件"
        raise StandardFileError(file=file.name, place=place, reason=getattr(error, "problem", error)) from error
    except UnicodeDecodeError as error:
        raise StandardFileError(file=file.name, place="编码", reason="文件须为 UTF-8 编码") from error


def _validate(raw: Raw, folder: Path) -> Standard:
    try:
        return Standard.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "文件"
        raise StandardFileError(file=f"{folder.name}/", place=place, reason=first["msg"]) from error


def _folder(name: str | Path) -> Path:
    path = Path(name)
    for root in roots():
        if (root / path / "standard.yaml").is_file():
            return root / path
    if (path / "standard.yaml").is_file():
        return path.resolve()
    raise StandardNotFoundError(standard=name, known="、".join(standard_ids()))


def _id(folder: Path) -> str:
    """The path below its root is the id; a folder elsewhere goes by its own name."""
    for root in roots():
        if folder.is_relative_to(root):
            return str(folder.relative_to(root))
    return folder.name


@lru_cache(maxsize=1)
def documents() -> dict[str, Document]:
    """The ledger of official documents, of all installed packages together."""
    found: dict[str, Document] = {}
    for root in roots():
        found |= read_documents(root)
    return found


def read_documents(folder: Path) -> dict[str, Document]:
    file = folder / "sources.yaml"
    if not file.exists():
        return {}
    try:
        return TypeAdapter(dict[str, Document]).validate_python(read_yaml(file))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise StandardFileError(file=file.name, place=place, reason=first["msg"]) from error
