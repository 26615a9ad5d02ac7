"""A text counts as displayed when it can be read, and not when it is only quoted as bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.transcript.texts import came_through, is_displayed

TEXT = "Salut 1a2b3c4d"


@pytest.mark.parametrize(
    "shown",
    [
        f"{TEXT}\n",
        f"Client : {TEXT}",
        f"\x1b[32m{TEXT}\x1b[0m",
        f"b'autre chose'\n{TEXT}",
        f"b'{TEXT}'\n{TEXT}\n",
        f"Bob'{TEXT}",
        f'"{TEXT}"',
        f"'{TEXT}'",
        f"b' {TEXT}",
        "\x1b[31mS\x1b[32ma\x1b[33mlut 1a2b3c4d\x1b[0m",
    ],
)
def test_a_readable_text_is_displayed(shown: str) -> None:
    assert is_displayed(TEXT, shown.encode())


@pytest.mark.parametrize(
    "shown", [f"b'{TEXT}'", f'b"{TEXT}\\n"', f"Recu : b'{TEXT}\\n'", f"[b'{TEXT}']", f"B'{TEXT}'", f"Recub'{TEXT}'"]
)
def test_a_bytes_literal_is_no_text_but_did_arrive(shown: str) -> None:
    assert not is_displayed(TEXT, shown.encode())
    assert came_through(TEXT, shown.encode())


@pytest.mark.parametrize("shown", ["", "Salut 1a2b\n3c4d", "Salut 1a2b3c4", "salut 1a2b3c4d"])
def test_a_broken_text_is_not_displayed(shown: str) -> None:
    assert not is_displayed(TEXT, shown.encode())
    assert not came_through(TEXT, shown.encode())


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_what_stands_alone_on_its_line_is_displayed(before: bytes, after: bytes) -> None:
    data = before + b"\n" + TEXT.encode() + b"\n" + after
    assert came_through(TEXT, data)
    assert is_displayed(TEXT, data)


@given(st.binary(max_size=200))
def test_what_is_displayed_did_arrive(data: bytes) -> None:
    assert came_through("a", data) or not is_displayed("a", data)
