"""What can be wrong with a file as a whole; what is wrong inside it are findings, all at once."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class FileMissingError(JunhengError):
    """The path leads nowhere."""

    code = "JH-I001"
    zh = "找不到文件或文件夹“{file}”。请核对路径和文件名（含扩展名 .xlsx 或 .csv）。"
    en = "There is no file or folder “{file}”. Check the path and the name with its extension."


class FileUnreadableError(JunhengError):
    """The system does not let us read the file."""

    code = "JH-I002"
    zh = "无法读取“{file}”：{reason}。请关闭正在使用它的程序，核对读取权限后重试。"
    en = "“{file}” cannot be read: {reason}. Close programs that use it, check your rights and try again."


class EmptyFileError(JunhengError):
    """The file has no bytes."""

    code = "JH-I003"
    zh = "“{file}”是空文件（0 字节），多半是传输或保存没有完成。请重新保存或重新发送。"
    en = "“{file}” is empty (0 bytes). Save or send it again."


class NotAWorkbookError(JunhengError):
    """The content is not that of a workbook or table, whatever its name says."""

    code = "JH-I004"
    zh = "“{file}”不是 Excel 工作簿：{reason}。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再交。"
    en = "“{file}” is not an Excel workbook: {reason}. Open it in Excel or WPS and save it as .xlsx."


class LegacyWorkbookError(JunhengError):
    """An older or other spreadsheet format."""

    code = "JH-I005"
    zh = "“{file}”是{format}格式，不能直接读取。请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”后再交。"
    en = "“{file}” is in the format {format}. Open it in Excel or WPS and save it as .xlsx."


class EncryptedWorkbookError(JunhengError):
    """The workbook needs a password."""

    code = "JH-I006"
    zh = "“{file}”设有打开密码，无法读取。请在 Excel 或 WPS 中取消密码（文件—信息—保护工作簿），保存后再交。"
    en = "“{file}” needs a password. Remove the password in Excel or WPS and save it again."


class DamagedWorkbookError(JunhengError):
    """The workbook is cut off or its parts do not read."""

    code = "JH-I007"
    zh = (
        "“{file}”已损坏，读到“{part}”时出错：{reason}。多半是传输不完整。"
        "请用 Excel 或 WPS 打开原件，另存一份 .xlsx 后再交；一个数也没有读入。"
    )
    en = "“{file}” is damaged at “{part}”: {reason}. Open the original, save it anew as .xlsx; nothing was read."


class TooLargeError(JunhengError):
    """The file is beyond what a county's data can be, or is made to overwhelm."""

    code = "JH-I008"
    zh = (
        "“{file}”超出读取上限：{what}为 {size}，上限为 {limit}。"
        "请删去与填报无关的工作表、图片和大片空白格式，或按年份分成几个文件。"
    )
    en = "“{file}” is over the limit: {what} is {size}, the limit {limit}. Remove what is not data, or split it."


class UnsafeWorkbookError(JunhengError):
    """The package holds what no spreadsheet program writes."""

    code = "JH-I009"
    zh = (
        "“{file}”的内部结构不正常（{part}：{reason}），为安全起见没有读取。"
        "请用 Excel 或 WPS 打开原件，另存为新的 .xlsx 后再交。"
    )
    en = "“{file}” is not built as spreadsheet programs do ({part}: {reason}) and was not read. Save it anew as .xlsx."


class NoTableError(JunhengError):
    """Nothing in the file looks like one of our tables."""

    code = "JH-I010"
    zh = (
        "“{file}”中没有认出任何表（有：{sheets}）。工作表应叫{known}之一，或表头与模板一致。"
        "可用“junheng template”生成模板对照。"
    )
    en = "No table was recognised in “{file}” (it has: {sheets}). Name sheets {known}, or use the template's heads."


class TextEncodingError(JunhengError):
    """A CSV file is in no encoding that we know."""

    code = "JH-I011"
    zh = "“{file}”的文字编码无法识别（{reason}）。请用 Excel 打开后另存为“CSV UTF-8（逗号分隔）”，或直接存为 .xlsx。"
    en = "The encoding of “{file}” is not known ({reason}). Save it as CSV UTF-8 or as .xlsx."


class EmptyFolderError(JunhengError):
    """A folder without a single workbook."""

    code = "JH-I012"
    zh = "文件夹“{file}”中没有 .xlsx 或 .csv 文件。请把各校的工作簿放进去，或核对路径。"
    en = "The folder “{file}” has no .xlsx or .csv file."


class UnknownTypeError(JunhengError):
    """A file of another type."""

    code = "JH-I013"
    zh = "“{file}”的类型（{suffix}）不能读取。可以读取：.xlsx 工作簿、.csv 表格，或放着这些文件的文件夹。"
    en = "“{file}” is of a type ({suffix}) that cannot be read. Give an .xlsx, a .csv, or a folder of them."


class CannotWriteError(JunhengError):
    """The workbook cannot be written where it was asked for."""

    code = "JH-I014"
    zh = "无法写出“{file}”：{reason}。请核对文件夹是否存在、文件是否正被打开，再试一次。"
    en = "“{file}” cannot be written: {reason}."


class FormMappingError(JunhengError):
    """A mapping of official forms cannot be read."""

    code = "JH-I015"
    zh = "报表对照 forms/{file} 的 {place} 有误：{reason}。请对照 junheng_standards/forms 中的同类条目改正。"
    en = "The mapping of forms, forms/{file}, is wrong at {place}: {reason}."


class CellNotThereError(JunhengError):
    """A cell was to be changed that the data do not have."""

    code = "JH-I016"
    zh = "数据中没有可以改的“{table}”的“{column}”（行 {row}）。请核对学校、学年和学段；用来辨认一行的代码和年份不能改。"
    en = "The data have no cell “{column}” in “{table}” (row {row}) to change. What identifies a row cannot be changed."
