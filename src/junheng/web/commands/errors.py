"""Errors of the commands that run an installation."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class MigrationsMissingError(JunhengError):
    """The database is not of this version of the program."""

    code = "JH-B090"
    zh = "数据库还缺 {count} 步升级（第一步：{first}），没有启动。请先备份，再运行 junheng web migrate。"
    en = "The database lacks {count} migrations ({first} …); not started. Back up, then run junheng web migrate."


class NotEmptyError(JunhengError):
    """The example or a backup was to be put into an installation that has data."""

    code = "JH-B091"
    zh = "{home} 里已经有数据，没有改动。请用 --home 指定一个新的文件夹（PostgreSQL 请另建一个空库）。"
    en = "{home} holds data already; nothing was changed. Name a new folder with --home (an empty database)."


class WorkbookMissingError(JunhengError):
    """The workbook of the example is not where it was looked for."""

    code = "JH-B092"
    zh = "找不到示例数据 {file}。请在源码目录中运行，或用 --workbook 指定一个填好的县工作簿。"
    en = "The example {file} was not found. Run this in a working copy, or name a filled workbook with --workbook."


class NoSuchPlaceError(JunhengError):
    """An administrator was to be made for a place that is not there."""

    code = "JH-B093"
    zh = "没有代码为“{code}”的地区。已有的最上级地区：{known}。要新建，请加 --place-name 和 --place-kind。"
    en = "There is no place “{code}”. Known at the top: {known}. To enter it add --place-name and --place-kind."


class UserExistsError(JunhengError):
    """The sign-in name is taken."""

    code = "JH-B094"
    zh = "用户名“{username}”已经有人用了。请换一个用户名；忘了密码请由另一名管理员在“系统—人员”里重置。"
    en = "The user name “{username}” is taken. Choose another; a lost password is reset by another administrator."


class ProgramMissingError(JunhengError):
    """A program of PostgreSQL is needed that this machine lacks."""

    code = "JH-B095"
    zh = "备份和恢复 PostgreSQL 要用程序 {program}，这里没有。请安装 postgresql-client（版本不低于服务器）再试。"
    en = "PostgreSQL backups need the program {program}, which is missing. Install postgresql-client, then try again."


class BackupDamagedError(JunhengError):
    """A backup cannot be read, or a file in it is not what its list says."""

    code = "JH-B096"
    zh = "备份文件 {file} 不完整或被改动：{what}。没有恢复任何内容。请换一份备份。"
    en = "The backup {file} is damaged or was changed: {what}. Nothing was restored. Use another backup."


class WrongDatabaseError(JunhengError):
    """A backup of SQLite was to be restored into PostgreSQL, or the other way round."""

    code = "JH-B097"
    zh = "备份来自 {made}，当前安装用的是 {here}，不能直接恢复。请把 JUNHENG_WEB_DATABASE 设为同一种数据库后再恢复。"
    en = "The backup is of {made}, this installation uses {here}. Set JUNHENG_WEB_DATABASE to the same kind first."


class ProgramFailedError(JunhengError):
    """A program of PostgreSQL failed."""

    code = "JH-B098"
    zh = "{program} 没有成功：{words}。请检查数据库地址、权限和磁盘空间后重试。"
    en = "{program} failed: {words}. Check the database's address, rights and disk space, then try again."


class WeakPasswordError(JunhengError):
    """A password that the rules refuse."""

    code = "JH-B099"
    zh = "密码不合要求：{why}请换一个。"
    en = "The password is too weak: {why} Choose another."


class NothingInstalledError(JunhengError):
    """An installation was to be backed up that has no database yet."""

    code = "JH-B100"
    zh = "{home} 里没有数据库，没有备份。请核对 --home（或 JUNHENG_WEB_HOME）是不是要备份的安装。"
    en = "There is no database in {home}; nothing was backed up. See whether --home (or JUNHENG_WEB_HOME) is right."
