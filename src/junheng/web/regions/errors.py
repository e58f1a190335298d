"""Errors of places; each says what to do next."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class PlaceCodeTakenError(JunhengError):
    """There is a place with this code already."""

    code = "JH-B030"
    zh = "代码“{place_code}”已经是“{place}”的，没有新建。请核对代码；同一个单位请在它的页面上修改。"
    en = "The code “{place_code}” already is that of “{place}”. Check it, or change that place on its own page."


class PlaceHasOpenFilingError(JunhengError):
    """A school is to be closed whose filing of an open period is not finished."""

    code = "JH-B031"
    zh = (
        "“{place}”在“{period}”的填报还是“{state}”，没有撤并。"
        "请先让学校报完、审核通过（或由县里关闭这个周期），再办理撤并。"
    )
    en = (
        "The filing of “{place}” for “{period}” is still “{state}”; the school was not closed. "
        "Let it be filed and approved first, or close the period."
    )


class PlaceNotEmptyError(JunhengError):
    """A place is to be closed below which others are open."""

    code = "JH-B032"
    zh = "“{place}”下面还有 {count} 个在办的单位，没有撤销。请先把它们调到别处或撤并。"
    en = "There are still {count} open places below “{place}”. Move or close them first."


class PlaceDoesNotFitError(JunhengError):
    """A place cannot stand there, or cannot be merged into that one."""

    code = "JH-B033"
    zh = "“{place}”不能这样设置：{reason}。没有保存，请改正后再试。"
    en = "“{place}” cannot be set like this: {reason}. Nothing was saved."


class SchoolListChangedError(JunhengError):
    """What a list of schools would do is no longer what its preview showed."""

    code = "JH-B034"
    zh = "预览之后学校名录有了变化，没有写入。请看过新的预览后再确认。"
    en = "The schools changed after the preview; nothing was taken. Look at the new preview and confirm again."


class SchoolListUnsoundError(JunhengError):
    """A list of schools has errors."""

    code = "JH-B035"
    zh = "学校名录有 {count} 处错误，一行也没有写入。请按预览改好后重新上传。"
    en = "The list of schools has {count} errors; nothing was taken. Mend them and upload it again."
