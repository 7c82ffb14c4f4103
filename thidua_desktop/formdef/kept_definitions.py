"""The checked definitions kept between starts, so that opening an office need not parse and check fifty files.

What is kept belongs to one set of files and one program: its first line is a digest of every definition file and of
the code that reads them. Anything that does not fit, or cannot be read, is made anew from ``forms/`` and never said
aloud. The file is JSON, one definition a line, each decoded when it is first asked for: it can hold wrong words, but
nothing that runs.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from thidua_desktop import __version__
from thidua_desktop.formdef import model
from thidua_desktop.formdef.model import Definitions
from thidua_desktop.paths import forms_path

_KIND = "@"
_PACKAGE = Path(__file__).parent.parent
_READING_CODE = (
    _PACKAGE / "formdef",
    _PACKAGE / "formdef" / "field_types",
    _PACKAGE / "domain",
    _PACKAGE / "domain" / "rules",
    _PACKAGE / "domain" / "assessments",
)


@cache
def kept_definitions() -> Definitions:
    """The program's own definitions, as ``loader.load_definitions`` gives them; read once per run."""
    from_disk = _place()
    mark = fingerprint(forms_path())
    kept = read_kept(from_disk, mark)
    if kept is not None:
        return kept
    from thidua_desktop.formdef.loader import load_definitions

    definitions = load_definitions()
    keep(from_disk, mark, definitions)
    return definitions


def fingerprint(folder: Path) -> str:
    """A digest of every definition in ``folder``, of the program's version and of the state of the reading code."""
    digest = hashlib.blake2b(__version__.encode(), digest_size=20)
    for kind in sorted(path for path in folder.iterdir() if path.is_dir()):
        with os.scandir(kind) as entries:
            names = sorted(entry.name for entry in entries if entry.name.endswith(".toml"))
        for name in names:
            with (kind / name).open("rb", buffering=0) as file:  # three hundred of them at each start
                content = file.read()
            digest.update(f"{kind.name}/{name} {len(content)}\n".encode())
            digest.update(content)
    for code in _READING_CODE:
        with os.scandir(code) as entries:
            for entry in sorted((entry for entry in entries if entry.is_file()), key=lambda entry: entry.name):
                state = entry.stat()
                digest.update(f"{entry.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def read_kept(path: Path, mark: str) -> Definitions | None:
    """What ``keep`` wrote under the same mark; None when there is none, or it is not whole."""
    try:
        content = path.read_bytes()
        end = content.find(b"\n")
        fits = end >= 0 and content[:end] == _head(mark, memoryview(content)[end + 1 :])
        return _from_lines(content[end + 1 :]) if fits else None
    except (OSError, ValueError, TypeError):
        return None


def keep(path: Path, mark: str, definitions: Definitions) -> None:
    """Write the definitions whole, if what is read back is the same; a folder that cannot be written is no matter."""
    body = _as_lines(definitions)
    if _from_lines(body) != definitions:
        return
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(_head(mark, body) + b"\n" + body)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _place() -> Path:
    moved = os.environ.get("THIDUA_CONFIG_DIR")
    if moved:
        return Path(moved) / "definitions.json"
    import platformdirs

    return platformdirs.user_cache_path("thidua_desktop", appauthor=False) / "definitions.json"


def _head(mark: str, body: bytes | memoryview) -> bytes:
    return f"{mark} {hashlib.blake2b(body, digest_size=20).hexdigest()}".encode()


class _Kept(Mapping[str, Any]):
    """The definitions of one kind, by name."""

    def __init__(self) -> None:
        self._lines: dict[str, bytes] = {}
        self._known: dict[str, Any] = {}

    def put(self, name: str, line: bytes) -> None:
        """Take in what ``keep`` wrote of one definition."""
        self._lines[name] = line

    def __getitem__(self, name: str) -> Any:
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = json.loads(self._lines[name], object_hook=_decoded)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, name: object) -> bool:
        return name in self._lines


def _as_lines(definitions: Definitions) -> bytes:
    found = []
    for kind in fields(definitions):
        for name, one in getattr(definitions, kind.name).items():
            content = json.dumps(_encoded(one), ensure_ascii=False, separators=(",", ":"))
            found.append(f"{kind.name} {name} {content}")
    return "\n".join(found).encode()


def _from_lines(body: bytes) -> Definitions:
    kinds = {kind.name: _Kept() for kind in fields(Definitions)}
    for line in body.split(b"\n"):
        kind, name, content = line.split(b" ", 2)
        kinds[kind.decode()].put(name.decode(), content)
    return Definitions(**kinds)


def _encoded(value: Any) -> Any:
    """As JSON can hold it; every object names its kind, and what has its default is left out."""
    if isinstance(value, Enum):
        return value.value
    if type(value).__name__ in _KINDS:
        given = ((name, getattr(value, name), default) for name, default in _defaults(type(value)).items())
        return {_KIND: type(value).__name__} | {
            name: _encoded(of) for name, of, default in given if of != default or type(of) is not type(default)
        }
    if isinstance(value, Mapping):
        return {_KIND: "mapping", "of": [[key, _encoded(of)] for key, of in value.items()]}
    if isinstance(value, (Decimal, date)):
        return {_KIND: type(value).__name__, "of": str(value)}
    return [_encoded(of) for of in value] if isinstance(value, tuple) else value


def _defaults(kind: type[Any]) -> dict[str, Any]:
    """What a kind is made of, by name, and what each is when it is not given (``MISSING``: it always is)."""
    if is_dataclass(kind):
        return {field.name: field.default for field in fields(kind) if field.init}
    return {name: kind._field_defaults.get(name, MISSING) for name in kind._fields}


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if type(value) is list else value


def _decoded(found: dict[str, Any]) -> Any:
    kind = found.pop(_KIND)
    if kind == "mapping":
        return MappingProxyType({key: _tuples(of) for key, of in found["of"]})
    if kind == "Decimal":
        return Decimal(found["of"])
    if kind == "date":
        return date.fromisoformat(found["of"])
    made = _KINDS[kind]
    if made in _NAMED_VALUES:
        name, values = _NAMED_VALUES[made]
        found[name] = values(found[name])
    for name, of in found.items():
        if type(of) is list:
            found[name] = _tuples(of)
    return made(**found)


_KINDS: dict[str, type[Any]] = {
    name: kind for name, kind in vars(model).items() if is_dataclass(kind) or hasattr(kind, "_field_defaults")
}
_NAMED_VALUES: dict[type[Any], tuple[str, type[Enum]]] = {
    model.FieldSpec: ("type", model.FieldType),
    model.IndicatorSpec: ("aggregate", model.Aggregate),
}
"""Which values of a kind are those of a closed list: kept as their texts alone, as there are a thousand of them."""
