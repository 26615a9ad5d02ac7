"""What every fact and every small value is made of: frozen dataclasses whose classes cost next to nothing to make.

``dataclasses`` writes and compiles methods for each class: 0.4 ms a class, and 6 ms for ``inspect``, which it imports.
Every command pays for that before it does anything; so here all classes share the same few methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar

if TYPE_CHECKING:
    from typing_extensions import dataclass_transform
else:

    def dataclass_transform(**_: object) -> object:
        """Tells type checkers only (typing has it from Python 3.11 on)."""
        return lambda function: function


V = TypeVar("V", bound="Value")


@dataclass_transform(frozen_default=True)
class Value:
    """Its subclasses are frozen dataclasses: the annotated names are the fields, those of the class above come first.

    What is assigned to a name in the class is the field's default.
    """

    FIELDS: ClassVar[dict[str, str]] = {}
    """The type of each field as it is written, by its name, in order."""

    DEFAULTS: ClassVar[dict[str, Any]] = {}
    """The values of the fields that need not be given."""

    def __init_subclass__(cls) -> None:
        own = {name: str(kind) for name, kind in cls.__annotations__.items() if not str(kind).startswith("ClassVar")}
        cls.FIELDS = cls.FIELDS | own
        cls.DEFAULTS = cls.DEFAULTS | {name: vars(cls)[name] for name in own if name in vars(cls)}

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = self.FIELDS
        if named or len(values) != len(fields):
            values = self._completed(values, named)
        self.__dict__.update(zip(fields, values))  # noqa: B905 - they are as many, and to count again takes time

    def _completed(self, values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        """The values of all fields, in order.

        Raises:
            TypeError: one has none or two, or there is no such field.
        """
        placed = dict(zip(self.FIELDS, values))  # noqa: B905 - that these are too many is said below
        given = self.DEFAULTS | placed | named
        if len(placed) < len(values) or placed.keys() & named.keys() or given.keys() != self.FIELDS.keys():
            raise TypeError(f"{type(self).__name__} takes {', '.join(self.FIELDS)}; not {values!r} and {named!r}")
        return tuple(given[name] for name in self.FIELDS)

    def __setattr__(self, name: str, _: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def changed(value: V, **fields: object) -> V:
    """A value like another, but for some fields."""
    return type(value)(**(vars(value) | fields))
