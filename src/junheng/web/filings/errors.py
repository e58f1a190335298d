"""Errors of filling a form and of files sent in."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class UploadTypeError(JunhengError):
    """A file of a kind that is not read was sent."""

    code = "JH-B040"
    zh = "“{file}”不是 .xlsx 或 .csv 文件，没有读取。请下载本校的预填表，填好后原样上传。"
    en = "“{file}” is no .xlsx or .csv file and was not read. Download the prefilled workbook, fill it and send that."


class UploadTooLargeError(JunhengError):
    """A file that is too large was sent."""

    code = "JH-B041"
    zh = "“{file}”有 {size:.1f} MB，超过 {limit} MB，没有读取。请去掉图片和多余的工作表后再上传。"
    en = "“{file}” has {size:.1f} MB, more than {limit} MB, and was not read. Remove pictures and spare sheets."


class UploadGoneError(JunhengError):
    """A file is to be taken whose preview is too old, or was somebody else's."""

    code = "JH-B042"
    zh = "这次上传的预览已经失效，没有写入任何数据。请重新上传文件。"
    en = "The preview of this file is no longer valid; nothing was taken. Send the file again."


class NothingForFilingError(JunhengError):
    """A file was sent that has nothing of this filing."""

    code = "JH-B043"
    zh = "“{file}”里没有“{filing}”的数据，没有写入。文件里有的是：{found}。请核对学校标识码和学年。"
    en = "“{file}” has nothing for “{filing}”; nothing was taken. It has: {found}. Check the school code and the year."


class PayloadError(JunhengError):
    """What the page sent cannot be read."""

    code = "JH-B044"
    zh = "页面送来的内容看不懂（{reason}），没有保存。请刷新页面后再填。"
    en = "What the page sent cannot be read ({reason}); nothing was saved. Reload the page and type again."


class CellTooLongError(JunhengError):
    """More was typed into a cell than it holds."""

    code = "JH-B045"
    zh = "“{cell}”填了 {size} 个字，最多 {limit} 个，没有保存。请写短一些。"
    en = "“{cell}” has {size} characters, at most {limit} are kept; nothing was saved. Write less."


class SameRowError(JunhengError):
    """A row to be added is there already, or its key is incomplete."""

    code = "JH-B019"
    zh = "“{table}”没有加行：{key} 已经有了，或没有填全。请改用另一个，或在已有的行里填。"
    en = "No row was added to “{table}”: {key} is there already or incomplete. Choose another or fill the one there is."
