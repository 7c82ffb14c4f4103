"""How a person keeps a list: named filters in their order, and which columns stand in which order.

Kept in the office file, because a filter may name a residential area or a person; nobody else at the desk sees it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.services.session import Session
from thidua_desktop.text import clean, fold

LONGEST_NAME = 60
MOST_VIEWS = 40


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter under a name; ``state`` is what the filter bar gave (JSON-able)."""

    name: str
    state: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Columns by field name: ``order`` from the left, and those shown or hidden by hand, the last choice last;
    ``widths`` given by hand, in pixels at a text size of 100 %."""

    order: tuple[str, ...] = ()
    shown: Mapping[str, bool] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)


def saved_views(session: Session, register: str) -> list[SavedView]:
    """This person's filters of a register, in the order in which they were saved."""
    return [SavedView(str(one["name"]), one["state"]) for one in _kept(session, register).get("views", [])]


def save_view(session: Session, register: str, name: str, state: Mapping[str, Any]) -> SavedView:
    """Keep a filter; one of that name (case and marks aside) is replaced at its place.

    Raises TD-UI-063 for a name that is empty or too long, 064 when there are too many.
    """
    made = SavedView(_checked(name), dict(state))
    views = saved_views(session, register)
    at = _place(views, made.name)
    if at is None and len(views) >= MOST_VIEWS:
        raise UserError("TD-UI-064", most=MOST_VIEWS)
    if at is None:
        views.append(made)
    else:
        views[at] = made
    _keep(session, register, views)
    return made


def rename_view(session: Session, register: str, name: str, new_name: str) -> None:
    """Give a filter another name; raises TD-UI-063, and 065 when another one has it."""
    views, wanted = saved_views(session, register), _checked(new_name)
    at, other = _place(views, name), _place(views, wanted)
    if at is None:
        return
    if other is not None and other != at:
        raise UserError("TD-UI-065", name=views[other].name)
    views[at] = replace(views[at], name=wanted)
    _keep(session, register, views)


def put_first(session: Session, register: str, name: str) -> None:
    """Let a filter stand before the others; nothing happens when there is none of that name."""
    views = saved_views(session, register)
    at = _place(views, name)
    if at is not None:
        views.insert(0, views.pop(at))
        _keep(session, register, views)


def put_back(session: Session, register: str, views: Sequence[SavedView]) -> None:
    """All filters of a register as they were before something was done with them."""
    _keep(session, register, views)


def delete_view(session: Session, register: str, name: str) -> None:
    """Forget a filter; nothing happens when there is none of that name."""
    views = saved_views(session, register)
    at = _place(views, name)
    if at is not None:
        del views[at]
        _keep(session, register, views)


def column_choice(session: Session, register: str) -> ColumnChoice:
    """Which columns this person wants, in which order; empty: as the definition says."""
    kept = _kept(session, register).get("columns", {})
    return ColumnChoice(tuple(kept.get("order", ())), dict(kept.get("shown", {})), dict(kept.get("widths", {})))


def keep_columns(session: Session, register: str, choice: ColumnChoice) -> None:
    """Keep the choice for the next start; an empty one is forgotten."""
    kept = _kept(session, register)
    kept.pop("columns", None)
    if choice.order or choice.shown or choice.widths:
        shown = [[name, on] for name, on in choice.shown.items()]
        kept["columns"] = {"order": list(choice.order), "shown": shown, "widths": dict(choice.widths)}
    session.file.settings.put(_setting(session, register), kept or None)


def _checked(name: str) -> str:
    tidy = clean(name)
    if not tidy or len(tidy) > LONGEST_NAME:
        raise UserError("TD-UI-063", most=LONGEST_NAME)
    return tidy


def _place(views: Sequence[SavedView], name: str) -> int | None:
    return next((at for at, one in enumerate(views) if fold(one.name) == fold(name)), None)


def _keep(session: Session, register: str, views: Sequence[SavedView]) -> None:
    kept = _kept(session, register)
    kept.pop("views", None)
    if views:
        kept["views"] = [{"name": one.name, "state": dict(one.state)} for one in views]
    session.file.settings.put(_setting(session, register), kept or None)


def _kept(session: Session, register: str) -> dict[str, Any]:
    session.register(register)
    return dict(session.file.settings.get(_setting(session, register), {}))


def _setting(session: Session, register: str) -> str:
    return f"list.{session.user.login}.{register}"
