"""Find the reports: each is a folder with ``report.yaml`` and ``build.py``; there is no list to keep."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import TypeAlias

import yaml
from pydantic import ValidationError

from junheng.base.terms import Label
from junheng.reporting.definition import ChapterEntry, Definition
from junheng.reporting.errors import ReportFileError, ReportNotFoundError
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block
from junheng.standards.model import Standard

Chapter: TypeAlias = Callable[[Facts], Iterable[Block]]


@dataclass(frozen=True)
class Maker:
    """A report that can be made: its definition and the functions that write its chapters."""

    id: str
    definition: Definition
    folder: Path
    chapters: Mapping[str, Chapter]

    @property
    def label(self) -> Label:
        return self.definition.label

    @property
    def template(self) -> Path | None:
        """The Word file whose styles the report takes, where its folder has one."""
        file = self.folder / "template.docx"
        return file if file.exists() else None

    def chapter(self, entry: ChapterEntry) -> Chapter:
        """The function that writes one chapter; ``<report>.<chapter>`` is that of another report."""
        report, _, name = entry.chapter.rpartition(".")
        chapters = load_report(report).chapters if report else self.chapters
        if name not in chapters:
            known = "、".join(chapters)
            reason = f"没有“{entry.chapter}”这一章，可用的：{known}"
            raise ReportFileError(report=self.id, file="report.yaml", place="chapters", reason=reason)
        return chapters[name]

    def suits(self, standard: Standard) -> bool:
        """Whether the report is made for this standard, or for any."""
        wanted = self.definition.standards
        return not wanted or bool({standard.id, *standard.ancestors}.intersection(wanted))


@lru_cache(maxsize=1)
def roots() -> tuple[Path, ...]:
    """Folders of reports: our own, and one per package that registers under the entry point ``junheng.reports``."""
    others = (import_module(entry.value).FOLDER for entry in entry_points(group="junheng.reports"))
    return (Path(__file__).parent / "reports", *others)


def list_reports() -> list[Maker]:
    """Every installed report, in the order of lists."""
    makers = [load_report(file.parent) for root in roots() for file in sorted(root.glob("*/report.yaml"))]
    return sorted(makers, key=lambda maker: (maker.definition.order, maker.id))


def load_report(name: str | Path) -> Maker:
    """Load a report by its id or by the path of its folder.

    Raises:
        ReportNotFoundError: there is none.
        ReportFileError: it does not read.
    """
    if isinstance(name, str) and (folder := _installed(name)) is not None:
        return _load(folder)
    if (Path(name) / "report.yaml").exists():
        return _load(Path(name).resolve())
    raise _not_found(name)


def installed_report(name: str) -> Maker:
    """Load one of the installed reports by its id: what an address or a file of others names runs no code elsewhere.

    Raises:
        ReportNotFoundError: there is none.
        ReportFileError: it does not read.
    """
    folder = _installed(name)
    if folder is None:
        raise _not_found(name)
    return _load(folder)


def _installed(name: str) -> Path | None:
    folders = (root / name for root in roots() if name.isidentifier())
    return next((folder for folder in folders if (folder / "report.yaml").exists()), None)


def _not_found(name: str | Path) -> ReportNotFoundError:
    known = sorted(file.parent.name for root in roots() for file in root.glob("*/report.yaml"))
    return ReportNotFoundError(name=name, known="、".join(known))


@lru_cache(maxsize=128)
def _load(folder: Path) -> Maker:
    definition = _definition(folder)
    code = folder / "build.py"
    if code.exists():
        chapters: Mapping[str, Chapter] = _module(folder, code).CHAPTERS
    elif definition.extends:
        chapters = load_report(definition.extends).chapters
    else:
        chapters = {}
    return Maker(folder.name, definition, folder, chapters)


def _definition(folder: Path) -> Definition:
    try:
        raw = yaml.safe_load((folder / "report.yaml").read_text(encoding="utf-8"))
        return Definition.model_validate(raw)
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        place = f"第 {where.line + 1} 行" if where else "全文"
        raise ReportFileError(report=folder.name, file="report.yaml", place=place, reason="不是合法的 YAML") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "全文"
        raise ReportFileError(report=folder.name, file="report.yaml", place=place, reason=first["msg"]) from error


def _module(folder: Path, code: Path) -> ModuleType:
    """The report's own code: part of the package where it stands there, else loaded from its file."""
    if folder.parent == roots()[0]:
        return import_module(f"junheng.reporting.reports.{folder.name}.build")
    name = f"junheng_report_{folder.name}_{abs(hash(folder))}"
    spec = importlib.util.spec_from_file_location(name, code)
    if spec is None or spec.loader is None:
        raise ReportFileError(report=folder.name, file="build.py", place="全文", reason="不能读取")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ReportFileError(report=folder.name, file="build.py", place="全文", reason=repr(error)) from error
    if not isinstance(getattr(module, "CHAPTERS", None), dict):
        raise ReportFileError(report=folder.name, file="build.py", place="CHAPTERS", reason="没有这个字典")
    return module
