"""What can be wrong with the place that results are written to."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class OutputIsInputError(JunhengError):
    """The file to be written is one of those that are read: it would be lost."""

    code = "JH-R001"
    zh = "{path} 是输入的数据，不能写在它上面。请把输出文件换一个名字。"
    en = "{path} is among what is read and cannot be written over. Give the output another name."


class OutputExistsError(JunhengError):
    """The file to be written exists, and nobody said that it may be replaced."""

    code = "JH-R002"
    zh = "{path} 已存在，请换名，或加 --force 覆盖。"
    en = "{path} exists. Give another name, or add --force to replace it."


class NoFormsError(JunhengError):
    """What was given has no statistics forms to reconcile or to supplement."""

    code = "JH-R003"
    zh = (
        "{name} 里没有读到统计报表（教基、基础基）。请把年报的表放进一个文件夹，表头上写明表号；"
        "能读哪些表见 junheng forms list。"
    )
    en = "{name} has no statistics forms that could be read. “junheng forms list” says which ones can."
