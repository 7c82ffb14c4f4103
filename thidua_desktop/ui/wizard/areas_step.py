"""Step 3: the residential areas, typed, pasted from Excel or read from a file; may be left for later."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from thidua_desktop.errors import UserError
from thidua_desktop.services.area_lists import AreaDrafts, areas_from_text, areas_from_xlsx
from thidua_desktop.services.remembered_folders import Files
from thidua_desktop.services.setup_flow import AnswerProblem, SetupFlow, area_kinds, usual_kind
from thidua_desktop.ui.components.buttons import bordered, borderless
from thidua_desktop.ui.components.cards import Card
from thidua_desktop.ui.components.choices import ChoiceBox
from thidua_desktop.ui.components.fields import Notice
from thidua_desktop.ui.components.file_choice import file_to_open
from thidua_desktop.ui.components.labels import caption
from thidua_desktop.ui.components.states import State
from thidua_desktop.ui.components.wrap_row import WrapRow
from thidua_desktop.ui.look.theme import Look
from thidua_desktop.ui.show_error import show_error
from thidua_desktop.ui.wizard.areas_grid import NAME, AreasGrid, AreasModel
from thidua_desktop.ui.wizard.step_page import StepPage

_SHOWN = 3
_FILES = "Bảng tính (*.xlsx *.xls *.csv)"


class AreasStep(StepPage):
    """The grid with its three ways in."""

    def __init__(self, look: Look, flow: SetupFlow) -> None:
        super().__init__(
            look,
            flow,
            "Khu dân cư",
            "Gõ vào bảng, hoặc chép cột tên (và số hộ) trong Excel rồi dán. Có thể để trống và ghi sau trong sổ.",
        )
        self.model = AreasModel(usual_kind(flow.answers.unit))
        self.grid = AreasGrid(look, self.model)
        self._add_tools()
        self.notice = Notice(look, State.INFO, "")
        self.notice.hide()
        self.column.addWidget(self.notice)
        card = Card(look, flush=True)
        card.add(self.grid, 1)
        look.follow(card, lambda: card.setMinimumHeight(look.px(230)))
        self.column.addWidget(card, 1)
        self.count = caption("")
        self.column.addWidget(self.count)
        self.model.edited.connect(self._on_edited)
        self.grid.pasted.connect(self.paste)

    def _add_tools(self) -> None:
        look = self.look
        self.kind = ChoiceBox(look, "Loại của dòng mới", area_kinds(), self.model.kind)
        self.kind.currentIndexChanged.connect(lambda _at: self.model.set_kind(str(self.kind.chosen())))
        self.paste_button = bordered(look, "Dán từ Excel", "clipboard-paste", "Ctrl+V")
        self.paste_button.clicked.connect(self.paste)
        self.read_button = bordered(look, "Đọc tệp Excel", "file-spreadsheet")
        self.read_button.clicked.connect(self._ask_file)
        self.remove_button = borderless(look, "Xóa dòng", "trash-2")
        self.remove_button.clicked.connect(self.grid.remove_chosen)
        row = WrapRow(look)
        for widget in (self.kind, self.paste_button, self.read_button, self.remove_button):
            row.add(widget)
        self.column.addWidget(row)

    def enter(self) -> None:
        if self.model.answers() != self.flow.answers.areas:
            self.model.set_answers(self.flow.answers.areas)
        if not self.flow.answers.areas:
            self.kind.choose(usual_kind(self.flow.answers.unit))
        self._show_count()
        last = self.model.index(self.model.rowCount() - 1, NAME)
        self.grid.setCurrentIndex(last)

    def leave(self) -> None:
        self.grid.commit_open_editor()
        self.flow.change(areas=self.model.answers())

    def first_field(self) -> QWidget | None:
        return self.grid

    def paste(self) -> None:
        """Rows from the clipboard, below those that are there."""
        self._take(areas_from_text(QGuiApplication.clipboard().text(), self.model.kind), "Bảng nhớ")

    def read_file(self, path: Path) -> None:
        """Rows from a spreadsheet; a file that cannot be read is said in its own sentence."""
        try:
            drafts = areas_from_xlsx(path, self.model.kind)
        except UserError as error:
            show_error(self.look, error, self)
            return
        self._take(drafts, path.name)

    def show_problems(self, problems: list[AnswerProblem]) -> None:  # type: ignore[override]
        self.model.set_problems(self.flow.area_problems())
        rows = sorted(self.flow.area_problems())
        if problems and rows:
            self.grid.setCurrentIndex(self.model.index(rows[0], NAME))
            self.grid.setFocus()

    def _ask_file(self) -> None:
        path = file_to_open(self, "Đọc danh sách khu dân cư", _FILES, Files.TABLES)
        if path is not None:
            self.read_file(path)

    def _take(self, drafts: AreaDrafts, source: str) -> None:
        self.flow.change(areas=self.model.answers())
        came = self.flow.add_areas(drafts)
        self.model.set_answers(self.flow.answers.areas)
        self._after_change()
        texts = [problem.text for problem in drafts.problems]
        more = f" Còn {len(texts) - _SHOWN} điều khác." if len(texts) > _SHOWN else ""
        if not drafts.areas:
            self._tell(State.WARN, "Không thấy tên khu dân cư nào.", f"{source} phải có ít nhất một cột tên.")
        elif texts:
            self._tell(State.WARN, f"Đã thêm {came} khu dân cư.", " ".join(texts[:_SHOWN]) + more)
        else:
            double = len(drafts.areas) - came
            self._tell(State.OK, f"Đã thêm {came} khu dân cư.", f"{double} dòng đã có sẵn, bỏ qua." if double else "")

    def _tell(self, state: State, name: str, sentence: str) -> None:
        self.notice.set_notice(state, name, sentence)
        self.notice.show()

    def _on_edited(self) -> None:
        self.flow.change(areas=self.model.answers())
        self._after_change()

    def _after_change(self) -> None:
        self.model.set_problems(self.flow.area_problems())
        self._show_count()
        self.changed.emit()

    def _show_count(self) -> None:
        filled = sum(not area.empty for area in self.flow.answers.areas)
        wrong = self.flow.area_problems()
        text = f"{filled} khu dân cư" if filled else "Chưa ghi khu dân cư nào; có thể bấm Tiếp tục"
        first = next((f". Dòng {row + 1}: {sentence}" for row, sentence in wrong.items()), "")
        self.count.setText(f"{text}, {len(wrong)} dòng cần sửa{first}" if wrong else text)
