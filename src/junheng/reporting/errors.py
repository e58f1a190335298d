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


class ReportNotFoundError(JunhengError):
    """There is no report of that name, and no folder either."""

    code = "JH-R010"
    zh = (
        "没有名为“{name}”的报告，也没有这个文件夹。可用的报告：{known}。"
        "自己的报告请写出它的文件夹（verify、refresh 用 --report）。"
    )
    en = (
        "There is no report and no folder “{name}”. Reports: {known}. "
        "For one of your own give its folder (verify and refresh: --report)."
    )


class ReportFileError(JunhengError):
    """The folder of a report does not read."""

    code = "JH-R011"
    zh = "报告 {report} 的 {file} 有误：{place}：{reason}。请改正后重试。"
    en = "{file} of the report {report} is wrong: {place}: {reason}. Mend it and try again."


class ReportNeedsError(JunhengError):
    """Something that the report cannot be made without was not given."""

    code = "JH-R012"
    zh = "“{report}”还缺{what}。{how}"
    en = "“{report}” cannot be made: {what} missing. {how}"


class ReportStandardError(JunhengError):
    """The report is made for another standard."""

    code = "JH-R013"
    zh = "“{report}”只用于标准 {standards}，这里是 {given}。请用 --standard 换标准，或换一种报告。"
    en = "“{report}” is for {standards} only, not for {given}. Choose another standard or another report."


class NothingToReportError(JunhengError):
    """No chapter of the report has anything to say of these data."""

    code = "JH-R014"
    zh = "“{report}”在这些数据上没有任何内容，没有生成文件。请核对选用的标准、县和学年。"
    en = "“{report}” has nothing to say of these data; no file was made. Check the standard, county and year."


class SubjectNotFoundError(JunhengError):
    """The county or school to report on is not among the data."""

    code = "JH-R015"
    zh = "数据中没有{what}“{name}”。{known}"
    en = "The data have no {what} “{name}”. {known}"
