"""A table declared by its columns says the same in every role."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from thidua_desktop.ui.components.delegates import CellRole
from thidua_desktop.ui.components.row_model import RowColumn, RowModel
from thidua_desktop.ui.components.tables import ColumnKind

ROLE = Qt.ItemDataRole
NAME = RowColumn("Xã", lambda one: one[0], bold=lambda one: one[1] > 5, about="Tên xã")
COUNT = RowColumn("Số", lambda one: str(one[1]), ColumnKind.NUMBER, hint=lambda one: f"{one[1]} việc")


def test_columns_say_text_weight_ink_and_hints(qtbot: QtBot) -> None:
    owner = QObject()
    model = RowModel(owner, (NAME, COUNT), hint=lambda one: one[0], quiet=lambda one: one[1] == 0)
    model.set_rows([("Ea Drăng", 7), ("Ea M'Doal", 0)])
    said = [[model.index(row, column).data(role) for role in (ROLE.DisplayRole, ROLE.ToolTipRole, CellRole.INK)]
            for row in (0, 1) for column in (0, 1)]  # fmt: skip
    assert said == [
        ["Ea Drăng", "Ea Drăng", None], ["7", "7 việc", None],
        ["Ea M'Doal", "Ea M'Doal", "text-2"], ["0", "0 việc", "text-2"],
    ]  # fmt: skip
    assert [model.index(row, 0).data(CellRole.BOLD) for row in (0, 1)] == [True, False]
    assert model.index(0, 1).data(CellRole.BOLD) is None


def test_heads_follow_the_columns_that_are_set(qtbot: QtBot) -> None:
    owner = QObject()
    model = RowModel(owner)
    assert model.columnCount() == 0 and model.headerData(0, Qt.Orientation.Horizontal) is None
    model.set_rows([("Ea Drăng", 7)], (NAME, COUNT))
    heads = [model.headerData(at, Qt.Orientation.Horizontal, role) for at in (0, 1)
             for role in (ROLE.DisplayRole, ROLE.ToolTipRole)]  # fmt: skip
    assert heads == ["Xã", "Tên xã", "Số", None]
    model.set_rows([("Ea Drăng", 8)])
    assert model.columnCount() == 2 and model.index(0, 1).data(ROLE.DisplayRole) == "8"
