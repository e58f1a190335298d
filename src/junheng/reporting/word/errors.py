"""What can be wrong with a Word file that somebody gives us."""

from __future__ import annotations

from junheng.base.errors import JunhengError
from junheng.base.terms import Label

# Why a file cannot be read.
DAMAGED = Label(zh="文件损坏、有密码，或不是 .docx 格式", en="it is damaged, has a password or is of another format")
NO_DOCUMENT = Label(zh="里面没有文档", en="there is no document in it")
TEMPLATE = Label(zh="这是 .dotx 模板或别的文件", en="it is a .dotx template or something else")
MISSING = Label(zh="没有这个文件", en="there is no such file")


class NotWordError(JunhengError):
    """The file is no .docx, or so damaged that it cannot be opened."""

    code = "JH-R020"
    zh = "{path} 不是能读的 Word 文件（.docx）：{reason}。请用 Word 或 WPS 打开它，另存为“Word 文档（.docx）”再试。"
    en = "{path} is no Word file (.docx) that can be read: {reason}. Open it in Word and save it as .docx."


class TooLargeWordError(JunhengError):
    """The file unpacks to more than any report has: it would fill the memory."""

    code = "JH-R021"
    zh = "{path} 解开后有 {size} MB，超过 {limit} MB，没有读取。请删去其中的大图片后另存一份。"
    en = "{path} unpacks to {size} MB, more than the {limit} MB allowed. Save a copy without its large pictures."


class NotMarkedError(JunhengError):
    """The Word file has no figures of ours in it."""

    code = "JH-R022"
    zh = "{path} 里没有均衡标记的数值，不能核对或更新。请给出 junheng report make 生成的 Word 文件，或由它改成的文件。"
    en = (
        "{path} has no figures marked by Junheng to check or refresh. "
        "Give a Word file that “junheng report make” wrote, edited or not."
    )


class OtherMarksError(JunhengError):
    """The list of figures in the Word file was written by a version that this one does not know, or is damaged."""

    code = "JH-R023"
    zh = "{path} 里的数值清单读不出来：{reason}。文件可能由更新的版本生成，请升级均衡，或重新生成报告。"
    en = "The list of figures in {path} cannot be read: {reason}. A newer version may have written it; upgrade."
