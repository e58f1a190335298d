"""What can be wrong with table definitions themselves."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class TableDefinitionError(JunhengError):
    """A table definition (CSV or YAML) cannot be read."""

    code = "JH-T001"
    zh = "表册定义 {file} 第 {line} 行有误：{reason}。请对照 junheng_standards/tables 中的同类行改正。"
    en = "The table definition {file} is wrong on line {line}: {reason}."


class UnknownColumnError(JunhengError):
    """A standard or a check names a column that no table has."""

    code = "JH-T002"
    zh = "{where} 引用了列 {column}，但表册中没有这一列。请核对列名，或在标准文件夹的 tables/ 中加上它。"
    en = "{where} refers to the column {column}, which no table has."
