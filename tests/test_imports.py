"""The cells of a table as somebody made it. What the files may look like is told in `test_services_imports`."""

import subprocess
import sys
from io import BytesIO

import pytest
from openpyxl import Workbook

from qualify.imports import cells
from tests.company import refused
from tests.program import ROOT


def xlsx(*lines: list[object]) -> bytes:
    book, data = Workbook(), BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.csv", "工号 , 姓名,,\n\n N1,,马超,\n".encode()),
        ("名单.XLSX", xlsx(["工号 ", "姓名", None, ""], [], ["N1", None, "马超", None])),
    ],
)
def test_lines_keep_their_places_without_the_empty_cells_at_their_ends(name: str, content: bytes) -> None:
    assert cells(name, content) == [["工号", "姓名"], [], ["N1", "", "马超"]]


def test_rows_are_counted_that_have_something_in_them_all_of_them() -> None:
    table = "工号\n\n,\nN1\n\nN2\nN3\n".encode()
    assert len(cells("a.csv", table, most_rows=3)) == 7
    with refused("error-file-rows") as refusal:
        cells("a.csv", table, most_rows=1)
    assert refusal.value.values == {"count": "3", "most": "1"}


def test_a_csv_file_is_read_without_what_reads_workbooks() -> None:
    reading = "import sys; from qualify.imports import cells; cells('a.csv', b'a'); print('openpyxl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", reading], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
