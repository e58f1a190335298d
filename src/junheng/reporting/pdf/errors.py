"""What can be wrong with the faces that a PDF is set in."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class NoChineseFontError(JunhengError):
    """The machine has no face with Chinese characters."""

    code = "JH-R030"
    zh = (
        "这台计算机上没有中文字体，无法生成 PDF。请由管理员安装：apt-get install fonts-noto-cjk fonts-lxgw-wenkai，"
        "或把本单位的字体文件夹写进环境变量 JUNHENG_FONTS，再试一次。"
    )
    en = (
        "There is no Chinese typeface on this machine, so no PDF can be made. Have these installed: "
        "apt-get install fonts-noto-cjk fonts-lxgw-wenkai, or name the folder of your office's typefaces in the "
        "environment variable JUNHENG_FONTS; then try again."
    )


class MissingCharactersError(JunhengError):
    """Characters of the report that no face has are printed as boxes; said beside the file, which is made."""

    code = "JH-R031"
    zh = (
        "这些字在本机所有字体里都没有，PDF 里印成方框：{characters}。请安装含有这些字的字体"
        "（或放进 JUNHENG_FONTS 所指的文件夹），再生成一次。"
    )
    en = (
        "No typeface of this machine has these characters, the PDF shows boxes for them: {characters}. Install one "
        "that has them (or put it into the folder that JUNHENG_FONTS names) and make the report again."
    )


class SubstitutedFontError(JunhengError):
    """Another face stands for one that official documents are set in; said beside the file, which is made."""

    code = "JH-R032"
    zh = "没有找到{wanted}字体，PDF 里改用 {used}。请运行 make setup，或把字体放进 JUNHENG_FONTS 所指的文件夹。"
    en = (
        "The typeface {wanted} was not found; the PDF is set in {used} instead. Run make setup, or put the typeface "
        "into the folder that JUNHENG_FONTS names."
    )


class PdfNotWrittenError(JunhengError):
    """The place that the PDF is to be written to does not take it."""

    code = "JH-R033"
    zh = "PDF 写不进 {path}：{reason}。请检查文件夹是否存在、是否有写入权限，或换一个位置。"
    en = "The PDF cannot be written to {path}: {reason}. Check that the folder exists and may be written to."
