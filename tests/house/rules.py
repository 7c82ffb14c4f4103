"""The house rules that one Python file alone can break. Each rule gives its findings as ``path:line what``."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from tests.house.tree import FUNCTION, Function, Module, length

Rule = Callable[[Module], Iterator[str]]
FILE_LINES = 600
FUNCTION_LINES = 60
TEST_LINES = 40
VAGUE_NAMES = frozenset({"util", "utils", "helper", "helpers", "manager", "managers", "base", "common", "misc"})
# Written in two halves so that this file does not find itself.
LEFTOVERS = re.compile(
    r"\b(?:TO"
    r"DO|FIX"
    r"ME|XX"
    r"X|NotImplemented"
    r"Error|import"
    r"orskip)\b"
    r"|mark\.(?:sk"
    r"ip|xf"
    r"ail)|pytest\.(?:sk"
    r"ip|xf"
    r"ail)\b|pragma: no "
    r"cover"
)
# Dear at start-up: whoever needs one imports it inside the function that does.
HEAVY = frozenset(
    {
        "PySide6",
        "cryptography",
        "docx",
        "jinja2",
        "openpyxl",
        "pkcs11",
        "psycopg",
        "pyhanko",
        "pyrage",
        "python_calamine",
        "reportlab",
        "vietnam_provinces",
        "xlsxwriter",
    }
)
TEXT_MODE = re.compile(r"[rwxat+]+")
SMALL_METHOD = 5


def file_size(module: Module) -> Iterator[str]:
    """No file above 600 lines."""
    lines = module.text.count("\n")
    if lines > FILE_LINES:
        yield f"{module.path} has {lines} lines; at most {FILE_LINES}"


def function_size(module: Module) -> Iterator[str]:
    """No function above 60 lines, no test above 40."""
    for node in module.functions():
        limit = TEST_LINES if module.in_tests and node.name.startswith("test_") else FUNCTION_LINES
        if length(node) > limit:
            yield f"{module.path}:{node.lineno} {node.name} has {length(node)} lines; at most {limit}"


def ascii_names(module: Module) -> Iterator[str]:
    """Identifiers are English, so ASCII."""
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.NAME and not token.string.isascii():
            yield f"{module.path}:{token.start[0]} {token.string} is not ASCII"


def telling_names(module: Module) -> Iterator[str]:
    """A module's name says what is in it."""
    path = PurePosixPath(module.path)
    for part in (*path.parts[:-1], path.stem):
        if VAGUE_NAMES & set(part.split("_")):
            yield f"{module.path}: '{part}' tells nothing about its content"


def no_leftovers(module: Module) -> Iterator[str]:
    """Nothing is left for later, and no test is switched off."""
    for number, line in enumerate(module.text.splitlines(), start=1):
        found = LEFTOVERS.search(line)
        if found:
            yield f"{module.path}:{number} {found.group()}"


def no_print(module: Module) -> Iterator[str]:
    """Only the command line writes to the terminal; the rest logs or returns."""
    if not module.in_program or re.match(r"thidua_desktop/(cli\b|__main__)", module.path):
        return
    for call in module.calls():
        if isinstance(call.func, ast.Name) and call.func.id == "print":
            yield f"{module.path}:{call.lineno} print()"


def no_layout_items(module: Module) -> Iterator[str]:
    """No ``itemAt`` of a layout: PySide keeps what it gave of an item when the item is gone, and crashes later."""
    for call in module.calls() if module.in_program else ():
        if isinstance(call.func, ast.Attribute) and call.func.attr == "itemAt":
            yield f"{module.path}:{call.lineno} itemAt(); ui.components.showing.widgets_of tells what stands there"


def safe_looks(module: Module) -> Iterator[str]:
    """What people chose may lie on a stick that is pulled: whether it is there asks ``paths.is_there``, or who catches
    the fault."""
    if not module.path.startswith(("thidua_desktop/ui/", "thidua_desktop/services/")):
        return
    for call in unguarded_calls(module.tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"is_dir", "is_file", "exists"} and not call.args:
            yield f"{module.path}:{call.lineno} {call.func.attr}() outside a try for OSError; use paths.is_there"


def unguarded_calls(node: ast.AST) -> Iterator[ast.Call]:
    """The calls below ``node`` whose OSError nobody catches around them in the same file."""
    if isinstance(node, ast.Call):
        yield node
    caught: list[ast.expr | None] = []
    if isinstance(node, ast.Try):
        caught = [one.type for one in node.handlers]
    elif isinstance(node, ast.With):
        caught = [one.context_expr for one in node.items]
    guards = any("OSError" in ast.unparse(one) for one in caught if one is not None)
    for child in ast.iter_child_nodes(node):
        if not (guards and isinstance(node, ast.Try | ast.With) and child in node.body):
            yield from unguarded_calls(child)


def stated_encoding(module: Module) -> Iterator[str]:
    """Text is read and written as UTF-8, said in words: Windows would take another encoding."""
    for call in module.calls():
        if lacks_encoding(call):
            yield f"{module.path}:{call.lineno} text opened without encoding="


def lacks_encoding(call: ast.Call) -> bool:
    """Whether a call opens text and leaves the encoding to the machine."""
    if any(keyword.arg in {"encoding", None} for keyword in call.keywords):
        return False
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    if isinstance(call.func, ast.Name):
        return call.func.id == "open" and not is_binary((modes or call.args[1:2] or [None])[0])
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in {"read_text", "write_text"}:
        return len(call.args) < (1 if call.func.attr == "read_text" else 2)
    mode = (modes or call.args[:1] or [None])[0]
    is_mode = isinstance(mode, ast.Constant) and isinstance(mode.value, str) and TEXT_MODE.fullmatch(mode.value)
    return call.func.attr == "open" and bool(is_mode)


def is_binary(mode: ast.expr | None) -> bool:
    """Whether a mode is a literal for binary files, or cannot be known."""
    if mode is None:
        return False
    return not isinstance(mode, ast.Constant) or "b" in str(mode.value)


def late_heavy_imports(module: Module) -> Iterator[str]:
    """Use cases and commands start without the heavy libraries."""
    if not re.match(r"thidua_desktop/(services/|cli\b|app\.py|__main__)", module.path):
        return
    for node in imports_at_start(module.tree.body):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        for name in names:
            if name.partition(".")[0] in HEAVY:
                yield f"{module.path}:{node.lineno} imports {name} when the program starts"


def imports_at_start(statements: list[ast.stmt]) -> Iterator[ast.Import | ast.ImportFrom]:
    """The imports that run when a module is imported; those for type checkers alone are left out."""
    for statement in statements:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield statement
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            yield from imports_at_start(statement.orelse)
        elif not isinstance(statement, FUNCTION):
            for part in ("body", "orelse", "finalbody"):
                yield from imports_at_start(getattr(statement, part, []))


def docstrings(module: Module) -> Iterator[str]:
    """Modules, public classes and public functions say what they are for.

    Free of it: methods of a few lines, methods of classes with a parent (the parent says it), Qt's own camelCase names.
    """
    if not module.in_program:
        return
    if module.tree.body and ast.get_docstring(module.tree) is None:
        yield f"{module.path}:1 module without docstring"
    for node in module.tree.body:
        if isinstance(node, (ast.ClassDef, *FUNCTION)) and not node.name.startswith("_"):
            yield from undocumented(module, node)


def undocumented(module: Module, node: ast.ClassDef | Function) -> Iterator[str]:
    """What lacks a docstring in one public definition."""
    if ast.get_docstring(node) is None:
        yield f"{module.path}:{node.lineno} {node.name} without docstring"
    if not isinstance(node, ast.ClassDef) or node.bases:
        return
    for method in node.body:
        if not isinstance(method, FUNCTION) or method.name.startswith("_") or not method.name.islower():
            continue
        if length(method) > SMALL_METHOD and ast.get_docstring(method) is None:
            yield f"{module.path}:{method.lineno} {node.name}.{method.name} without docstring"


RULES: tuple[Rule, ...] = (
    file_size,
    function_size,
    ascii_names,
    telling_names,
    no_leftovers,
    no_print,
    no_layout_items,
    safe_looks,
    stated_encoding,
    late_heavy_imports,
    docstrings,
)
