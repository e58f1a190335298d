"""Errors of the board: bulk steps and periods."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class SelectionChangedError(JunhengError):
    """The filings that a bulk step was confirmed for are not those that the filter finds now."""

    code = "JH-B046"
    zh = "确认的是 {asked} 份，现在筛选到 {now} 份，数量变了，什么也没有做。请看过列表后重新选择。"
    en = "You confirmed {asked} filings; now there are {now}. Nothing was done. Look at the list and choose again."


class ReasonTooShortError(JunhengError):
    """A bulk step that needs a reason was confirmed without one."""

    code = "JH-B047"
    zh = "{step}要写明原因，让对方知道改什么。什么也没有做，请填写后再操作。"
    en = "“{step}” needs a reason, so that the other side knows what to do. Nothing was done; write it and try again."


class PeriodNotLockedError(JunhengError):
    """A period was to be closed while filings in it are not locked."""

    code = "JH-B048"
    zh = "“{period}”还有 {count} 份填报没有锁定，没有关闭。请先锁定，或确认不再等这些填报。"
    en = "“{period}” has {count} filings that are not locked; it was not closed. Lock them, or confirm to leave them."


class PeriodClosedError(JunhengError):
    """A step was to be taken in a period that is closed."""

    code = "JH-B049"
    zh = "“{period}”已经关闭，不能再{step}。确需处理，请县里重新开放周期。"
    en = "“{period}” is closed; “{step}” is not possible. If it must be, ask the county to open the period again."


class PeriodNotBegunError(JunhengError):
    """Somebody wants to fill in or hand in before the day on which filing begins."""

    code = "JH-B050"
    zh = "“{period}”从 {day} 开始填报，现在还不能{step}。请到时再填；要提前，请县里修改开始填报的日期。"
    en = "Filing for “{period}” begins on {day}; “{step}” is not possible yet. Ask the county if it must be earlier."


class OwnApprovalError(JunhengError):
    """Somebody wants to approve what she handed in or signed herself."""

    code = "JH-B051"
    zh = "“{filing}”是您自己报出的，不能由您{step}。请另一位有权限的人办理。"
    en = "You handed in “{filing}” yourself; “{step}” is for another person. Ask somebody else who may do it."
