"""What can be wrong with a store."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class SnapshotNotFoundError(JunhengError):
    """No snapshot of this name, or more than one begins with it."""

    code = "JH-D001"
    zh = "数据仓 {folder} 中以“{name}”开头的快照有 {count} 个，须恰好一个。用“junheng snapshots”查看已有的快照。"
    en = "{count} snapshots in {folder} begin with “{name}”; it takes exactly one. See “junheng snapshots”."


class SnapshotDamagedError(JunhengError):
    """A snapshot's content no longer gives its name."""

    code = "JH-D002"
    zh = "快照 {name} 的内容与名称不符（按内容应为 {found}），文件可能被改动或损坏。请从备份恢复，不要据此判定。"
    en = "The content of snapshot {name} gives {found}: the files were changed or damaged."


class LoadUnreadableError(JunhengError):
    """The manifest of a load into the national store does not read."""

    code = "JH-D003"
    zh = "全国库的入库清单 {file} 无法读出，可能被改动或损坏。请从备份恢复，不要据此判定。"
    en = "The manifest {file} of a load does not read: it was changed or damaged. Restore it from a backup."


class NationalYearMissingError(JunhengError):
    """The national store has nothing of a school year."""

    code = "JH-D004"
    zh = (
        "全国库 {folder} 中没有 {region} {year} 学年的数据；已有的学年：{known}。"
        "请先用“junheng nation load”入库，或换一个学年。"
    )
    en = "The national store {folder} has nothing of {region} for {year}; it has {known}. Load it first."
