"""Ledger workbooks (台账工作簿) of Excel and WPS: out for the office, and in as clerks make them, with every fault located."""

try:
    import python_calamine  # noqa: F401 - an extra that is missing is told here
    import xlsxwriter  # noqa: F401 - an extra that is missing is told here
except ModuleNotFoundError as error:
    message = "workbooks need their extra: python3 -m pip install 'envgov[workbooks]'"
    raise ModuleNotFoundError(message, name=error.name) from None

from envgov.workbooks.issues import rows_of
from envgov.workbooks.ledger import write_workbook
from envgov.workbooks.problem import Problem
from envgov.workbooks.problem_list import write_problems
from envgov.workbooks.reading import Reading, read_workbook
from envgov.workbooks.row import Row, Term

__all__ = ["Problem", "Reading", "Row", "Term", "read_workbook", "rows_of", "write_problems", "write_workbook"]
