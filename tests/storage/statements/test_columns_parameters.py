"""The parameters of a request as JSON, beside processes and rows of earlier versions."""

from sqlalchemy.dialects import sqlite

from storage.records import Parameters
from storage.statements.columns import ParametersColumn

COLUMN, DIALECT = ParametersColumn(), sqlite.dialect()


def test_input_pictures_keep_their_order() -> None:
    parameters = Parameters(seed=7, input_file_ids=("a", "b"), input_optional=True)
    stored = COLUMN.process_bind_param(parameters, DIALECT)
    assert stored == {"seed": 7, "input_file_ids": ["a", "b"], "input_file_id": "a", "input_optional": True}
    assert COLUMN.process_result_value(stored, DIALECT) == parameters


def test_a_row_of_a_version_that_knew_one_picture() -> None:
    assert COLUMN.process_result_value({"input_file_id": "a"}, DIALECT) == Parameters(input_file_ids=("a",))
    assert COLUMN.process_result_value({}, DIALECT) == Parameters()
    assert COLUMN.process_bind_param(Parameters(), DIALECT) == {}
