"""A standard as a workbook that an HR person fills in, and back: sheets in, sheets out, nothing lost on the way.

Pure: it knows what stands in which cell; `exports` and `imports` write and read the file.
"""

from qualify.standard.workbook.reading import GivenSheet, is_standard, standard_in
from qualify.standard.workbook.writing import Choices, FilledSheet, document_of, filled_sheets

__all__ = ["Choices", "FilledSheet", "GivenSheet", "document_of", "filled_sheets", "is_standard", "standard_in"]
