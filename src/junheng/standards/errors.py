"""What can be wrong with a standard or with what is asked of it."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class StandardNotFoundError(JunhengError):
    """No standard of this id, and no folder of this path."""

    code = "JH-S001"
    zh = (
        "找不到标准 {standard}。已有的标准：{known}。"
        "自己的标准请写文件夹路径（如 ./我的标准），其中要有 standard.yaml。"
    )
    en = "There is no standard {standard}. Known: {known}. For your own give the path of a folder with standard.yaml."


class StandardFileError(JunhengError):
    """A file of a standard does not read."""

    code = "JH-S002"
    zh = "标准文件 {file} 有误，位置 {place}：{reason}。改正后用“junheng standards check”再查一遍。"
    en = "The standard file {file} is wrong at {place}: {reason}."


class StandardNotInForceError(JunhengError):
    """A standard or limit was asked for on a day when it did not hold."""

    code = "JH-S003"
    zh = (
        "标准 {standard} 的{what}有效期为 {first} — {ends}，评估日期却是 {day}。"
        "请核对评估日期，或用“junheng standards list --on {day}”查看当时有效的标准。"
    )
    en = (
        "{standard} ({what}) holds {first} — {ends}; the day asked for is {day}. "
        "Check the day, or see what held then by “junheng standards list --on {day}”."
    )


class LooserThanParentError(JunhengError):
    """An overlay loosens a limit without saying why."""

    code = "JH-S004"
    zh = (
        "标准 {standard} 把“{indicator}”自 {since} 起的要求由 {parent} 放宽为 {own}，却没有写明理由。"
        "请收紧，或用 looser_because 写明依据：限值写在该条之内，"
        "其余写在 standard.yaml 顶层“looser_because: {{{name}: 依据}}”。"
    )
    en = (
        "{standard} loosens {name} (“{indicator}”) from {parent} to {own}, as of {since}, and gives no "
        "reason. Tighten it, or say why in looser_because: a limit in its own entry, anything else at the top of "
        "standard.yaml as “looser_because: {{{name}: reason}}”."
    )


class UnknownRelaxationError(JunhengError):
    """A relaxation was asked for that the standard does not have."""

    code = "JH-S005"
    zh = "标准 {standard} 没有名为 {name} 的宽限条款。可用的有：{known}。"
    en = "{standard} has no relaxation called {name}; it has: {known}."


class OverlayError(JunhengError):
    """An overlay changes something its parent does not have."""

    code = "JH-S006"
    zh = "标准 {standard} 要改 {name}，但它所依据的 {parent} 没有这一项。新增事项请写在 adds 下。"
    en = "{standard} changes {name}, which its parent {parent} does not have; write new ones under adds."


class AmbiguousChangeError(JunhengError):
    """A change names something that its parent has in several places."""

    code = "JH-S008"
    zh = (
        "标准 {standard} 要改 {name}，但它所依据的 {parent} 有几处叫这个名称：{places}。"
        "请从外层写起，只改要改的一处，如“changes: {{{example}}}”。"
    )
    en = (
        "{standard} changes {name}, which its parent {parent} has in several places: {places}. "
        "Write the whole way to the one that is meant, such as “changes: {{{example}}}”."
    )


class UnknownRegionError(JunhengError):
    """A code that is no county, prefecture or province of GB/T 2260."""

    code = "JH-S007"
    zh = "没有行政区划代码 {code}。请写县的 6 位数字代码（省、市、县各两位），如 370102；前两位须是省级代码：{known}。"
    en = "There is no region {code}. Give a county's six digits, such as 370102; the first two are one of: {known}."
