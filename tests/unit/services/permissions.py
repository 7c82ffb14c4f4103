"""What every service function asks of the person at the desk: found by calling it with everything but one permission.

Arguments are never looked at before the permission is: each is an ``Untouched``, which breaks on any use.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import thidua_desktop
from thidua_desktop import services
from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Permission, Role, Session, User

_PROGRAM = Path(thidua_desktop.__file__).parent
_WRITES = re.compile(r"\.(?:put|save|delete|add|remove)\(|\batomic\(|\bwrite\w*\(|\bkeep\w*\(")


class _TouchedError(Exception):
    """An argument was looked at."""


class _AskedForError(_TouchedError, AttributeError):
    """An attribute was asked for: Python 3.13 tells of any other error where C only asks whether there is one."""


class Untouched:
    """An argument that nobody may look at yet."""

    def _touched(self, *_: object) -> Any:
        raise _TouchedError

    def __getattr__(self, _name: str) -> Any:
        raise _AskedForError

    __bool__ = __len__ = __iter__ = __eq__ = __hash__ = __fspath__ = __str__ = __repr__ = _touched  # type: ignore[assignment]


@dataclass(frozen=True)
class Service:
    """One public function of a service: ``name`` is module and function below services/."""

    name: str
    function: Callable[..., Any]

    @property
    def writes(self) -> bool:
        """Whether its own lines look like writing."""
        return bool(_WRITES.search(inspect.getsource(self.function)))

    def asks(self, session: Session, permission: Permission) -> bool:
        """Whether it refuses for want of ``permission`` before it looks at anything else."""
        try:
            self.function(*self._arguments(session)[0], **self._arguments(session)[1])
        except UserError as error:
            return error.code == "TD-STORE-220"
        except Exception:
            return False
        return False

    def _arguments(self, session: Session) -> tuple[list[Any], dict[str, Any]]:
        plain: list[Any] = []
        named: dict[str, Any] = {}
        for parameter in inspect.signature(self.function).parameters.values():
            value = session if parameter.annotation == "Session" else Untouched()
            if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty:
                named[parameter.name] = value
            elif parameter.kind is parameter.POSITIONAL_OR_KEYWORD and parameter.default is parameter.empty:
                plain.append(value)
        return plain, named


@cache
def all_services() -> tuple[Service, ...]:
    """Every public function of services/ that is handed a session; the made-up office (demo/) is none."""
    return tuple(_found())


def _found() -> Iterator[Service]:
    for module in pkgutil.walk_packages(services.__path__, services.__name__ + "."):
        if ".demo" in module.name:
            continue
        for name, one in vars(importlib.import_module(module.name)).items():
            if name.startswith("_") or not inspect.isfunction(one) or one.__module__ != module.name:
                continue
            if any(parameter.annotation == "Session" for parameter in inspect.signature(one).parameters.values()):
                yield Service(f"{module.name.removeprefix(services.__name__ + '.')}.{name}", one)


@cache
def reached_from_desk_and_command_line() -> frozenset[str]:
    """Names of services whose module and function are named together in a file of ui/ or cli/."""
    texts = [path.read_text(encoding="utf-8") for part in ("ui", "cli") for path in (_PROGRAM / part).rglob("*.py")]
    words = [frozenset(re.findall(r"\w+", text)) for text in texts]
    return frozenset(
        one.name for one in all_services() if any(set(one.name.split(".")[-2:]) <= known for known in words)
    )


def without(session: Session, permission: Permission, monkeypatch: Any) -> Session:
    """The office before a person who has every permission but one."""
    from thidua_desktop.services import session as session_module

    everything_else = frozenset(Permission) - {permission}
    monkeypatch.setitem(session_module.PERMISSIONS, Role.OFFICER, everything_else)
    return replace(session, user=User("x", "X", Role.OFFICER))
