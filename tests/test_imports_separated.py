"""Separated values: which encoding, which separator, and where a quote is wrong."""

import pytest

from qualify.imports import read
from qualify.imports.separated import decoded, separator_of

MAINLAND = "工号,姓名,部门\nP001,张伟,客服部\nP002,李静,市场部\n"
TAIWAN = "工號,姓名,部門\nP001,張偉,客服部\nP002,李靜,市場部\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_mainland_spreadsheets_save_is_known_for_sure(encoding: str) -> None:
    assert decoded(MAINLAND.encode(encoding)) == (MAINLAND, "")


def test_what_a_spreadsheet_in_taiwan_saves_is_a_good_guess() -> None:
    assert decoded(TAIWAN.encode("big5")) == (TAIWAN, "Big5")


def test_rare_characters_make_a_guess_of_what_could_be_something_else() -> None:
    rare = "工號,姓名\nP1,龑燊堃喆犇\n".encode("gb18030")
    found = decoded(rare)
    assert found is not None
    assert found.guess


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a\x00\x01", b"\xff\xff\xff"])
def test_what_is_no_text_is_none(content: bytes) -> None:
    assert decoded(content) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1;2,3\n", ","),
        ("a;b\n1;2,5\n2;3\n", ";"),
        ("a\tb\n1,2\t3\n", "\t"),
        ("sep=|\na|b;c,d\n", "|"),
        ('a;b\n"1,2,3,4";5\n', ";"),
        ("a\n", ","),
    ],
)
def test_the_separator_is_what_most_lines_have(text: str, expected: str) -> None:
    assert separator_of(text) == expected


@pytest.mark.parametrize(
    ("text", "row"),
    [('a,b\n1,"2\n3,4\n', 2), ('a,b\n1,2\n"3"x,4\n', 3), ('a,b\n1,"2\n3,"4\n', 2), ("a,b\n1,2\n", 0)],
)
def test_a_quote_without_its_partner_is_found_where_it_opens(text: str, row: int) -> None:
    (sheet,) = read("a.csv", text.encode()).sheets
    assert sheet.broken == row


def test_a_very_long_cell_is_a_cell() -> None:
    (sheet,) = read("a.csv", f"a,b\n1,{'长' * 200_000}\n".encode()).sheets
    assert (sheet.broken, len(sheet.lines[1][1])) == (0, 200_000)
