"""Backups: a tar file with a list of its contents and their hashes.

The database is copied first, by its own means, while people go on writing; snapshots and files are named by their
content and never change, so whatever the copy of the database names is there when they are copied afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from junheng.web.commands.errors import (
    BackupDamagedError,
    NotEmptyError,
    ProgramFailedError,
    ProgramMissingError,
    WrongDatabaseError,
)

_MANIFEST = "manifest.json"
_SQLITE, _POSTGRES = "database.sqlite3", "database.dump"
_TAKEN = ("snapshots", "files")


@dataclass(frozen=True, slots=True)
class Archived:
    """How much was written or read."""

    files: int
    size: int


def write_backup(file: Path) -> Archived:
    """Write a backup of the installation; the file appears only when it is complete."""
    from django.conf import settings
    from django.utils import timezone

    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".junheng-backup-", dir=file.parent) as scratch:
        database = _copy_database(Path(scratch))
        sources = {database.name: database, "secret.key": Path(settings.HOME) / "secret.key"}
        for name, folder in _folders().items():
            sources |= {f"{name}/{path.relative_to(folder).as_posix()}": path for path in _files_below(folder)}
        listed = {name: {"sha256": _sha256(path), "size": path.stat().st_size} for name, path in sources.items()}
        manifest = {
            "made_at": timezone.now().isoformat(timespec="seconds"),
            "junheng": version("junheng"),
            "database": _kind(),
            "files": listed,
        }
        draft = Path(scratch) / "backup.tar"
        (Path(scratch) / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        with tarfile.open(draft, "w") as archive:
            for name, path in {_MANIFEST: Path(scratch) / _MANIFEST, **sources}.items():
                archive.add(path, name, recursive=False)
        draft.chmod(0o600)
        size = draft.stat().st_size
        os.replace(draft, file)  # noqa: PTH105 - replaces the file it was allowed to
    return Archived(len(sources), size)


def read_backup(file: Path) -> Archived:
    """Restore a backup into an empty installation, after everything in it was checked.

    Raises:
        NotEmptyError: the installation has data.
        BackupDamagedError: something in the file is not what its list says.
        WrongDatabaseError: the backup is of the other kind of database.
    """
    from django.conf import settings

    home = Path(settings.HOME)
    _require_empty(home)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=home) as scratch:
        folder = Path(scratch)
        manifest = _unpack(file, folder)
        if manifest["database"] != _kind():
            raise WrongDatabaseError(made=manifest["database"], here=_kind())
        _restore_database(folder)
        for name, target in _folders().items():
            if (folder / name).is_dir():
                # A national store may lie elsewhere and have been spared: what stands there already stays.
                shutil.copytree(folder / name, target, dirs_exist_ok=True, copy_function=_copy_missing)
        os.replace(folder / "secret.key", home / "secret.key")  # noqa: PTH105 - the one made at the start of this command
    return Archived(len(manifest["files"]), file.stat().st_size)


def _folders() -> dict[str, Path]:
    """What is kept in folders, by its name in a backup; of the national store what people sent.

    The rest of it can be loaded again.
    """
    from django.conf import settings

    from junheng.web.monitoring.sent import KINDS, folder_of

    own = dict(zip(_TAKEN, (Path(settings.SNAPSHOTS), Path(settings.FILES)), strict=True))
    return own | {f"nation/{kind}": folder_of(kind) for kind in KINDS}


def _copy_missing(source: str, target: str) -> None:
    if not Path(target).exists():
        shutil.copy2(source, target)


def _unpack(file: Path, folder: Path) -> dict[str, Any]:
    """Unpack into a folder what the list names, and check it against the list."""
    try:
        with tarfile.open(file, "r:") as archive:
            archive.extractall(folder, filter="data")  # the filter refuses paths that lead elsewhere
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        listed = manifest["files"]
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {_MANIFEST}
        if found != set(listed):
            raise BackupDamagedError(file=file, what="、".join(sorted(found ^ set(listed))[:3]))
        for name, entry in listed.items():
            if _sha256(folder / PurePosixPath(name)) != entry["sha256"]:
                raise BackupDamagedError(file=file, what=name)
        if "secret.key" not in found or not found & {_SQLITE, _POSTGRES}:
            raise BackupDamagedError(file=file, what="database, secret.key")
    except (tarfile.TarError, OSError, ValueError, LookupError, TypeError) as error:
        raise BackupDamagedError(file=file, what=type(error).__name__) from error
    return manifest


def _require_empty(home: Path) -> None:
    from django.db import connection

    if _kind() == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        has_tables = database.exists() and database.stat().st_size > 0
    else:
        has_tables = bool(connection.introspection.table_names())
    connection.close()
    if has_tables or any((home / name).exists() for name in _TAKEN):
        raise NotEmptyError(home=home)


def _kind() -> str:
    from django.db import connection

    return str(connection.vendor)


def _copy_database(folder: Path) -> Path:
    from django.db import connection

    if _kind() == "sqlite":
        target = folder / _SQLITE
        # A connection of its own: copied page by page while others write, and consistent at the end.
        with (
            closing(sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=30)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return target
    target = folder / _POSTGRES
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    return target


def _restore_database(folder: Path) -> None:
    from django.db import connection

    if _kind() == "sqlite":
        target = Path(connection.settings_dict["NAME"])
        connection.close()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / _SQLITE, target)
        target.chmod(0o600)
        return
    database = str(connection.settings_dict["NAME"])
    _run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
         f"--dbname={database}", str(folder / _POSTGRES))  # fmt: skip


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database; the password goes by the environment, where nobody else sees it."""
    from django.db import connection

    found = shutil.which(program)
    if found is None:
        raise ProgramMissingError(program=program)
    settings = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    own = {variable: str(settings[name]) for variable, name in names.items() if settings.get(name)}
    done = subprocess.run([found, *arguments], env=os.environ | own, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProgramFailedError(program=program, words=done.stderr.strip()[-300:])


def _files_below(folder: Path) -> Iterator[Path]:
    """Finished files; drafts of writes under way begin with a dot."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
