"""Errors of checking a report in the pages; those of reading it and of the checker are their own."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class SentFileTypeError(JunhengError):
    """A file of a kind that is not read was sent."""

    code = "JH-B130"
    zh = "“{file}”不是 {kinds} 文件，没有读取。请另存为其中一种再选。"
    en = "“{file}” is none of {kinds} and was not read. Save it as one of these and choose that."


class SentFileTooLargeError(JunhengError):
    """A file that is too large was sent."""

    code = "JH-B131"
    zh = "“{file}”有 {size:.1f} MB，超过 {limit} MB，没有读取。请去掉图片，或分成几份再核对。"
    en = "“{file}” has {size:.1f} MB, more than {limit} MB, and was not read. Remove pictures, or check it in parts."


class TextTooLongError(JunhengError):
    """A file has more text than a page shows."""

    code = "JH-B132"
    zh = "“{file}”有 {count} 个字，超过 {limit} 个，没有核对。请分成几份，或用 junheng claims check 核对。"
    en = "“{file}” has {count} characters, more than {limit}. Check it in parts, or use junheng claims check."


class CheckTooSlowError(JunhengError):
    """A file took longer to read and check than somebody waits, or more memory than there is for it."""

    code = "JH-B133"
    zh = "“{file}”在 {seconds} 秒内没有核对完，已停止。请分成几份，或用 junheng claims check 核对。"
    en = "“{file}” took more than {seconds} seconds and was given up. Check it in parts, or on the command line."


class OtherDocumentError(JunhengError):
    """What was sent to be exported or kept is not the file that was checked."""

    code = "JH-B134"
    zh = "选的“{file}”不是刚才核对的那份材料，没有导出。请先点“核对”，再导出。"
    en = "“{file}” is not the file that was checked. Check it first, then export."


class CheckForgottenError(JunhengError):
    """What was checked is to be exported or kept, but the page is too old or not this person's."""

    code = "JH-B135"
    zh = "这次核对的页面已经失效，没有导出。请重新选文件，再核对一次。"
    en = "The page of this check is no longer valid. Choose the file and check it once more."


class TooManyKeptError(JunhengError):
    """Somebody keeps as many files as anybody may."""

    code = "JH-B136"
    zh = "已经保存了 {limit} 份材料，不能再存。请先删去不用的。"
    en = "You keep {limit} files already. Delete those that you no longer need first."


class CheckFailedError(JunhengError):
    """The checker itself failed on a file; what happened stands in the log of the server."""

    code = "JH-B137"
    zh = "“{file}”没有核对成：程序出错，已记入服务器日志。请另存为 .docx 或 .txt 再试，并告诉管理员。"
    en = "“{file}” was not checked: the program failed, see the server's log. Save it as .docx or .txt and try again."
