"""The checks of an installation, one function each; each says what to do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection

from junheng.base.errors import JunhengError
from junheng.store.snapshot import Store
from junheng.web.commands.migrations import missing_migrations

_LITTLE_SPACE = 2 * 2**30  # bytes
_MARKS = {"good": "✓", "warn": "△", "bad": "✗"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What one check found: ``good``, ``warn`` (it runs, but see to it) or ``bad``."""

    name: str
    tone: str
    words: str

    @property
    def mark(self) -> str:
        return _MARKS[self.tone]

    @property
    def is_failure(self) -> bool:
        return self.tone == "bad"

    @property
    def is_doubtful(self) -> bool:
        return self.tone == "warn"


def all_checks() -> Iterator[Checked]:
    """Everything, the database first; what needs its tables is left out while they are not there."""
    yield _migrated()
    if not missing_migrations():
        yield _database()
        yield _audit_chain()
        yield _versions()
        yield _snapshots()
    yield _disk()
    yield _bundle()
    yield _https()
    yield _hosts()
    yield _key()


def _migrated() -> Checked:
    missing = missing_migrations()
    if missing:
        return Checked("数据库版本", "bad", f"还缺 {len(missing)} 步升级。请先备份，再运行 junheng web migrate。")
    return Checked("数据库版本", "good", "与程序一致。")


def _database() -> Checked:
    if connection.vendor != "sqlite":
        connection.check_constraints()
        return Checked("数据库", "good", f"PostgreSQL 可以访问（{connection.settings_dict['NAME']}）。")
    with connection.cursor() as cursor:
        found = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
        orphans = cursor.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or orphans:
        words = f"文件损坏（{'；'.join(found[:2])}，{len(orphans)} 行没有对应）。请停止服务，用最近的备份恢复。"
        return Checked("数据库", "bad", words)
    return Checked("数据库", "good", "SQLite 完整性检查通过。")


def _audit_chain() -> Checked:
    from junheng.web.audit.chain import check_chain

    found = check_chain()
    if found.is_whole:
        return Checked("审计链", "good", f"{found.count} 条记录，首尾相接。")
    where = f"第 {found.broken_at} 条" if found.broken_at else "末尾"
    return Checked("审计链", "bad", f"在{where}断开，日志可能被绕过程序改动。请保留现场，与备份比对，并报告负责人。")


def _versions() -> Checked:
    from junheng.web.filings.models import FilingVersion
    from junheng.web.filings.versions import digest_of

    count, wrong = 0, []
    for version in FilingVersion.objects.select_related("filing__place", "filing__period").iterator(chunk_size=200):
        count += 1
        if digest_of(version.content) != version.digest:
            wrong.append(str(version))
    if wrong:
        words = f"{len(wrong)} 个版本与校验值不符（{'、'.join(wrong[:3])}）。请与备份比对后恢复。"
        return Checked("填报版本", "bad", words)
    return Checked("填报版本", "good", f"{count} 个版本与校验值一致。")


def _snapshots() -> Checked:
    from junheng.tables.catalogue import load_tables
    from junheng.web.dashboards.models import Evaluation

    store, wrong = Store(settings.SNAPSHOTS), []
    named = set(Evaluation.objects.values_list("snapshot", flat=True))
    for name in sorted(named):
        try:
            store.open(name, load_tables())
        except JunhengError:
            wrong.append(name[:12])
    if wrong:
        words = (
            f"判定引用的 {len(wrong)} 个快照缺失或损坏（{'、'.join(wrong[:3])}）。请从备份中恢复 {settings.SNAPSHOTS}。"
        )
        return Checked("数据快照", "bad", words)
    return Checked("数据快照", "good", f"判定引用的 {len(named)} 个快照都能读出。")


def _disk() -> Checked:
    home = Path(settings.HOME)
    free = shutil.disk_usage(home if home.exists() else home.parent).free
    words = f"{home} 所在磁盘还有 {free / 2**30:.1f} GB。"
    if free < _LITTLE_SPACE:
        return Checked("磁盘", "warn", f"{words}请清理或扩容；写满后填报不能保存。")
    return Checked("磁盘", "good", words)


def _bundle() -> Checked:
    if finders.find("junheng/dist/manifest.json"):
        return Checked("页面文件", "good", "脚本和样式齐全。")
    return Checked("页面文件", "bad", "没有构建脚本和样式，页面不能正常显示。请在源码目录运行 make setup。")


def _https() -> Checked:
    if settings.HTTPS:
        return Checked("HTTPS", "good", "只接受 HTTPS，登录凭据加密传输。")
    words = "没有启用：密码会明文传输。除本机试用外，请配置 HTTPS 反向代理并设 JUNHENG_WEB_HTTPS=1。"
    return Checked("HTTPS", "warn", words)


def _hosts() -> Checked:
    hosts = "、".join(settings.ALLOWED_HOSTS)
    if "*" in settings.ALLOWED_HOSTS:
        return Checked("域名", "bad", "JUNHENG_WEB_HOSTS 是 *，任何域名都接受，不安全。请写明本系统的域名。")
    if set(settings.ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}:
        return Checked("域名", "warn", f"只接受本机访问（{hosts}）。对外服务请设 JUNHENG_WEB_HOSTS 为域名。")
    return Checked("域名", "good", f"接受 {hosts}。")


def _key() -> Checked:
    mode = (Path(settings.HOME) / "secret.key").stat().st_mode & 0o077
    if mode:
        return Checked("密钥", "bad", f"别人能读 secret.key。请运行 chmod 600 {settings.HOME}/secret.key 并重启。")
    return Checked("密钥", "good", "只有本用户能读。")
