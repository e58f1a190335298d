"""What can be wrong with a document that is to be read. Whoever sent it must learn what to do next."""

from __future__ import annotations

import struct
import zipfile
import zlib

from junheng.base.errors import JunhengError
from junheng.base.terms import Label

# Reasons that a file is damaged, in the words of the person who sent it.
TRUNCATED = Label(zh="文件不完整，像是被截断或改动过", en="it is not complete, as if cut off or changed")
OTHER_CONTENT = Label(zh="内容与扩展名不符，可能只是改了文件名", en="its content is not what its name says")
NO_TEXT_PART = Label(zh="里面找不到正文", en="there is no text part in it")
ENCODING = Label(zh="文字编码认不出来", en="its text encoding is unknown")
GARBLED = Label(
    zh="文字没有可用的编码，复制出来是乱码（制作时字体没有正确嵌入）",
    en="its fonts do not say what their characters are",
)
BINARY = Label(zh="内容不是文字", en="its content is not text")

# What zipfile runs into in a damaged file; OSError: an offset before the start of the file.
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, struct.error)


class UnsupportedDocumentError(JunhengError):
    """The file is of a kind whose words cannot be read."""

    code = "JH-K001"
    zh = (
        "读不了 {file}：这是{kind}。能读的有 Word（.docx、.doc）、PDF、纯文本（.txt、.md）、网页（.html）和 "
        "Excel（.xlsx）。请另存为 .docx 再试。"
    )
    en = (
        "{file} cannot be read: it is {kind}. Word (.docx, .doc), PDF, text (.txt, .md), pages (.html) and Excel "
        "(.xlsx) are read. Save it as .docx and try again."
    )


class DamagedDocumentError(JunhengError):
    """The file does not read as what its content or name says."""

    code = "JH-K002"
    zh = "{file} 读不出来：{reason}。请用 Word、WPS 或原来的软件打开看看，另存一份再试。"
    en = "{file} does not read: {reason}. Open it with the program it was written in, save a copy, and try that."


class EncryptedDocumentError(JunhengError):
    """The file needs a password."""

    code = "JH-K003"
    zh = "{file} 有打开密码，读不了。请先去掉密码：用原来的软件打开，另存一份不加密的再试。"
    en = "{file} needs a password. Open it, save a copy without one, and try that."


class EmptyDocumentError(JunhengError):
    """There is no text in the file at all."""

    code = "JH-K004"
    zh = "{file} 里没有文字。请核对是不是选错了文件；内容全是图片的，请找它的 Word 原稿。"
    en = "{file} has no text. Check that it is the right file; if it is all pictures, ask for the Word source."


class ScannedDocumentError(JunhengError):
    """A PDF whose pages are pictures."""

    code = "JH-K005"
    zh = (
        "{file} 共 {pages} 页，全是图片（扫描件），没有可以读的文字。"
        "请向报送单位要 Word 原稿；只有扫描件的，先用文字识别（OCR）软件转成 Word，校对后再试。"
    )
    en = (
        "{file} has {pages} pages, all of them pictures (a scan), and no text. Ask for the Word source, or turn it "
        "into Word with text recognition (OCR), proofread that, and try again."
    )


class DocumentTooLargeError(JunhengError):
    """The file holds more than any report does: it would fill the memory."""

    code = "JH-K006"
    zh = "{file} 太大：{what}{size}，超过 {limit}，没有读取。请核对文件，把要读的部分另存一份再试。"
    en = "{file} is too large: {what} {size}, over {limit}. Check it, save the part to read as a file, and try that."


class UnsafeDocumentError(JunhengError):
    """The file holds what no office program writes."""

    code = "JH-K007"
    zh = "{file} 的“{part}”里有文档类型声明（DOCTYPE），办公软件不会写它，没有读取。请用 Word、WPS 打开，另存一份再试。"
    en = "“{part}” of {file} declares a DOCTYPE, which no office program writes. Open it in Word and save a copy."


class OldWordError(JunhengError):
    """A .doc file, and nothing on this machine that turns it into .docx."""

    code = "JH-K008"
    zh = "{file} 是旧版 Word 或 WPS 文件（.doc），{reason}。请用 Word 或 WPS 打开它，另存为 .docx 再试。"
    en = "{file} is of the old Word format (.doc): {reason}. Open it in Word and save it as .docx."


class ReaderMissingError(JunhengError, ModuleNotFoundError):
    """What reads this kind of file is not installed."""

    code = "JH-K009"
    zh = "读取 {file} 要用附加软件包，这里缺少 {module}。请运行 pip install 'junheng[claims]' 安装，再重试。"
    en = "Reading {file} needs a package that is not installed ({module}). Run pip install 'junheng[claims]'."

    def __init__(self, *, file: str, module: str) -> None:
        super().__init__(file=file, module=module)
        self.name = module
