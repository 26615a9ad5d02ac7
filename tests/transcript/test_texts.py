"""A text counts as displayed when it can be read, and not when it is only quoted as bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.transcript.texts import find_displayed, find_raw

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
    ],
)
def test_a_readable_text_is_displayed(shown: str) -> None:
    assert find_displayed(TEXT, shown.encode()) >= 0


@pytest.mark.parametrize("shown", [f"b'{TEXT}'", f'b"{TEXT}\\n"', f"Recu : b'{TEXT}\\n'", f"[b'{TEXT}']", f"B'{TEXT}'"])
def test_a_bytes_literal_is_no_text_but_did_arrive(shown: str) -> None:
    assert find_displayed(TEXT, shown.encode()) == -1
    assert find_raw(TEXT, shown.encode()) >= 0


@pytest.mark.parametrize("shown", ["", "Salut 1a2b\n3c4d", "Salut 1a2b3c4", "salut 1a2b3c4d"])
def test_a_broken_text_is_not_displayed(shown: str) -> None:
    assert find_displayed(TEXT, shown.encode()) == find_raw(TEXT, shown.encode()) == -1


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_what_is_displayed_did_arrive(before: bytes, after: bytes) -> None:
    data = before + TEXT.encode() + after
    position = find_displayed(TEXT, data)
    assert position == -1 or data[position:].startswith(TEXT.encode())
    assert find_raw(TEXT, data) >= 0
