"""The files of the tree as the house rules look at them: read and parsed once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CODE_FOLDERS = ("thidua_desktop", "tests", "installer")
TEXT_FOLDERS = (*CODE_FOLDERS, "forms", "resources", "docs")
TEXT_ENDINGS = frozenset({".py", ".toml", ".md", ".json", ".txt", ".svg"})
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file: ``path`` is relative to the root, with slashes."""

    path: str
    text: str
    tree: ast.Module

    @property
    def in_program(self) -> bool:
        """Whether it is part of the program (not of its tests or its set-up)."""
        return self.path.startswith("thidua_desktop/")

    @property
    def in_tests(self) -> bool:
        """Whether it is part of the tests."""
        return self.path.startswith("tests/")

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, FUNCTION))

    def calls(self) -> Iterator[ast.Call]:
        """Every call."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))


def parse(path: str, text: str) -> Module:
    """A module from its text."""
    return Module(path, text, ast.parse(text, filename=path))


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the tree."""
    found = (path for folder in CODE_FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(parse(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in found)


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """(path, text) of every text file of the tree, Python files included."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    found += [path for folder in TEXT_FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    wanted = (path for path in sorted(found) if path.suffix in TEXT_ENDINGS)
    return tuple((path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in wanted)


def length(node: Function) -> int:
    """Lines from ``def`` to the end, decorators left out."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def strings(tree: ast.Module) -> Iterator[str]:
    """Every string of the code that is not a docstring."""
    told = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTION)) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            assert isinstance(first, ast.Expr)
            told.add(id(first.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
