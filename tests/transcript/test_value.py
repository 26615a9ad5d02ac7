"""Values behave as frozen dataclasses do."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from grader.transcript.value import Value, changed


class Point(Value):
    """Two numbers."""

    x: int
    y: int = 2


class Named(Point):
    """A point with a name."""

    name: str = ""


def test_fields_come_in_the_order_of_the_classes() -> None:
    assert list(Named.FIELDS) == ["x", "y", "name"]
    assert list(Point.FIELDS) == ["x", "y"]


def test_fields_are_given_by_place_by_name_or_by_default() -> None:
    assert Named(1) == Named(1, 2, "") == Named(name="", y=2, x=1)
    assert repr(Named(name="a", x=1)) == "Named(x=1, y=2, name='a')"


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), ((1, 2, "", 4), {}), ((1,), {"x": 1}), ((1,), {"z": 1}), ((), {"y": 1})]
)
def test_a_field_too_few_or_too_many_is_refused(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="Named takes x, y, name"):
        Named(*values, **named)


def test_nothing_can_be_changed() -> None:
    point: Any = Point(1)
    with pytest.raises(AttributeError, match="x cannot be changed"):
        point.x = 3
    with pytest.raises(AttributeError, match="x cannot be deleted"):
        del point.x
    assert changed(point, x=3) == Point(3)
    assert point == Point(1)


def test_equal_are_those_of_one_kind_with_equal_fields() -> None:
    assert Point(1) != Point(2)
    assert Named(1) != Point(1)
    assert len({Point(1), Point(1, 2), Point(1, 3)}) == 2


def test_a_value_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Named(1, 2, "a"))) == Named(1, 2, "a")
