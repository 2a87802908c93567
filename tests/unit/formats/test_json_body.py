"""Bodies that are dear to read or to refuse; the others: tests/functions/test_staff_api_bad_input.py."""

from __future__ import annotations

import json

import pytest

from shared.errors import InvalidInput, Malformed
from shared.formats.json_body import MOST_FAULTS, parse_json


def test_the_first_name_that_stands_twice_is_told():
    with pytest.raises(Malformed) as refused:
        parse_json(b'{"a": 1, "b": 1, "c": 1, "c": 2, "b": 2}')
    assert refused.value.params["name"] == "c"


def test_one_name_twice_among_many_is_found_in_one_pass():
    """Counting each name anew takes minutes for as many as fit into a body."""
    names = [f'"{number:05}": 0' for number in range(70_000)]
    with pytest.raises(Malformed) as refused:
        parse_json(("{" + ",".join([*names, names[-1]]) + "}").encode())
    assert refused.value.params["name"] == "69999"


def test_of_many_endless_numbers_a_few_are_named():
    deep = "[" * 900 + ",".join(["1e999"] * 100_000) + "]" * 900
    with pytest.raises(InvalidInput) as refused:
        parse_json(deep.encode())
    assert len(refused.value.errors) == MOST_FAULTS
    assert {error.code for error in refused.value.errors} == {"number-not-finite"}


def test_depth_that_no_reader_takes_is_malformed():
    for text in ("[" * 400_000 + "]" * 400_000, '{"a":' * 150_000):
        with pytest.raises(Malformed):
            parse_json(text.encode())


def test_what_is_right_comes_back_as_it_was():
    value = {"a": [1, 2.5, None, {"b": "ł"}], "c": {}}
    assert parse_json(json.dumps(value).encode()) == value
