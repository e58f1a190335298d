"""Errors of monitoring in the pages."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class BoundariesUnreadableError(JunhengError):
    """A file of outlines does not read, or a feature of it does not."""

    code = "JH-B140"
    zh = "“{file}”{place}读不懂：{reason}。没有保存，原来的县界不变。请改好后重新上传。"
    en = "“{file}” {place} does not read: {reason}. Nothing was kept; the former outlines stay. Mend it and try again."


class NoCountyOfYoursError(JunhengError):
    """A file of outlines has no county that somebody may see."""

    code = "JH-B141"
    zh = "“{file}”里没有辖区（{region}）内的县：属性 {names} 要写县的六位行政区划代码。文件里有的代码：{found}。"
    en = "“{file}” has no county of {region}: one of {names} must hold its code of six digits. It has: {found}."


class NothingApprovedError(JunhengError):
    """No county below a place was judged on approved data, so that nothing can be loaded."""

    code = "JH-B142"
    zh = "{place} 还没有按已审核数据判定过的县，没有可以汇入监测的数据。请先审核填报，再按已审核数据判定。"
    en = "No county of {place} was judged on approved data yet: there is nothing to load. Approve and judge first."


class ForecastBusyError(JunhengError):
    """The years to come of another county are being judged; one at a time is enough for the server."""

    code = "JH-B143"
    zh = "正在判定另一个县今后各学年，一次只做一个。请十几秒后再点一次；下面的预测不受影响。"
    en = "The years to come of another county are being judged, one at a time. Try again in some seconds."


class SentFileDamagedError(JunhengError):
    """A file of outlines or targets that was kept does not read any more."""

    code = "JH-B144"
    zh = "全国库旁 {kind} 文件夹里的 {file} 已损坏，读不出来。请重新上传，或由系统管理员从备份恢复这个文件。"
    en = "{file} in the folder {kind} beside the national store is damaged. Send it again, or restore it from a backup."


class NoTargetOfYoursError(JunhengError):
    """A table of targets has none of an area."""

    code = "JH-B145"
    zh = "“{file}”里没有辖区（{region}）的目标。地区代码填 {codes} 或所辖市、县的代码。文件里有的代码：{found}。"
    en = "“{file}” has no target of {region}: write {codes} or the codes of its cities and counties. It has: {found}."


class StoreUnreadableError(JunhengError):
    """A file of the national store does not read."""

    code = "JH-B146"
    zh = "全国库里有文件读不出来（{reason}），可能正在替换，也可能已损坏。请稍后刷新；仍不行，请系统管理员核对。"
    en = "A file of the national store does not read ({reason}). Reload later; if it stays, have the store checked."


class ForecastYearMissingError(JunhengError):
    """A county has nothing of the latest year, from which all forecasts begin."""

    code = "JH-B147"
    zh = "{county} 还没有 {year} 学年的数据，预测从这一学年起算。请先审核、判定这一学年的填报，再点“汇入监测”。"
    en = "{county} has no data of {year}, from which forecasts begin. Approve and judge that year, then load it."
