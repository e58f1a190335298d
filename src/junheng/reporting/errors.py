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


class DifferentKindsError(JunhengError):
    """Plans of different kinds have no figures in common."""

    code = "JH-P073"
    zh = "不同种类的方案不能对照：{plans}。请一次只对照一种。"
    en = "Plans of different kinds cannot be compared: {plans}. Compare one kind at a time."


class DifferentCountiesError(JunhengError):
    """Plans of different counties: no side is better than another."""

    code = "JH-P074"
    zh = "这些方案不是同一个县的（{counties}），不能对照。请核对文件。"
    en = "These plans are of different counties ({counties}) and cannot be compared. Check the files."


class ScenarioOfOtherKindError(JunhengError):
    """A changed workbook shows what resources become; it says nothing of people or zones."""

    code = "JH-P075"
    zh = "--data 和 --scenario 只能与填平补齐方案对照，这里是{kind}。请去掉，或换成填平补齐方案。"
    en = "--data and --scenario go with resource plans only, not with {kind}. Leave them out."
