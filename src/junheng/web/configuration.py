"""What an installation sets: environment variables, and one folder that holds all that it keeps."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from junheng.base.errors import JunhengError


class DatabaseAddressError(JunhengError):
    """The address of the database cannot be read."""

    code = "JH-B001"
    zh = (
        "环境变量 JUNHENG_WEB_DATABASE 写的是“{value}”，看不懂。"
        "请写成 sqlite:////数据文件夹/junheng.sqlite3 或 postgresql://用户:密码@主机:5432/库名。"
    )
    en = (
        "JUNHENG_WEB_DATABASE says “{value}”, which cannot be read. "
        "Write sqlite:////folder/junheng.sqlite3 or postgresql://user:password@host:5432/name."
    )


def home() -> Path:
    """The folder of this installation: ``$JUNHENG_WEB_HOME``, else below the user's data folder."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(os.environ.get("JUNHENG_WEB_HOME") or Path(data) / "junheng/web")


def secret_key(folder: Path) -> str:
    """The key that signs sessions: made at the first start, readable by nobody else."""
    file = folder / "secret.key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            pass
        else:
            with os.fdopen(handle, "w", encoding="ascii") as target:
                target.write(secrets.token_urlsafe(64))
    return file.read_text(encoding="ascii")


def database(folder: Path) -> dict[str, Any]:
    """Django's settings of the database: ``$JUNHENG_WEB_DATABASE``, else SQLite in the folder.

    Raises:
        DatabaseAddressError: the address is neither of SQLite nor of PostgreSQL.
    """
    address = os.environ.get("JUNHENG_WEB_DATABASE") or f"sqlite:///{folder / 'junheng.sqlite3'}"
    parts = urlsplit(address)
    match parts.scheme:
        case "sqlite":
            # IMMEDIATE: a writer waits for its turn at the start, so that no transaction fails in the middle.
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": unquote(address.removeprefix("sqlite:///")),
                "CONN_MAX_AGE": None,
                # Tests run on a file too: one in memory is locked otherwise than what people work with.
                "TEST": {"NAME": str(folder / "tests.sqlite3")},
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 30,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
                },
            }
        case "postgresql" | "postgres":
            host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
            return {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(parts.path.removeprefix("/")),
                "USER": unquote(parts.username or ""),
                "PASSWORD": unquote(parts.password or ""),
                "HOST": host,
                "PORT": str(parts.port or ""),
                "CONN_MAX_AGE": 60,
            }
        case _:
            raise DatabaseAddressError(value=address)


def words(name: str, default: str = "") -> list[str]:
    """A variable with words between commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def says_yes(name: str) -> bool:
    return os.environ.get(name, "").strip().casefold() in ("1", "yes", "true", "on")
