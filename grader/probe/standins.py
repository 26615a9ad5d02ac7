"""Python callables that take the place of C functions and methods, and are used and printed like them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

Watcher = Callable[[Callable[..., Any], tuple[Any, ...], dict[str, Any]], Any]
"""Is given the C callable, which for a method is bound to its object, with the arguments; returns the result."""


class FunctionProxy:
    """Stands for a C function, or for a C method bound to its object.

    Unlike a Python function it is not bound again where a class holds it, and it can be pickled by its name.

    Args:
        real: what it stands for.
        watcher: called instead.
    """

    def __init__(self, real: Callable[..., Any], watcher: Watcher) -> None:
        self._real = real
        self._watcher = watcher
        self.__name__ = real.__name__
        self.__doc__ = real.__doc__
        self.__module__ = real.__module__

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call the watcher."""
        return self._watcher(self._real, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)  # __name__, __qualname__, __self__, …

    def __repr__(self) -> str:
        return repr(self._real)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FunctionProxy) and self._real == other._real

    def __hash__(self) -> int:
        return hash(self._real)

    def __reduce__(self) -> str | tuple[Any, ...]:
        return self._real.__reduce__()


class MethodProxy:
    """Stands for a method of a C type, in a subclass of that type.

    Args:
        real: the method of the C type.
        watcher: called instead.
    """

    def __init__(self, real: Any, watcher: Watcher) -> None:
        self._real = real
        self._watcher = watcher
        self.__doc__ = real.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else FunctionProxy(self._real.__get__(instance), self._watcher)

    def __call__(self, /, *args: Any, **kwargs: Any) -> Any:
        """Call the watcher, for the object that comes first."""
        if not args or not isinstance(args[0], self._real.__objclass__):
            return self._real(*args, **kwargs)  # it complains
        return self._watcher(self._real.__get__(args[0]), args[1:], kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def __repr__(self) -> str:
        return repr(self._real)


def replace(module: ModuleType, name: str, watcher: Watcher) -> None:
    """Put a stand-in in the place of a module's C function, there and in the C module that it comes from."""
    real = getattr(module, name)
    function = FunctionProxy(real, watcher)
    setattr(module, name, function)
    home = sys.modules.get(real.__module__)
    if home is not None and getattr(home, name, None) is real:
        setattr(home, name, function)


def _rename(cls: type, real: type) -> None:
    cls.__name__, cls.__qualname__, cls.__module__ = real.__name__, real.__qualname__, real.__module__


_rename(FunctionProxy, type(len))
_rename(MethodProxy, type(str.join))
