"""The first start without a window: what is asked in which order, what is wrong with an answer, where the file goes.

``SetupFlow`` holds the answers while a person walks through the steps; it knows no widget, so that every rule of the
wizard is tested without one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path

from thidua_desktop.errors import UserError
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.paths import is_there
from thidua_desktop.services import file_places, offices, units
from thidua_desktop.services.area_lists import KIND_CATALOG, AreaDrafts
from thidua_desktop.services.handoff.kinds import OFFICE_ENDING as ENDING
from thidua_desktop.services.offices import CreatedOffice, KeyCost, NewArea, NewOffice
from thidua_desktop.services.password_rules import PasswordRule, password_rules
from thidua_desktop.services.session import Clock
from thidua_desktop.services.units import Unit
from thidua_desktop.text import clean, fold, lower_first, match_key, parse_number

MOST_UNITS = 200
"""Units listed at once; more are of no use to anybody."""


class Step(IntEnum):
    """The steps in their order."""

    NOTICE = 0
    UNIT = 1
    LETTERHEAD = 2
    AREAS = 3
    PERSON = 4
    SHEET = 5


STEP_TITLES: dict[Step, str] = {
    Step.NOTICE: "Trước khi bắt đầu",
    Step.UNIT: "Đơn vị",
    Step.LETTERHEAD: "Đầu giấy tờ",
    Step.AREAS: "Khu dân cư",
    Step.PERSON: "Người dùng, nơi lưu",
    Step.SHEET: "Phiếu khôi phục",
}


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """What keeps a step from being done: the field it belongs to and a sentence that says what to do."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """One line of the grid as it was typed: ``kind`` a code of ``area_kind``, ``households`` the typed text."""

    kind: str
    name: str
    households: str = ""

    @property
    def empty(self) -> bool:
        """Nothing was typed (the kind stands there by itself)."""
        return not clean(self.name) and not clean(self.households)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupAnswers:
    """Everything that was answered so far."""

    province: bool = False
    unit: Unit | None = None
    typed_unit: bool = False  # a commune that the list does not have
    header_parent: str = ""
    header_issuer: str = ""
    place: str = ""
    symbol_suffix: str = "UBND"
    areas: tuple[AreaAnswer, ...] = ()
    user_name: str = ""
    login: str = ""
    password: str = ""
    again: str = ""
    path: str = ""


class SetupFlow:
    """The walk through the steps; ``documents`` is the folder that new offices are offered to be kept in."""

    def __init__(self, documents: Path, clock: Clock | None = None) -> None:
        self.answers = SetupAnswers()
        self.step = Step.NOTICE
        self.made: CreatedOffice | None = None
        self.sheet_kept = False
        self._documents = documents
        self._clock = clock
        self._own_path = False
        self._own_login = False

    # Answers

    def change(self, **answers: object) -> None:
        """Take answers as they are typed; the login follows the name until it is typed itself."""
        self._own_path = self._own_path or "path" in answers
        if "login" in answers:
            self._own_login = bool(clean(str(answers["login"])))
        self.answers = replace(self.answers, **answers)  # type: ignore[arg-type]
        if not self._own_login:
            self.answers = replace(self.answers, login=offices.suggested_login(self.answers.user_name))

    def choose_desk(self, province: bool) -> None:
        """Commune or province desk; a unit of the other kind is forgotten."""
        unit = self.answers.unit
        self.change(province=province)
        if unit is not None and unit.is_province != province:
            self.answers = replace(self.answers, unit=None)

    def choose_unit(self, unit: Unit) -> None:
        """The unit, with the letterhead and file name that its name makes."""
        if unit == self.answers.unit:
            return
        self.answers = replace(self.answers, unit=unit, province=unit.is_province, typed_unit=False)
        head = offices.identity_of(unit, _bare_office(unit))
        self.change(
            header_parent=head.header_parent,
            header_issuer=head.header_issuer,
            place=head.place,
            symbol_suffix=head.symbol_suffix,
        )
        if not self._own_path:
            self.answers = replace(self.answers, path=str(self.suggested_path(unit)))

    def type_unit(self, code: str, name: str, province: str) -> str:
        """A commune that the list does not have, by code, full name and province; what is wrong with it, "" if nothing.

        While something is, no unit is chosen.
        """
        if not province:
            self.answers = replace(self.answers, unit=None, typed_unit=False)
            return "Chọn tỉnh, thành phố của đơn vị."
        try:
            self.choose_unit(units.new_unit(code, name, province))
        except UserError as error:
            self.answers = replace(self.answers, unit=None, typed_unit=False)
            return f"{error.sentence} {error.remedy}"
        self.answers = replace(self.answers, typed_unit=True)
        return ""

    def suggested_path(self, unit: Unit) -> Path:
        """A file in the documents folder, named after the unit; a number is added while the name is taken."""
        name = fold(unit.name).replace("'", "").replace(" ", "-")
        name = re.sub(r"[^a-z0-9-]", "", name) or "van-phong"
        folder = self._documents / "Thi dua"
        numbered = [f"{name}{ENDING}", *(f"{name}-{number}{ENDING}" for number in range(2, 100))]
        return next((folder / each for each in numbered if not is_there(folder / each)), folder / numbered[0])

    def add_areas(self, drafts: AreaDrafts) -> int:
        """Put areas that were pasted or read below those in the grid, those already there left out; how many came."""
        kept = [area for area in self.answers.areas if not area.empty]
        known = {(area.kind, match_key(area.name)) for area in kept}
        fresh = [
            AreaAnswer(draft.kind, draft.name, "" if draft.households is None else str(draft.households))
            for draft in drafts.areas
            if (draft.kind, match_key(draft.name)) not in known
        ]
        self.change(areas=(*kept, *fresh))
        return len(fresh)

    # Steps

    def problems(self, step: Step | None = None) -> list[AnswerProblem]:
        """What is missing or wrong at a step (the present one by default); empty when one may go on."""
        at = self.step if step is None else step
        if at is Step.UNIT:
            return self._unit_problems()
        if at is Step.LETTERHEAD:
            return self._letterhead_problems()
        if at is Step.AREAS:
            return [AnswerProblem(f"row[{row}]", text) for row, text in self.area_problems().items()]
        if at is Step.PERSON:
            return self._person_problems()
        if at is Step.SHEET and not self.sheet_kept:
            return [AnswerProblem("sheet_kept", "In phiếu, cất vào tủ có khóa rồi đánh dấu vào ô xác nhận.")]
        return []

    def steps(self) -> tuple[Step, ...]:
        """The steps of this desk: a province keeps no residential areas."""
        return tuple(step for step in Step if not (self.answers.province and step is Step.AREAS))

    def next(self) -> bool:
        """Go on if nothing is missing; whether one did. The office is made on leaving ``PERSON`` (``create``)."""
        if self.problems() or self.step is Step.SHEET:
            return False
        if self.step is Step.PERSON and self.made is None:
            return False
        self.step = self._neighbour(1)
        return True

    def back(self) -> bool:
        """Go back one step; not from the first one, and not once the office is made."""
        if self.step is Step.NOTICE or self.made is not None:
            return False
        self.step = self._neighbour(-1)
        return True

    def area_problems(self) -> dict[int, str]:
        """Row (from 0) -> what is wrong with it; the grid may be empty."""
        found: dict[int, str] = {}
        seen: dict[tuple[str, str], int] = {}
        for row, area in enumerate(self.answers.areas):
            if area.empty:
                continue
            key = (area.kind, match_key(area.name))
            number = parse_number(area.households) if clean(area.households) else 0
            if not clean(area.name):
                found[row] = "Chưa có tên khu dân cư."
            elif not isinstance(number, int) or number < 0:
                found[row] = f"Số hộ “{area.households.strip()}” phải là số nguyên, ví dụ 125."
            elif key in seen:
                found[row] = f"Trùng với dòng {seen[key] + 1}: xóa một trong hai dòng."
            seen.setdefault(key, row)
        return found

    def password_rules(self) -> tuple[PasswordRule, ...]:
        """The rules of the password as sentences, each with whether it is kept now."""
        answers = self.answers
        office = answers.unit.name if answers.unit is not None else ""
        return password_rules(answers.password, answers.again, answers.login, answers.user_name, office)

    def path_warning(self) -> str:
        """A sentence when the folder is one that a cloud service copies away; empty otherwise."""
        if clean(self.answers.path) and file_places.cloud_of(Path(self.answers.path)):
            return "Thư mục này được dịch vụ đám mây đồng bộ: tệp sổ sẽ rời khỏi máy. Chọn thư mục khác."
        return ""

    # The office

    def new_office(self) -> NewOffice:
        """The answers as ``offices.create_office`` takes them."""
        answers = self.answers
        assert answers.unit is not None
        areas = [area for area in answers.areas if not area.empty]
        typed = answers.typed_unit
        return NewOffice(
            unit_code=answers.unit.code,
            unit_name=answers.unit.name if typed else "",
            unit_province=answers.unit.province_code if typed else "",
            province=answers.province,
            header_parent=answers.header_parent,
            header_issuer=answers.header_issuer,
            place=answers.place,
            symbol_suffix=answers.symbol_suffix,
            user_name=answers.user_name,
            login=answers.login,
            password=answers.password,
            areas=() if answers.province else tuple(_new_area(area) for area in areas),
        )

    def create(self, cost: KeyCost | None = None) -> CreatedOffice:
        """Make the office file (once) and go to the recovery sheet; UserError as ``offices.create_office``."""
        if self.made is None:
            self.take(self.make(cost))
        assert self.made is not None
        self.step = Step.SHEET
        return self.made

    def make(self, cost: KeyCost | None = None) -> CreatedOffice:
        """Make the office file from the answers, which may be done on another thread; the flow stays where it is."""
        path = _expanded(self.answers.path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise UserError("TD-ENV-002", path=str(path.parent)) from None
        return offices.create_office(path, self.new_office(), self._clock, cost)

    def take(self, made: CreatedOffice) -> None:
        """The office is made: go to the recovery sheet and forget the password."""
        self.made = made
        self.answers = replace(self.answers, password="", again="")
        self.step = Step.SHEET

    def _neighbour(self, way: int) -> Step:
        steps = self.steps()
        return steps[steps.index(self.step) + way]

    def _unit_problems(self) -> list[AnswerProblem]:
        unit = self.answers.unit
        if unit is None:
            wanted = "tỉnh, thành phố" if self.answers.province else "xã, phường, đặc khu"
            return [AnswerProblem("unit", f"Gõ một phần tên rồi chọn {wanted} trong danh sách.")]
        return []

    def _letterhead_problems(self) -> list[AnswerProblem]:
        answers, found = self.answers, []
        if not clean(answers.header_issuer):
            found.append(AnswerProblem("header_issuer", "Ghi tên cơ quan ban hành, ví dụ ỦY BAN NHÂN DÂN XÃ …"))
        if not clean(answers.place):
            found.append(AnswerProblem("place", "Ghi địa danh đứng trước ngày tháng trên giấy tờ."))
        if not clean(answers.symbol_suffix):
            found.append(AnswerProblem("symbol_suffix", "Ghi chữ viết tắt cơ quan trong số, ký hiệu, ví dụ UBND."))
        return found

    def _person_problems(self) -> list[AnswerProblem]:
        answers, found = self.answers, []
        if not clean(answers.user_name):
            found.append(AnswerProblem("user_name", "Nhập họ tên của cán bộ sẽ ghi sổ."))
        try:
            offices.check_login(answers.login)
        except UserError as error:
            found.append(AnswerProblem("login", error.remedy))
        broken = [rule.text for rule in self.password_rules() if not rule.kept]
        if broken:
            last = "again" if len(broken) == 1 and answers.password != answers.again else "password"
            found.append(AnswerProblem(last, f"Mật khẩu chưa dùng được: {lower_first(broken[0])}."))
        trouble = path_problem(answers.path)
        if trouble:
            found.append(AnswerProblem("path", trouble))
        return found


def usual_kind(unit: Unit | None) -> str:
    """The kind that residential areas of a unit most often have: tổ dân phố in a ward, thôn elsewhere."""
    return "to_dan_pho" if unit is not None and unit.kind == "phường" else "thon"


def area_kinds() -> list[tuple[str, str]]:
    """Codes and labels of the kinds of residential area."""
    return [(item.code, item.label) for item in load_definitions().catalogs[KIND_CATALOG].items]


_LONGEST_NAME = 200  # bytes of UTF-8: systems take 255, and the files beside it have longer names


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:  # "~" before a name that nobody here has
        return Path(path)


def path_problem(path: str) -> str:
    """Why an office file cannot be made at ``path``, with what to do; empty when it can."""
    if not clean(path):
        return "Chọn nơi lưu tệp sổ."
    target = _expanded(path)
    if target.suffix != ENDING:
        return f"Tên tệp sổ phải kết thúc bằng {ENDING}."
    if len(target.name.encode("utf-8", "replace")) > _LONGEST_NAME:
        return "Tên tệp sổ dài quá: đặt tên ngắn hơn."
    if not target.is_absolute():
        return "Ghi cả đường dẫn thư mục, hoặc bấm Chọn nơi lưu."
    if is_there(target):
        return f"Đã có tệp {target.name} ở đó: đặt tên khác, hoặc mở văn phòng đang có."
    return _place_problem(target)


def _place_problem(target: Path) -> str:
    try:
        file_places.require_own_disk(target)
        file_places.require_no_cloud(target)
    except UserError as refused:
        return refused.sentence
    folder = next((parent for parent in target.parents if is_there(parent)), Path())
    try:
        file_places.require_writing(folder)
    except OSError:
        return f"Không ghi được vào thư mục {folder}: chọn thư mục khác."
    return ""


def matching_units(text: str, province: bool, limit: int = MOST_UNITS) -> Sequence[Unit]:
    """Units of the desk's kind that match any part of ``text``; all provinces when nothing is typed."""
    if not clean(text):
        return units.provinces() if province else []
    found = units.find(text, limit=5_000)
    return [unit for unit in found if unit.is_province == province][:limit]


def _bare_office(unit: Unit) -> NewOffice:
    return NewOffice(unit_code=unit.code, user_name="", password="", province=unit.is_province)


def _new_area(area: AreaAnswer) -> NewArea:
    number = parse_number(area.households) if clean(area.households) else None
    return NewArea(area.kind, clean(area.name), number if isinstance(number, int) else None)
