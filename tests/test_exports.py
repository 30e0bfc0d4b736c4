"""Workbooks: what was typed stays text, as a spreadsheet program reads the file and as its parts are written."""

import csv
import io
import re
import tempfile
import weakref
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from qualify.exports import Cell, Sheet, sheets, workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SIGNS = "=+-@＝＋－＠"
NOON = datetime.fromisoformat("2026-11-21T12:00")

signs = st.sampled_from(["", *SIGNS, "\t", "\r", "\n", "\r\n", "\x00", "\u200b", "\ufeff", "\u3000", "_x003D_", "_x"])
typed = st.lists(signs | st.text(max_size=8), max_size=6).map("".join)
thoroughly = settings(max_examples=150, deadline=None)


def made(*rows: Sequence[Cell], headings: tuple[str, ...] = ("What",), name: str = "Sheet") -> bytes:
    return workbook([Sheet(name, headings, rows)])


def read(file: bytes) -> Any:
    """The first sheet as openpyxl reads it."""
    return load_workbook(io.BytesIO(file)).worksheets[0]


def raw(file: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml"))


def cell_of(file: bytes, at: str) -> ElementTree.Element:
    """The cell as written; one that holds nothing isn't written at all."""
    return next((cell for cell in raw(file).iter(f"{MAIN}c") if cell.get("r") == at), ElementTree.Element("c"))


def as_excel_shows(text: str) -> str:
    """Excel reads _xHHHH_ inside a text as the character with that number."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def shown(file: bytes, at: str = "A2") -> str:
    """The text of a cell, out of the file's own XML: a string, nothing else."""
    cell = cell_of(file, at)
    assert [child.tag for child in cell] in ([], [f"{MAIN}is"])
    assert cell.get("t") == ("inlineStr" if len(cell) else None)
    return as_excel_shows(cell.findtext(f"{MAIN}is/{MAIN}t") or "")


def in_csv(text: str) -> str:
    """The cell after a journey through a CSV file, as the next program gets it."""
    file = io.StringIO(newline="")
    csv.writer(file).writerow([text])
    return next(csv.reader(io.StringIO(file.getvalue(), newline="")), [""])[0]


@pytest.mark.parametrize("sign", [*SIGNS])
@pytest.mark.parametrize("before", ["", " ", "\u3000", "\t", "\r", "\n", "\x00", "\u200b", "\ufeff", " \u00a0"])
def test_what_would_begin_a_formula_is_text_behind_an_apostrophe(before: str, sign: str) -> None:
    text = shown(made([f"{before}{sign}HYPERLINK(1)"]))
    assert text.startswith("'")
    assert text.endswith(f"{sign}HYPERLINK(1)")
    assert in_csv(text).startswith("'")


@pytest.mark.parametrize("text", ["\tTab", "\rReturn", "\nLine"])
def test_a_text_that_begins_with_a_tab_or_a_line_end_gets_the_apostrophe_too(text: str) -> None:
    assert shown(made([text])) == f"'{text}".replace("\r", "\n")


@pytest.mark.parametrize(
    "text", ["完成 3 个案例", "a=b", "1-2", "007", "#N/A", "#REF!", "TRUE", "2026-11-21", "’=1", "—"]
)
def test_other_text_is_kept_letter_for_letter_and_stays_text(text: str) -> None:
    file = made([text])
    assert shown(file) == text
    assert (read(file)["A2"].value, read(file)["A2"].data_type) == (text, "s")


@pytest.mark.parametrize("text", ["<r><t>1</t></r>", "<r></r>", "<r/>", "a<b & c>d", "&lt;", "]]>", '"'])
def test_what_looks_like_markup_stays_what_was_typed(text: str) -> None:
    assert shown(made([text])) == text


@pytest.mark.parametrize("text", ["two words ", " one", "a\nb\n", "a\tb"])
def test_spaces_at_the_ends_are_kept_also_by_programs_that_cut_them_off(text: str) -> None:
    file = made([text])
    assert shown(file) == text
    kept = cell_of(file, "A2").find(f"{MAIN}is/{MAIN}t")
    assert kept is not None
    assert (kept.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve") == (text != text.strip())


def test_headings_are_as_harmless_as_cells() -> None:
    assert shown(made(headings=("=1+1",)), "A1") == "'=1+1"


def test_a_text_that_excel_would_decode_into_a_formula_is_shown_as_it_was_typed() -> None:
    file = made(["_x003D_1+1"], ["see _x000D_ and _x0_"])
    assert (shown(file, "A2"), shown(file, "A3")) == ("_x003D_1+1", "see _x000D_ and _x0_")


@thoroughly
@given(typed)
def test_any_text_stays_text(text: str) -> None:
    file = made([text])
    kept = shown(file)
    assert read(file).cell(2, 1).data_type == ("s" if kept else "n")
    assert "".join(kept.split()).strip("\u200b\ufeff")[:1] not in set(SIGNS)
    assert in_csv(kept)[:1] not in {"\t", "\r", "\n"}


@thoroughly
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=60))
def test_any_printable_text_round_trips_but_for_the_apostrophe(text: str) -> None:
    assert shown(made([text])) in {text, f"'{text}"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [("a\x00b\x07c\x1b", "abc"), ("a\ud800b\ufffec", "abc"), ("a\r\nb\rc\td", "a\nb\nc\td"), ("\x0b", ""), ("", "")],
)
def test_what_the_file_cannot_hold_is_left_out(text: str, kept: str) -> None:
    assert shown(made([text])) == kept


@pytest.mark.parametrize("letter", ["x", "验", "😀", "=", "_x003D_"])
def test_a_text_that_is_too_long_ends_in_an_ellipsis(letter: str) -> None:
    text = cell_of(made([letter * 40_000]), "A2").findtext(f"{MAIN}is/{MAIN}t") or ""
    assert text.endswith("…")
    assert 32_766 <= len(text.encode("utf-16-le")) // 2 <= 32_767
    assert "\ufffd" not in text


def test_the_longest_text_that_fits_is_whole() -> None:
    assert shown(made(["x" * 32_767])) == "x" * 32_767


def test_numbers_are_numbers() -> None:
    file = made([Decimal("4.50")], [Decimal("0.1")], [Decimal("1E+2")], [-3], [0], [True], [999_999_999_999_999])
    assert [row[0].value for row in read(file).iter_rows(min_row=2)] == [
        4.5,
        0.1,
        100,
        -3,
        0,
        True,
        999_999_999_999_999,
    ]
    assert cell_of(file, "A3").findtext(f"{MAIN}v") == "0.1"
    assert cell_of(file, "A7").get("t") == "b"


def test_a_number_of_more_digits_than_a_spreadsheet_keeps_becomes_text() -> None:
    assert shown(made([10**15 + 1])) == "1000000000000001"


def test_dates_are_dates() -> None:
    day, moment = (read(made([date(2026, 11, 21), NOON], headings=("Day", "Moment")))[at] for at in ("A2", "B2"))
    assert (day.value.date(), day.number_format) == (date(2026, 11, 21), "yyyy-mm-dd")
    assert (moment.value, moment.number_format) == (NOON, "yyyy-mm-dd hh:mm")


def test_nothing_is_an_empty_cell() -> None:
    assert [cell.value for cell in read(made([None, 1], headings=("A", "B")))[2]] == [None, 1]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        made([Decimal(number)])


def test_a_datetime_with_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="knows no zones"):
        made([datetime(2026, 11, 21, tzinfo=UTC)])


def test_a_row_of_another_length_than_the_headings_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        made([1, 2])


def test_a_workbook_without_a_sheet_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        workbook([])


def test_rows_are_written_as_they_come_and_none_is_kept() -> None:
    class Remembered(list[Cell]):
        """A row that can be watched."""

    seen: list[weakref.ref[Remembered]] = []

    def rows() -> Iterator[Remembered]:
        for number in range(50):
            row = Remembered([number])
            seen.append(weakref.ref(row))
            yield row
            del row
            assert sum(each() is not None for each in seen) <= 1, "the one in hand"

    assert read(workbook([Sheet("A", ("n",), rows())])).max_row == 51


def test_what_does_not_fit_on_a_sheet_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    for count, parts in ((0, [[]]), (2, [[0, 1]]), (5, [[0, 1], [2, 3], [4]])):
        file = workbook([Sheet("A", ("n",), ([number] for number in range(count)))])
        book = load_workbook(io.BytesIO(file))
        assert [[row[0].value for row in sheet.iter_rows(min_row=2)] for sheet in book] == parts
        assert {sheet["A1"].value for sheet in book} == {"n"}
        assert book.sheetnames == ["A", "A (2)", "A (3)"][: len(parts)]


def test_when_the_rows_break_off_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ZeroDivisionError):
        workbook([Sheet("A", ("n",), ([1 // left] for left in (1, 0)))])
    assert list(tmp_path.iterdir()) == []


def test_the_heading_row_is_bold_stays_in_sight_and_filters() -> None:
    sheet = read(made(["张喆", 1], ["李雷", 2], headings=("Name", "Points")))
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert [cell.font.bold for cell in sheet[2]] == [False, False]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")


def test_a_sheet_without_rows_is_its_headings() -> None:
    sheet = read(made(headings=("Name", "Points")))
    assert ([cell.value for cell in sheet[1]], sheet.max_row) == (["Name", "Points"], 1)


def test_columns_are_as_wide_as_their_words_within_reason() -> None:
    headings = ("Name", "姓名", "Day", "Note", "N")
    sheet = read(made(["Anna-Maria Lindqvist", "欧阳娜娜小朋友", NOON, "很长" * 100, 1], headings=headings))
    widths = [int(sheet.column_dimensions[letter].width) for letter in "ABCDE"]  # and a fraction: the cell's margin
    assert widths == [len("Anna-Maria Lindqvist") + 1, 2 * len("欧阳娜娜小朋友") + 1, 17, 60, 8]


def test_a_row_with_a_long_note_begins_at_its_top_and_the_note_is_wrapped() -> None:
    sheet = read(made(["one\ntwo", 1], ["短", 2], ["很长" * 20, 3], headings=("Note", "Points")))
    assert [cell.alignment.wrap_text for cell in sheet["A"][1:]] == [True, None, True]
    assert [cell.alignment.vertical for cell in sheet["B"][1:]] == ["top", None, "top"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["2026/11: [A]*?\\"], ["2026-11- -A----"]),
        (["'Q3'", "", " \x00 "], ["Q3", "-", "- (2)"]),
        (["History", "=1"], ["History-", "=1"]),
        (["结果", "结果", "RESULTS", "results"], ["结果", "结果 (2)", "RESULTS", "results (2)"]),
        (["x" * 40, "x" * 50], ["x" * 30 + "…", "x" * 26 + "… (2)"]),
        (["😀" * 16], ["😀" * 15 + "…"]),
    ],
)
def test_sheets_get_legal_names(wanted: list[str], names: list[str]) -> None:
    file = workbook([Sheet(name, ("A",), ()) for name in wanted])
    assert load_workbook(io.BytesIO(file)).sheetnames == names


@thoroughly
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_names_make_a_workbook_that_opens(wanted: list[str]) -> None:
    names = load_workbook(io.BytesIO(workbook([Sheet(name, ("A",), ()) for name in wanted]))).sheetnames
    assert len({name.casefold() for name in names}) == len(wanted)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_the_same_sheets_make_the_same_bytes_on_any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    def file() -> bytes:
        return workbook([Sheet("A", ("x",), [[1], ["=1"]]), Sheet("B", ("y",), [[NOON]])])

    before = file()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert file() == before
    parts = zipfile.ZipFile(io.BytesIO(before))
    assert {part.date_time for part in parts.infolist()} == {(1980, 1, 31, 0, 0, 0)}
    assert re.findall(rb">(\d{4}-[^<]*)<", parts.read("docProps/core.xml")) == [b"1980-01-01T00:00:00Z"] * 2
