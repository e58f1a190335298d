"""Find and load standards: the built-in ones, those of other installed packages, and a folder anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from junheng.standards.errors import StandardFileError, StandardNotFoundError
from junheng.standards.looser import check_not_looser
from junheng.standards.model import PART_NAMES, Standard
from junheng.standards.overlay import apply_overlay
from junheng.standards.source import Document, Part

Raw = dict[str, Any]


@lru_cache(maxsize=1)
def roots() -> tuple[Path, ...]:
    """Folders that hold standards: one per package that registers under the entry point ``junheng.standards``."""
    # What is installed does not change while a process runs, and asking takes longer than a standard does.
    return tuple(import_module(entry.value).FOLDER for entry in entry_points(group="junheng.standards"))


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
    raw, parents = _complete(folder)
    # What a folder brings along holds for it and for what extends it: its own documents, its own columns.
    folders = (*reversed(parents), folder)
    own_documents = [read_documents(path) for path in folders]
    raw |= {
        "id": _id(folder),
        "ancestors": [_id(parent) for parent in parents],
        "ledger": {name: entry for ledger in (documents(), *own_documents) for name, entry in ledger.items()},
        "tables_folders": [str(path / "tables") for path in folders if (path / "tables").is_dir()],
    }
    standard = _validate(raw, folder)
    if parents:
        check_not_looser(standard, _load(parents[0]))
    return standard


def _complete(folder: Path, below: tuple[Path, ...] = ()) -> tuple[Raw, tuple[Path, ...]]:
    """The raw content of a standard with what it extends merged in, and the folders it extends, nearest first."""
    raw = read_folder(folder)
    if "extends" not in raw:
        return raw, ()
    base = str(raw.pop("extends"))
    parent = _folder(folder / base if base.startswith(".") else base)
    if parent in (folder, *below):
        raise StandardFileError(file="standard.yaml", place="extends", reason=f"{base} 又依据本标准，成了循环")
    whole, parents = _complete(parent, (folder, *below))
    return apply_overlay(whole, raw, _id(folder), base), (parent, *parents)


def read_folder(folder: Path) -> Raw:
    """Read the YAML files of one standard into one mapping: each further file is the part it is named after."""
    raw = read_yaml(folder / "standard.yaml")
    for name in ("resources", "relaxations", *PART_NAMES):
        if (folder / f"{name}.yaml").exists():
            raw[name] = read_yaml(folder / f"{name}.yaml")
    return raw


def read_yaml(file: Path) -> Raw:
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else "文件"
        said = str(getattr(error, "problem", error))
        reason = next((words for english, words in _SYNTAX.items() if english in said), said)
        raise StandardFileError(file=file.name, place=place, reason=reason) from error
    except UnicodeDecodeError as error:
        raise StandardFileError(file=file.name, place="编码", reason="文件须为 UTF-8 编码") from error
    if content is not None and not isinstance(content, dict):
        raise StandardFileError(file=file.name, place="文件", reason="须由“名称: 内容”组成")
    return content or {}


# What the YAML reader says of a slip, in words for whoever made it.
_SYNTAX = {
    "cannot start any token": "有不能这样写的符号；缩进只能用空格，不能用制表符，以 % @ 开头的文字要加引号",
    "could not find expected ':'": "少了冒号；冒号须是半角，后面空一格",
    "did not find expected key": "这一行或上一行的缩进没有对齐，或括号、引号没有成对",
    "did not find expected ',' or": "花括号或方括号里少了半角逗号，或括号没有成对",
    "mapping values are not allowed": "一行里多了一个冒号，或缩进没有对齐；含冒号的文字要加引号",
    "unexpected end of stream": "引号或括号没有成对",
}


class _Loader(yaml.CSafeLoader):
    """Refuses a name that is written twice: YAML would keep the last one and drop the other unseen."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.MarkedYAMLError(problem=f"“{name}”写了两次", problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


def _validate(raw: Raw, folder: Path) -> Standard:
    try:
        return Standard.model_validate(raw)
    except ValidationError as error:
        place, reason = _explained(error, raw)
        part = f"{place[0]}.yaml" if place else ""
        file = part if part and (folder / part).exists() else "standard.yaml"
        raise StandardFileError(file=file, place=".".join(place) or "文件", reason=reason) from error


# What pydantic finds most often, in words for whoever writes a standard; anything else keeps its own words.
_REASONS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请检查拼写",
    "string_type": "须是文本；数字和 10:1 这样的写法要加引号",
    "literal_error": "只能写 {expected}",
    "named_tuple_type": "须写两种语言，如 {{zh: 名称, en: Name}}",
    "tuple_type": "须是列表，每一条前面写“- ”",
    "int_type": "须是整数，不加引号",
    "int_parsing": "须是整数，不加引号",
    "bool_type": "只能写 true 或 false",
    "bool_parsing": "只能写 true 或 false",
    "decimal_parsing": '不是数字：引号里只写数，30% 写 "30"，10:1 写 "10"，不用中文引号',
    "greater_than_equal": "不能小于 {ge}",
    "date_from_datetime_parsing": "不是日期，应写成 2017-04-19",
    "date_parsing": "不是日期，应写成 2017-04-19",
    "date_type": "不是日期，应写成 2017-04-19",
    "model_type": "须由“名称: 内容”组成",
    "dict_type": "须由“名称: 内容”组成",
    "too_short": "至少要写 {min_length} 个",
}


def _explained(error: ValidationError, raw: Raw) -> tuple[list[str], str]:
    """Place and reason of the most telling error: our own words first, then misspelt names, then the deepest."""
    rank = {"value_error": 2, "extra_forbidden": 1}
    found = max(error.errors(), key=lambda entry: (rank.get(entry["type"], 0), len(entry["loc"])))
    place, here = [], raw
    for part in found["loc"]:
        # Tags of union branches stand in loc but not in the file.
        try:
            here = here[part]  # type: ignore[index]  # lists and mappings of YAML
        except (KeyError, IndexError, TypeError):
            continue
        place.append(str(part))
    if found["type"] == "missing":
        place.append(str(found["loc"][-1]))
    words = _REASONS.get(found["type"], found["msg"].removeprefix("Value error, "))
    if found["type"] == "extra_forbidden":
        words += _meant(str(found["loc"][-1]))
    return place, words.format(**_in_chinese(found.get("ctx", {}))) if found["type"] in _REASONS else words


def _in_chinese(context: Mapping[str, object]) -> dict[str, str]:
    """What may be written, without the English of pydantic's list of it."""
    return {
        key: str(value).replace(" or ", "、").replace(", ", "、").replace("'", "") for key, value in context.items()
    }


# What people write for the names of ours that no spelling leads to.
_MEANT = {
    **dict.fromkeys(("min", "minimum", "不低于", "至少", "下限"), "at_least"),
    **dict.fromkeys(("max", "maximum", "不高于", "至多", "上限"), "at_most"),
    "小学": "primary",
    "初中": "junior",
    "单位": "unit",
    "名称": "label",
    "依据": "source",
}


def _meant(name: str) -> str:
    """``，是不是 unit``: the nearest name that there is somewhere in a standard."""
    parts: list[type[Part]] = [Standard, *Part.__subclasses__()]
    known = {field.alias or key for part in parts for key, field in part.model_fields.items()}
    near = [_MEANT[name]] if name in _MEANT else get_close_matches(name, sorted(known), n=1)
    return f"，是不是 {near[0]}" if near else ""


def _folder(name: str | Path) -> Path:
    path = Path(name)
    for root in roots():
        if (root / path / "standard.yaml").is_file():
            return (root / path).resolve()
    if (path / "standard.yaml").is_file():
        return path.resolve()
    raise StandardNotFoundError(standard=name, known="、".join(standard_ids()))


def _id(folder: Path) -> str:
    """The path below its root is the id; a folder elsewhere goes by its own name."""
    for root in roots():
        if folder.is_relative_to(root.resolve()):
            return str(folder.relative_to(root.resolve()))
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
    raw = read_yaml(file)
    try:
        return TypeAdapter(dict[str, Document]).validate_python(raw)
    except ValidationError as error:
        place, reason = _explained(error, raw)
        raise StandardFileError(file=file.name, place=".".join(place), reason=reason) from error
