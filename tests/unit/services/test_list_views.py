"""Filters under names and the choice of columns: of one person, of one register, kept in the office file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from thidua_desktop.errors import UserError
from thidua_desktop.services.list_views import (
    MOST_VIEWS,
    ColumnChoice,
    column_choice,
    delete_view,
    keep_columns,
    rename_view,
    save_view,
    saved_views,
)
from thidua_desktop.services.session import Session, User

REGISTER = "movement_activity"


def _names(session: Session) -> list[str]:
    return [view.name for view in saved_views(session, REGISTER)]


def test_filters_keep_name_order_and_content(session: Session) -> None:
    save_view(session, REGISTER, "  Tuần tra  ", {"text": "tuan tra", "chosen": {"kind": ["patrol", "Tuần tra"]}})
    save_view(session, REGISTER, "Của Tân Lập", {})
    save_view(session, REGISTER, "tuần TRA", {"text": "đổi"})
    assert _names(session) == ["tuần TRA", "Của Tân Lập"]
    assert saved_views(session, REGISTER)[0].state == {"text": "đổi"}
    rename_view(session, REGISTER, "tuan tra", "Đêm")
    delete_view(session, REGISTER, "của tân lập")
    delete_view(session, REGISTER, "không có")
    assert _names(session) == ["Đêm"]


def test_they_belong_to_a_person_and_a_register(session: Session) -> None:
    save_view(session, REGISTER, "Của tôi", {})
    other = replace(session, user=User("khac", "Người khác", session.user.role))
    assert saved_views(other, REGISTER) == [] and saved_views(session, "household") == []


def test_names_are_checked(session: Session) -> None:
    for name in ("   ", "x" * 61):
        with pytest.raises(UserError, match="TD-UI-063"):
            save_view(session, REGISTER, name, {})
    for number in range(MOST_VIEWS):
        save_view(session, REGISTER, f"Bộ lọc {number}", {})
    with pytest.raises(UserError, match="TD-UI-064"):
        save_view(session, REGISTER, "một bộ nữa", {})
    with pytest.raises(UserError, match="TD-UI-065"):
        rename_view(session, REGISTER, "Bộ lọc 1", "bộ lọc 2")
    assert len(_names(session)) == MOST_VIEWS


def test_columns_are_kept_beside_the_filters(session: Session) -> None:
    assert column_choice(session, REGISTER) == ColumnChoice()
    save_view(session, REGISTER, "Đêm", {})
    choice = ColumnChoice(("title", "held_on"), {"kind": False})
    keep_columns(session, REGISTER, choice)
    assert column_choice(session, REGISTER) == choice and _names(session) == ["Đêm"]
    keep_columns(session, REGISTER, ColumnChoice())
    assert column_choice(session, REGISTER) == ColumnChoice() and _names(session) == ["Đêm"]
