"""``@dataclass(frozen=True, slots=True)`` made in a third of the time, for the modules that a start loads.

The standard decorator writes and compiles the source of six methods for every class; of the hundred and more classes
that are there before the first window, that was a tenth of the whole start. Here three are compiled, in one piece; the
others are the same functions for all classes. Fields, ``replace``, ``asdict`` and ``match`` are those of the standard
library, which type checkers take this one for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

_NOT_GIVEN = object()  # stands for a value that a factory makes
_WRITTEN_HERE = frozenset(("__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__getstate__"))


def _dataclass(*, frozen: bool, slots: bool, kw_only: bool = False) -> Callable[[type[Any]], type[Any]]:
    """Frozen and with slots, or nothing: TypeError for any other, which the standard decorator makes."""
    if not (frozen and slots):
        raise TypeError("only frozen classes with slots are made here")
    return lambda cls: _made(cls, kw_only)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def _made(cls: type[Any], kw_only: bool) -> type[Any]:
    cls.__doc__ = cls.__doc__ or f"{cls.__name__}."  # else the standard library words the signature, at some cost
    if not _WRITTEN_HERE.isdisjoint(vars(cls)):
        raise TypeError(f"{cls.__name__} has methods of its own that would be lost")
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    for name, method in _compiled(made, dataclasses.fields(made)).items():
        method.__qualname__, method.__module__ = f"{made.__qualname__}.{name}", made.__module__
        setattr(made, name, method)
    made.__repr__ = _described
    made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
    made.__getstate__, made.__setstate__ = _state, _restore
    return made  # type: ignore[no-any-return]


def _compiled(made: Any, fields: Sequence[dataclasses.Field[Any]]) -> dict[str, Any]:
    """What must be fast, compiled in one piece: ``__init__``, ``__eq__``, ``__hash__``."""
    space: dict[str, Any] = {"not_given": _NOT_GIVEN, "put": object.__setattr__}
    plain, named, body = list[str](), list[str](), list[str]()
    for one in fields:
        parameter, value = _parameter_and_value(one, space)
        if one.init:
            (named if one.kw_only else plain).append(parameter)
        if value:
            body.append(f"  put(self, {one.name!r}, {value})")
    if hasattr(made, "__post_init__"):
        body.append("  self.__post_init__()")
    parameters = ", ".join(["self", *plain, *(["*", *named] if named else [])])
    mine, others = (f"({''.join(f'{who}.{one.name},' for one in fields if one.compare)})" for who in ("self", "other"))
    lines = [
        f"def make({', '.join(space)}):",
        f" def __init__({parameters}):", *(body or ["  pass"]),
        " def __eq__(self, other):",
        f"  return {mine} == {others} if other.__class__ is self.__class__ else NotImplemented",
        f" def __hash__(self):\n  return hash({mine})",
        " return {'__init__': __init__, '__eq__': __eq__, '__hash__': __hash__}",
    ]  # fmt: skip
    names: dict[str, Any] = {}
    exec("\n".join(lines), names)
    return names["make"](**space)  # type: ignore[no-any-return]


def _parameter_and_value(one: dataclasses.Field[Any], space: dict[str, Any]) -> tuple[str, str]:
    """How ``__init__`` takes a field and what it puts into the slot; defaults go into ``space``."""
    if one.default is not dataclasses.MISSING:
        default = f"default_{one.name}"
        space[default] = one.default
        return f"{one.name}={default}", one.name if one.init else default
    if one.default_factory is not dataclasses.MISSING:
        factory = f"make_{one.name}"
        space[factory] = one.default_factory
        made = f"{factory}()"
        return f"{one.name}=not_given", f"{made} if {one.name} is not_given else {one.name}" if one.init else made
    return one.name, one.name if one.init else ""  # the class itself fills it in __post_init__


@recursive_repr()
def _described(self: Any) -> str:
    shown = (one.name for one in dataclasses.fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"


def _refuse_to_set(_self: Any, name: str, _value: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: Iterator[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
