"""Five hundred damaged workbooks: no exception but ours, every row accounted for, nothing changed silently."""

import random
import zipfile
from io import BytesIO

import openpyxl
import pytest

from junheng.base.errors import JunhengError
from junheng.intake.read import read_file
from junheng.intake.sheet import index_of

STRANGE = (
    None, "", " ", "-", "—", "无", "合计", "#DIV/0!", "#REF!", "=1/0", "=SUM(A1:A9)", "１２", "1,2,3", "12.5万元",
    "3间", "是", "否", "2025-09-01", "2025", -1, 0, 1.5, 1e300, -1e300, 1e-300, 10**18, True, False, "0x10", "１e5",
    "注：", "小计", "1" * 5000, "学校标识码", "在校生数", "万元", "\u200b", "٣", "½", "²", "Ⅳ", "二", "NaN", "inf",
    "🙂", "a\nb", "'1", "+1",
)  # fmt: skip


def untouched(original, reading, touched):
    """Cells nobody touched, of kept rows, hold what they held."""
    places = {}
    for name, origin in original.dataset.origins.items():
        frame = original.dataset[name]
        for at, number in enumerate(origin.rows):
            places[name, number] = frame.row(at, named=True)
    for name, origin in reading.dataset.origins.items():
        frame = reading.dataset[name]
        assert frame.height == len(origin.rows)
        for at, number in enumerate(origin.rows):
            before = places.get((name, number))
            assert before is not None
            for column, value in frame.row(at, named=True).items():
                letter = origin.letters.get(column)
                if letter and (origin.sheet, number, index_of(letter)) not in touched:
                    assert value == before[column], (name, number, column)


def adds_up(reading):
    kept = {name: [0] for name in reading.dataset.frames}
    for tally in reading.tally:
        assert tally.read == tally.kept + tally.rejected
        assert min(tally.read, tally.kept, tally.rejected, tally.blank, tally.left_out) >= 0
        kept[tally.table].append(tally.kept)
    for name, frame in reading.dataset.frames.items():
        # Two sheets that hold the same rows, as where one is read in another's place, make them once.
        assert max(kept[name]) <= frame.height <= sum(kept[name])
        assert frame.schema == reading.dataset.tables[name].schema


def read(path, content, tables):
    """The reading, or the error that was raised on purpose; any other exception fails the test."""
    path.write_bytes(content)
    try:
        reading = read_file(path, tables)
    except JunhengError as error:
        return error
    adds_up(reading)
    return reading


@pytest.mark.slow
def test_flipped_and_cut_bytes(tmp_path, tables, sound, capfd):
    chance = random.Random(20250901)
    for _ in range(200):
        content = bytearray(sound)
        for _ in range(chance.choice((1, 3, 30))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(len(content)) :]
        found = read(tmp_path / "坏.xlsx", bytes(content), tables)
        assert not isinstance(found, JunhengError) or found.code.startswith("JH-I")
    assert capfd.readouterr().err == ""


@pytest.mark.slow
def test_damaged_parts_of_a_sound_package(tmp_path, tables, sound, capfd):
    """The checksums are right again, so the damage reaches the readers of XML."""
    chance = random.Random(20250902)
    with zipfile.ZipFile(BytesIO(sound)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    for _ in range(150):
        damaged = dict(parts)
        for name in chance.sample(sorted(parts), chance.choice((1, 1, 2))):
            damaged[name] = _damage(chance, damaged[name])
        if chance.random() < 0.1:
            del damaged[chance.choice(sorted(damaged))]
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in damaged.items():
                package.writestr(name, part)
        read(tmp_path / "坏.xlsx", buffer.getvalue(), tables)
    assert capfd.readouterr().err == ""  # a panic of the library's would print there


def _damage(chance, part):
    text = bytearray(part)
    at = chance.randrange(len(text))
    match chance.randrange(6):
        case 0:
            del text[at : at + chance.choice((1, 10, 1000))]
        case 1:
            text[at:at] = text[max(0, at - 200) : at]
        case 2:
            digits = [place for place, byte in enumerate(text) if chr(byte).isdigit()]
            for place in chance.sample(digits, min(5, len(digits))):
                text[place] = ord(chance.choice("0123456789"))
        case 3:
            text[at:at] = chance.choice(
                (b"<v>NaN</v>", b"&amp;", b"\x00", b"&#0;", b"<!DOCTYPE a>", b"]]>", b"\xff", b"99999999999")
            )
        case 4:
            text = bytearray(bytes(text).replace(b'r="', b'r="' + chance.choice((b"X", b"9", b"-", b" "))))
        case 5:
            text = bytearray(bytes(text).replace(b"<v>", b"<v>" + chance.choice((b"-", b"1e", b"9" * 30)), 3))
    return bytes(text)


@pytest.mark.slow
def test_scrambled_cells(tmp_path, tables, sound):
    chance = random.Random(20250903)
    (tmp_path / "好.xlsx").write_bytes(sound)
    original = read_file(tmp_path / "好.xlsx", tables)
    rows_of = {tally.sheet: tally.read for tally in original.tally}
    for number in range(150):
        book = openpyxl.load_workbook(BytesIO(sound))
        touched = set()
        for _ in range(chance.choice((1, 2, 10, 60))):
            sheet = chance.choice(book.worksheets)
            row, column = chance.randint(3, sheet.max_row), chance.randint(1, sheet.max_column)
            if row - 2 > rows_of[sheet.title]:
                continue
            sheet.cell(row, column).value = chance.choice(STRANGE)
            touched.add((sheet.title, row, column - 1))
        path = tmp_path / f"乱{number}.xlsx"
        book.save(path)
        reading = read_file(path, tables)
        adds_up(reading)
        for tally in reading.tally:
            gone = rows_of[tally.sheet] - tally.read - tally.blank - tally.left_out
            # Blank rows at the end of a sheet are the only ones that nobody counts.
            last = max((row for sheet, row, _ in touched if sheet == tally.sheet), default=0)
            assert gone == 0 or last - 2 >= rows_of[tally.sheet] - gone, tally
        untouched(original, reading, touched)
