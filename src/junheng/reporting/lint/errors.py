"""What can be wrong with a document that is to be checked."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class UnsupportedDocumentError(JunhengError):
    """The file is of a kind whose words cannot be read."""

    code = "JH-R040"
    zh = "检查不了 {file}：只读 .docx、.txt、.md，这里是 {suffix}。请另存为其中一种再检查。"
    en = "{file} cannot be checked: only .docx, .txt and .md are read, not {suffix}. Save it as one of these."


class UnreadableDocumentError(JunhengError):
    """The file does not read as what its name says."""

    code = "JH-R041"
    zh = "{file} 读不出来：{reason}。请用 Word 或 WPS 打开看看，另存一份再检查。"
    en = "{file} does not read: {reason}. Open it in Word, save a copy, and check that."
