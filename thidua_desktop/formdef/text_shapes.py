"""Which names a text may reach: shapes of names, and a walk over a parsed text that finds what is not there.

A shape says what stands behind a name: which attributes it has, what a loop over it gives. The walk follows loops and
assignments, so ``{% for row in rows("agenda") %}{{ row.subject }}`` is checked against the columns of ``agenda``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import nodes


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a value. ``each``: what a loop over it gives; ``open``: nothing is known, everything goes."""

    attributes: Mapping[str, Shape] = field(default_factory=dict)
    each: Shape | None = None
    open: bool = False


TEXT = Shape()
ANYTHING = Shape(open=True)
Calls = Mapping[str, Mapping[tuple[str, ...], Shape]]
"""Functions of a text: what each gives for the literal arguments that it takes."""

_SAME = frozenset({"sort", "list", "unique", "reverse", "selectattr", "rejectattr", "select", "reject", "distinct"})
_ONE = frozenset({"first", "last", "min", "max", "random"})
_BY_ATTRIBUTE = frozenset(
    {"map", "sort", "sum", "unique", "selectattr", "rejectattr", "groupby", "min", "max", "distinct"}
)
_FIRST_IS_ATTRIBUTE = frozenset({"selectattr", "rejectattr", "groupby"})


def texts(names: Mapping[str, object]) -> Shape:
    """A value with plain attributes."""
    return Shape(dict.fromkeys(names, TEXT))


def unknown_names(tree: nodes.Template, names: Mapping[str, Shape], calls: Calls) -> list[str]:
    """Every name, attribute and call in a text that is not among ``names`` and ``calls``, sorted, each once."""
    from jinja2 import meta

    walk = _Walk(calls)
    walk.visit(tree, dict(names))
    undeclared = meta.find_undeclared_variables(tree) - set(names) - set(calls)
    return sorted(undeclared | walk.unknown)


class _Walk:
    """One walk over one text; ``scope`` is what names stand for at the place where the walk is."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self.unknown: set[str] = set()

    def visit(self, node: nodes.Node, scope: dict[str, Shape]) -> None:
        """A statement, or anything with expressions in it."""
        from jinja2 import nodes

        if isinstance(node, nodes.For):
            self._loop(node, scope)
        elif isinstance(node, nodes.Assign):
            given = self.shape(node.node, scope)
            scope.update(dict.fromkeys(_targets(node.target), ANYTHING))
            if isinstance(node.target, nodes.Name):
                scope[node.target.name] = given
        elif isinstance(node, nodes.Expr):
            self.shape(node, scope)
        else:
            for child in node.iter_child_nodes():
                self.visit(child, scope)

    def _loop(self, node: nodes.For, scope: dict[str, Shape]) -> None:
        from jinja2 import nodes

        listed = self.shape(node.iter, scope)
        inner = {**scope, "loop": ANYTHING, **dict.fromkeys(_targets(node.target), ANYTHING)}
        if isinstance(node.target, nodes.Name) and listed.each is not None:
            inner[node.target.name] = listed.each
        for part in (*([node.test] if node.test else []), *node.body):
            self.visit(part, inner)
        for part in node.else_:
            self.visit(part, scope)

    def shape(self, node: nodes.Node, scope: dict[str, Shape]) -> Shape:
        """What an expression stands for; notes on the way what it must not reach for."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return scope.get(node.name, ANYTHING)
        if isinstance(node, nodes.Getattr):
            return self._reach(self.shape(node.node, scope), node.node, node.attr)
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Call):
            return self._call(node, scope)
        if isinstance(node, nodes.Filter):
            return self._filter(node, scope)
        for child in node.iter_child_nodes():
            self.shape(child, scope)
        return ANYTHING

    def _reach(self, owner: Shape, node: nodes.Node, name: str) -> Shape:
        if owner.open:
            return ANYTHING
        if name not in owner.attributes:
            self.unknown.add(f"{_path(node)}.{name}")
            return ANYTHING
        return owner.attributes[name]

    def _item(self, node: nodes.Getitem, scope: dict[str, Shape]) -> Shape:
        from jinja2 import nodes

        owner = self.shape(node.node, scope)
        self.shape(node.arg, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._reach(owner, node.node, node.arg.value)
        if owner.each is None:
            return ANYTHING
        return owner if isinstance(node.arg, nodes.Slice) else owner.each

    def _call(self, node: nodes.Call, scope: dict[str, Shape]) -> Shape:
        from jinja2 import nodes

        for given in (*node.args, *node.kwargs):
            self.shape(given, scope)
        called = node.node
        if isinstance(called, nodes.Name) and called.name in self.calls:
            return self._named_call(called.name, node)
        if isinstance(called, nodes.Getattr) and hasattr(str, called.attr) and not called.attr.startswith("_"):
            owner = self.shape(called.node, scope)
            if not owner.open and owner.each is None and called.attr not in owner.attributes:
                return TEXT  # a word of Python's text, on a text
        self.shape(called, scope)
        return ANYTHING

    def _named_call(self, name: str, node: nodes.Call) -> Shape:
        """``fig("name")``: as many literals as the function takes, and such that it knows."""
        from jinja2 import nodes

        values = [given.value for given in node.args if isinstance(given, nodes.Const)]
        if len(values) != len(node.args) or not values or node.kwargs:
            self.unknown.add(f"{name}(…)")
            return ANYTHING
        found = self.calls[name].get(tuple(values))
        if found is None:
            self.unknown.add(f"{name}({', '.join(map(repr, values))})")
            return ANYTHING
        return found

    def _filter(self, node: nodes.Filter, scope: dict[str, Shape]) -> Shape:
        from jinja2 import nodes

        inner = self.shape(node.node, scope) if node.node is not None else ANYTHING
        for given in (*node.args, *node.kwargs):
            self.shape(given, scope)
        if node.name in _BY_ATTRIBUTE and inner.each is not None:
            named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
            named += node.args[:1] if node.name in _FIRST_IS_ATTRIBUTE else []
            named += node.args if node.name == "distinct" else []
            for value in named:
                if isinstance(value, nodes.Const):
                    self._dotted(inner.each, str(value.value))
        if node.name in _SAME:
            return inner
        return inner.each or ANYTHING if node.name in _ONE else ANYTHING

    def _dotted(self, owner: Shape, path: str) -> None:
        for name in path.split("."):
            if owner.open:
                return
            if name not in owner.attributes:
                self.unknown.add(f"….{path}")
                return
            owner = owner.attributes[name]


def _targets(node: nodes.Node) -> Iterator[str]:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        yield node.name
    for found in node.find_all(nodes.Name):
        yield found.name


def _path(node: nodes.Node) -> str:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return "…"
