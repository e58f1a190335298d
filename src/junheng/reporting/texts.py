"""自己的话: what only the writer of a report knows, from a YAML file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from junheng.base.errors import JunhengError
from junheng.reporting.facts.facts import Writer


class TextsFileError(JunhengError):
    """The file with the writer's own words does not read."""

    code = "JH-R016"
    zh = "{file} 读不懂：{place}：{reason}。要用 YAML，如“落款: 某县人民政府”；可写落款、主送、文号、成文日期、各章。"
    en = "{file} does not read: {place}: {reason}. Write YAML as the page “Write reports” of the manual shows."


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=False)

    office: str = Field("", alias="落款")
    to: str = Field("", alias="主送")
    number: str = Field("", alias="文号")
    written_on: date | None = Field(None, alias="成文日期")
    texts: dict[str, str] = Field({}, alias="各章")


def read_texts(path: str | Path) -> Writer:
    """Read the writer's words: 落款、主送、文号、成文日期, and paragraphs by chapter (its name or heading).

    Raises:
        TextsFileError: it is no such file.
    """
    file = Path(path)
    try:
        read = _Texts.model_validate(yaml.safe_load(file.read_text(encoding="utf-8-sig")) or {})
    except UnicodeDecodeError as error:
        raise TextsFileError(file=file.name, place="全文", reason="不是 UTF-8 文本") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else "全文"
        raise TextsFileError(file=file.name, place=place, reason="不是合法的 YAML") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "全文"
        known = {"extra_forbidden": "没有这一项", "date_from_datetime_parsing": "不是日期"}
        raise TextsFileError(file=file.name, place=place, reason=known.get(first["type"], "类型不对")) from error
    return Writer(read.office, read.to, read.number, read.written_on, read.texts)
