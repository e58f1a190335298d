"""Errors of filing and judging in the pages; each says what to do next."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class StepNotPossibleError(JunhengError):
    """A step was asked for that the state of the filing does not allow, or that is not this person's to take."""

    code = "JH-B010"
    zh = "“{filing}”现在是“{state}”，不能{step}。请刷新页面查看最新状态。"
    en = "“{filing}” is now “{state}” and cannot take the step “{step}”. Reload the page to see where it stands."


class ChangedMeanwhileError(JunhengError):
    """The filing was changed since the page was opened."""

    code = "JH-B011"
    zh = "“{filing}”在您打开页面之后又有改动，没有执行“{step}”。请刷新页面，看过改动后再操作。"
    en = "“{filing}” was changed after you opened the page; “{step}” was not done. Reload it, then try again."


class FilingHasFindingsError(JunhengError):
    """A filing with 错误, or with 须说明 that nobody explained, cannot be handed in."""

    code = "JH-B012"
    zh = "“{filing}”还有 {errors} 处错误、{open} 处须说明的没有填写说明，不能提交。请先按校验结果改正或说明。"
    en = "“{filing}” has {errors} errors and {open} doubtful figures without explanation. Mend or explain them first."


class ReasonMissingError(JunhengError):
    """A step that needs a reason was asked for without one."""

    code = "JH-B013"
    zh = "{step}要写明原因，让对方知道改什么。请填写后再操作。"
    en = "“{step}” needs a reason, so that the other side knows what to do. Write it and try again."


class FilingClosedError(JunhengError):
    """Cells of a filing that is not open were to be changed."""

    code = "JH-B014"
    zh = "“{filing}”现在是“{state}”，不能改数。要改，请审核人退回；已锁定的由县里解锁。"
    en = "“{filing}” is now “{state}”; its figures cannot be changed. Ask the reviewer to return it."


class UnknownCellError(JunhengError):
    """A cell was named that the form does not have."""

    code = "JH-B015"
    zh = "表单里没有“{table}”的“{column}”（行 {key}）。页面可能是旧的，请刷新后再填。"
    en = "The form has no “{column}” in “{table}” (row {key}). The page may be old; reload it."


class PeriodExistsError(JunhengError):
    """The county has a period for this school year already."""

    code = "JH-B016"
    zh = "{county} 已经有 {year} 学年的填报周期“{label}”，没有再建。请在原周期上改期限，或另选学年。"
    en = "{county} already has the period “{label}” for {year}. Change its dates, or choose another year."


class NothingToJudgeError(JunhengError):
    """No filing of the period may go into a judgement yet."""

    code = "JH-B017"
    zh = "“{period}”还没有{basis}，没有可以判定的数据。请等学校提交、审核后再判定。"
    en = "“{period}” has no such data yet ({basis}). Judge when schools have filed."


class DataNotSoundError(JunhengError):
    """The county's data put together have errors that no single filing shows."""

    code = "JH-B018"
    zh = "“{period}”汇总后有 {count} 处错误，没有判定。第一处——{place}：{first}"
    en = "“{period}” has {count} errors when put together and was not judged. The first: {place}: {first}"
