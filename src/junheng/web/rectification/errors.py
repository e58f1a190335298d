"""Errors of the list of gaps; each says what to do next."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class OlderEvaluationError(JunhengError):
    """The list was to be made from a judgement that is older than the one it was made from."""

    code = "JH-B060"
    zh = "问题清单已按 {newest} 的判定更新，不能再按更早的判定（{asked}）生成。请用最新一次判定。"
    en = "The list was made from the judgement of {newest}; it cannot be made from an older one ({asked})."


class SameHandsError(JunhengError):
    """Whoever mended a gap cannot confirm it."""

    code = "JH-B061"
    zh = "“{gap}”是您自己报完成的，不能由您自己销号。请督学或其他有销号权限的人核验。"
    en = "You yourself said that “{gap}” is mended; somebody else has to confirm it."


class GapStateError(JunhengError):
    """A gap is not where a step could lead on from."""

    code = "JH-B062"
    zh = "“{gap}”现在是“{state}”，不能{step}。请刷新页面查看最新状态。"
    en = "“{gap}” is now “{state}”; “{step}” is not possible. Reload the page."


class NotTheirPlaceError(JunhengError):
    """Gaps were to be given to somebody who cannot work on them."""

    code = "JH-B063"
    zh = "所选问题中有 {count} 项不在“{owner}”的职责范围内，一项也没有指派。请缩小筛选范围，或另选责任人。"
    en = (
        "{count} of these gaps are out of the reach of {owner}; none was assigned. Narrow the filter or choose another."
    )


class CountDiffersError(JunhengError):
    """The rows that a filter selects are not as many as the person confirmed."""

    code = "JH-B064"
    zh = "您确认时是 {confirmed} 项，现在筛选出 {found} 项，一项也没有改。请刷新列表，核对后再操作。"
    en = (
        "You confirmed {confirmed} rows, but the filter now selects {found}; nothing was changed. Reload and try again."
    )


class NothingPickedError(JunhengError):
    """A step for many was asked for, and no row was ticked."""

    code = "JH-B065"
    zh = "没有勾选任何一项。请先在列表中勾选，或选择当前筛选的全部。"
    en = "No row is ticked. Tick rows in the list first, or select everything the filter finds."
