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
        "请先用“junheng nation load”入库，或换一个学年、地区（写代码，如 33）。"
    )
    en = "The national store {folder} has nothing of {region} for {year}; it has {known}. Load it first."


class LoadRefusedError(JunhengError):
    """Data cannot be placed by county and year: nothing of them was loaded."""

    code = "JH-D005"
    zh = "{name} 没有汇入全国库：{reason}"
    en = "{name} was not loaded: {reason}"


class LoadDamagedError(JunhengError):
    """A file of the national store is gone or no longer what was loaded."""

    code = "JH-D006"
    zh = (
        "全国库的文件 {file} {reason}。不要据此判定。用“junheng nation check”查看还有哪些，"
        "从备份恢复这些文件，或把来源（{sources}）再入库一次。"
    )
    en = (
        "The file {file} of the national store is not what was loaded ({reason}). See “junheng nation check”; restore "
        "it, or load {sources} again."
    )


class LoadMissingError(JunhengError):
    """The manifests of the national store have a gap."""

    code = "JH-D007"
    zh = (
        "全国库 {folder} 缺第 {number} 次入库的清单（清单有 {count} 份，最后一份是第 {last} 次）。"
        "请从备份恢复，不要据此判定。"
    )
    en = (
        "The manifest of load {number} is missing in {folder} ({count} manifests, the last of load {last}). Restore it."
    )


class SchoolTwiceError(JunhengError):
    """A school is in the registers of two counties in one year: it would be judged twice.

    Which of the codes is the old one nobody can tell from the data.
    """

    code = "JH-D008"
    zh = (
        "{year} 学年学校 {school} 同时在 {counties} 的名录中，会被重复计算。县代码变更的，撤下旧代码的数据（旧代码是 "
        "{first} 时，用“junheng nation withdraw {first} --year {year}”）；填错的，改正后再入库。"
    )
    en = (
        "In {year} the school {school} is in the registers of {counties} and would count twice. Withdraw the county of "
        "the old code (if that is {first}: “junheng nation withdraw {first} --year {year}”), or mend the data and load "
        "them again."
    )


class CountyNotLoadedError(JunhengError):
    """The national store has nothing of a county in a year."""

    code = "JH-D009"
    zh = (
        "全国库 {folder} 中没有县 {county} {year} 学年的数据；这个县已有的学年：{known}。"
        "用“junheng nation list --counties”查看。"
    )
    en = (
        "The national store {folder} has nothing of {county} for {year}; of this county it has {known}. "
        "See “junheng nation list --counties”."
    )


class RegistersDifferError(JunhengError):
    """The list of schools changed between the years, so that the years do not fit into one dataset."""

    code = "JH-D010"
    zh = (
        "县 {county} 的名录在 {years} 学年之间有变化（{school} 的“{column}”由“{before}”变为“{after}”），"
        "一份数据只能有一份名录。请一次取一个学年。"
    )
    en = (
        "The register of {county} changed between {years} ({column} of {school} from “{before}” to “{after}”), and a "
        "dataset has one. Take one year at a time."
    )


class SchemaUnfitError(JunhengError):
    """A column was stored with another type than the table has now."""

    code = "JH-D011"
    zh = "全国库中表 {table} 的文件与现在的表册定义不符：{reason}。请用写入时的程序版本打开，或把来源再入库一次。"
    en = "Files of the table {table} do not fit its present definition: {reason}. Load their sources again."


class JudgedUnreadableError(JunhengError):
    """What was kept of a judged year does not read."""

    code = "JH-D012"
    zh = "留存的判定结果 {file} 无法读出，可能被改动或损坏。请用“junheng nation judge --again”重新判定。"
    en = "The kept results {file} do not read. Judge again with “junheng nation judge --again”."


class NationEmptyError(JunhengError):
    """There is no national store in a folder, or nothing in it."""

    code = "JH-D013"
    zh = "文件夹 {folder} 里没有全国库，或者还没有入过库。请核对 --nation，或先用“junheng nation load”入库。"
    en = "There is no national store in {folder}, or nothing was loaded. See --nation, or run “junheng nation load”."


class NotJudgedError(NationalYearMissingError):
    """A year, or the whole store, was not judged by a standard yet."""

    code = "JH-D014"
    zh = (
        "全国库 {folder} 中没有按标准 {standard} 判定过的 {region} {year} 学年；判定过的学年：{known}。"
        "请先用“junheng nation judge --standard {standard}”判定。"
    )
    en = (
        "In the national store {folder}, {region} was not judged by {standard} for {year}; judged: {known}. "
        "Run “junheng nation judge --standard {standard}” first."
    )
