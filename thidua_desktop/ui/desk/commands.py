"""What Ctrl+K finds besides records: rooms, new records, reports, papers, settings, and the buttons of the page.

A command is found by the beginnings of words of its title or of what else people call it, without diacritics.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from thidua_desktop.services import communes, due, own_unit, record_templates
from thidua_desktop.services.documents.guide import how_tos
from thidua_desktop.services.search_words import called as further_words
from thidua_desktop.services.session import Permission
from thidua_desktop.text import fold, lower_first, match_key, nfc, upper_first, without_apostrophes
from thidua_desktop.ui.components.page_head import PageHead
from thidua_desktop.ui.desk import rooms as desk_rooms
from thidua_desktop.ui.desk.province_commands import PROVINCE_CARDS, ROOM_WORDS, VIEWS
from thidua_desktop.ui.shell.rooms import HOW_HELP, Room, SearchGroup, SearchResult

if TYPE_CHECKING:
    from thidua_desktop.formdef.model import DocumentSpec
    from thidua_desktop.ui.desk.desk import Desk

PAGE, ROOMS, NEW, REPORTS, PAPERS, SETTINGS = "Ở trang này", "Mở", "Ghi mới", "Báo cáo", "Giấy tờ in", "Thiết đặt"
INDICATORS, ERRORS, STANDARDS = "Chỉ tiêu", "Mã lỗi", "Chấm, công nhận"
HELP, SPREADSHEETS, COMMUNES, NEAR = "Trợ giúp", "Nhập từ Excel", "Đơn vị", "Có thể là"
_WORKED_IN = (PAGE, ROOMS, NEW, REPORTS, STANDARDS, COMMUNES)
_SHOWN = 6  # of one group
_TELLING = 3  # letters of a beginning
_TELLING_AT_MOST = 7  # words of a request
_BEFORE_RECORDS = 2  # of those that only their further words name
_FILLERS = frozenset((
    "cac", "cach", "cai", "can", "cho", "cua", "de", "duoc", "la", "lam", "len", "minh", "mo", "muon", "nao", "nay",
    "nhu", "nhung", "qua", "ra", "sao", "the", "thi", "tim", "toi", "trong", "tu", "va", "vao", "ve", "xem",
))  # fmt: skip
"""Words, without marks, of a request that name nothing: "làm sao để nhập danh sách từ Excel"."""
_WRITING = ("ghi", "mới", "thêm", "lập", "tạo", "nhập", "soạn", "viết")
_TO_WRITE = _WRITING[0]
_REPORT = ["bao", "cao"]
_BOOK = ("sổ ", "so ", "danh sách ", "danh sach ")
"""How the name of what is to be opened begins: "sổ đề nghị khen thưởng", "danh sách hộ"."""
PERSON = "person"
ERROR_HELP = "error:"
"""How help keys of error codes begin."""
_CODE = re.compile(r"(?:(?:ma\s+)?loi\s+)?(?:td[-\s]*)?(?P<area>[a-z]{2,8})[-\s]*(?P<number>\d{1,3})", re.IGNORECASE)
_WORD = re.compile(r"[\w.'-]+")
_PUNCTUATION = ",.;:()“”\"'"  # names are typed as they are written: "An toàn về an ninh, trật tự"
_PLACE = re.compile(r"\{\w+[^}]*\}")
_folded, _keyed = lru_cache(maxsize=16_384)(fold), lru_cache(maxsize=16_384)(match_key)
"""Every letter asks eight hundred commands: what their words are without marks, or however spelt, is found out once."""
_TITLE_SAID, _TITLE_BEGINS, _TITLE_HOLDS, _CALLED_SO = range(4)

SETTING_CARDS = (
    ("backup", "Sao lưu", "database-backup"),
    ("check", "Kiểm tra tệp sổ", "shield-check"),
    ("recovery", "Phiếu khôi phục", "file-plus"),
    ("escrow", "Gửi tỉnh giữ hộ đường vào sổ", "key-round"),
    ("people", "Người dùng, đổi mật khẩu", "users"),
    ("log", "Nhật ký truy cập", "eye"),
    ("papers", "Đầu giấy tờ", "file-text"),
    ("signers", "Người ký", "signature"),
    ("look_card", "Màu và cỡ chữ", "type"),
    ("printer", "Máy in", "printer"),
    ("samples", "Mẫu giấy tờ", "file-text"),
    ("calendars", "Lịch báo cáo", "calendar-clock"),
    ("files", "Tệp đính kèm", "paperclip"),
    ("private", "Sổ riêng", "lock"),
    ("program", "Chương trình và máy này", "refresh-cw"),
    ("about", "Giới thiệu", "info"),
)
"""Cards of Quản trị by the name of their part of the page: title, icon."""
_MANAGED = frozenset({"log"})
"""Those that only who manages the office has."""


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that can be done: ``called`` are further words that find it, ``name`` what the sidebar calls it."""

    group: str
    title: str
    icon: str
    act: Callable[[], None]
    called: str = ""
    detail: str = ""
    name: str = ""
    first: bool = False
    """Stands before records by whatever name it is called: at the province they hold all words a hundred times."""


def command_groups(desk: Desk, text: str) -> tuple[list[SearchGroup], list[SearchGroup]]:
    """Commands whose title begins with the words, which stand before records; and the others, which stand after."""
    words = _words(text)
    if not words:
        return [], []
    codes = _grouped(list(_of_errors(desk, text)))
    if codes:
        return codes, []
    ranked = _best_said(list(commands_of(desk)), words)
    named = [command for rank, command in ranked if rank == _TITLE_SAID and command.group != INDICATORS]
    named += [command for rank, command in ranked if rank <= _TITLE_HOLDS and command.group in _WORKED_IN]
    named += [command for rank, command in ranked if rank == _TITLE_BEGINS and command.group != INDICATORS]
    named += _reports_called([command for _, command in ranked if command.group == REPORTS], words)
    named += [command for _, command in ranked if command.group == NEW and _is_to_be_written(command, words)]
    if len(words) > 1 and words[0] == _TO_WRITE:  # "ghi đặc xá": no record that holds the words is looked for
        written = [command for _, command in ranked if command.group == NEW]
        named += [command for _, command in _ranked(written, words[1:])]  # the word itself tells none of them apart
        named += written
    named += [command for _, command in ranked if command.first and _is_called(command, words)]
    named += _called_by_several(ranked, words)
    named = [] if _is_marked_otherwise(ranked, words) else list(dict.fromkeys(named))
    of_a_book = " ".join(words).startswith(_BOOK)
    reads = of_a_book or desk.session.is_province  # which reads what communes wrote, and seldom writes itself
    if reads and not any(_is_verb(word) for word in words[of_a_book:]):  # "so" begins "soạn" as well
        named.sort(key=lambda command: command.group == NEW)
    others = [command for _, command in ranked if command not in named]
    near = [] if ranked else _near(list(commands_of(desk)), words)
    return _grouped(named), [*_grouped(others), *([SearchGroup(NEAR, _results(near))] if near else [])]


def _is_marked_otherwise(ranked: list[tuple[int, Command]], words: list[str]) -> bool:
    """Whether one word was typed whose marks none of these has: "Đặng" is somebody's name before it is "đăng ký"."""
    return len(words) == 1 and not words[0].isascii() and all(_rank(one, words) is None for _, one in ranked)


def _best_said(known: list[Command], words: list[str]) -> list[tuple[int, Command]]:
    """What the words name, best first: as typed, or without marks, or without what a request says around its thing."""
    folded = [fold(word) for word in words]
    telling = [word for word in folded if word not in _FILLERS]
    for said in dict.fromkeys((tuple(words), tuple(folded), tuple(telling))):
        if said and (found := _ranked(known, list(said))):
            return found
    return []


def _near(known: list[Command], words: list[str]) -> list[Command]:
    """What all but one of the telling words name, where all together name nothing: "sửa tên tổ trưởng", a word
    misspelt, a word that is nobody's. Two have to be left, as one alone would name much that is not meant."""
    telling = list(dict.fromkeys(word for word in map(fold, words) if word not in _FILLERS))
    if not 2 < len(telling) <= _TELLING_AT_MOST:
        return []
    found = list[tuple[int, Command]]()
    for command in known:
        line = f"{_line(command.title)} {_line(command.called)}"
        said = [word for word in telling if f" {word}" in line]
        if len(said) == len(telling) - 1 and (rank := _rank(command, said)) is not None:
            found.append((rank, command))
    found.sort(key=lambda pair: (pair[1].group not in _WORKED_IN, pair[0]))
    return [command for _, command in found if command.group != INDICATORS]


def _reports_called(reports: list[Command], words: list[str]) -> list[Command]:
    """Who types "báo cáo" before a report's title means it, whatever records speak of reports and of that as well."""
    if len(words) <= len(_REPORT) or [fold(word) for word in words[: len(_REPORT)]] != _REPORT:
        return []
    more = words[len(_REPORT) :]
    return [one for one in reports if all(any(_begins(part, word) for part in _parts(one.title)) for word in more)][
        :_BEFORE_RECORDS
    ]


def _called_by_several(ranked: list[tuple[int, Command]], words: list[str]) -> list[Command]:
    """A few that words call without naming them: who types "danh sách hộ" means the book, whatever records hold these
    words as well; one word alone is to be typed whole. What stands before any record leaves them in sight."""
    alone = len(words) == 1
    if alone and len(words[0]) < _TELLING:
        return []
    places = (ROOMS, NEW, STANDARDS, SETTINGS, HELP)
    called = [command for rank, command in ranked if rank >= _TITLE_HOLDS and command.group in places]
    known = ((command, (*_parts(command.title), *_parts(command.called))) for command in called)
    whole = [command for command, parts in known if not alone or any(_is(part, words[0]) for part in parts)]
    return [command for command in whole if _is_called(command, words)][:_BEFORE_RECORDS]


def _is_called(command: Command, words: list[str]) -> bool:
    """Whether every word is one of the command's own, the last perhaps still being typed: "Phú Hòa" is a name, though
    "phức" and "hoạt" begin so."""
    known = (*_parts(command.title), *_parts(command.called))
    *said, last = [word for word in words if fold(word) not in _FILLERS] or words
    whole = all(any(_is(part, word) for part in known) for word in said)
    return whole and any(_begins(part, last) if len(last) >= _TELLING else _is(part, last) for part in known)


@lru_cache(maxsize=16_384)
def _parts(text: str) -> tuple[str, ...]:
    """The words of a title, or of what else people call a thing."""
    return tuple(_WORD.findall(without_apostrophes(text.lower())))


@lru_cache(maxsize=16_384)
def _line(text: str) -> str:
    """A title without marks, as it is written and word by word, a blank before each: what begins in none of its words
    is found out at once."""
    return f" {_folded(text.lower())} {' '.join(map(_folded, _parts(text)))}"


def _words(text: str) -> list[str]:
    """What was typed, or what a thing is called, word by word and without the signs around them."""
    return [word for typed in without_apostrophes(nfc(text).lower()).split() if (word := typed.strip(_PUNCTUATION))]


def _ranked(commands: list[Command], words: list[str]) -> list[tuple[int, Command]]:
    """Those that the words name, best first. There are hundreds of figures: they stand after what one works with."""
    begun = [f" {_folded(word)}" for word in _without_book(words)]
    fitting = [one for one in commands if all(word in _line(one.title) or word in _line(one.called) for word in begun)]
    found = [(rank, command) for command in fitting if (rank := _rank(command, words)) is not None]
    groups = list(dict.fromkeys(command.group for _, command in found))  # a list stays before its "ghi mới"
    whole = {id(command): _is_said_whole(command, words) for _, command in found}

    def place(pair: tuple[int, Command]) -> tuple[bool, int, int, bool, int]:
        rank, command = pair
        known = (*_parts(command.title), *_parts(command.called))
        unlike = sum(not any(_is(part, word) for part in known) for word in words)  # "hộ" is "hộ" before it is "hội"
        return command.group == INDICATORS, rank, groups.index(command.group), not whole[id(command)], unlike

    return sorted(found, key=place)


def _is_said_whole(command: Command, words: list[str]) -> bool:
    """Whether nothing of the title is left unsaid: "ghi mô hình" is the model before the model of another movement."""
    return all(any(_begins(part, word) for word in words) for part in _parts(command.title))


def _is_to_be_written(command: Command, words: list[str]) -> bool:
    """Whether besides its title only writing is spoken of: who adds "quá hạn" looks for what is there already."""
    title = _parts(command.title)
    more = [word for word in words if not any(_begins(part, word) for part in title)]
    return _is_said_whole(command, words) and all(map(_is_verb, more))


def _is_verb(word: str) -> bool:
    return any(_begins(verb, word) for verb in _WRITING)


def commands_of(desk: Desk) -> Iterator[Command]:
    """Everything that the person at the desk may do now."""
    yield from _of_page(desk)
    yield from _of_rooms(desk)
    yield from _of_registers(desk)
    yield from _of_spreadsheets(desk)
    yield from _of_reports(desk)
    yield from _of_assessments(desk)
    yield from _of_indicators(desk)
    for part, title, icon in SETTING_CARDS:
        if part in _MANAGED and not desk.session.may(Permission.MANAGE):
            continue
        act = partial(desk.window.open_room, desk_rooms.ADMIN, part)
        own = PROVINCE_CARDS.get(part, title) if desk.session.is_province else title
        yield Command(SETTINGS, own, icon, act, f"{further_words('settings', part)} quản trị thiết đặt", "Quản trị")
    if not desk.session.is_province and own_unit.predecessors(desk.session):
        act = partial(desk.window.open_room, desk_rooms.ADMIN, "unit")
        called = "sáp nhập chia tách sắp xếp đơn vị hành chính tiếp nhận"
        yield Command(SETTINGS, "Nhận bàn giao từ đơn vị cũ", "file-input", act, called, "Quản trị")
    yield from _of_the_guide(desk)
    yield Command(HELP, "Sổ tay cán bộ", "book-open", desk.show_guide, "trợ giúp hướng dẫn sử dụng in", "12 trang")
    yield Command(HELP, "Giải thích ô đang đứng", "circle-question-mark", desk.window.explain_focus, "trợ giúp", "F1")
    yield Command(HELP, "Hoàn tác việc vừa làm", "undo-2", desk.undo, "lấy lại xóa nhầm thùng rác", "Ctrl+Z")
    called = "lấy lại khôi phục xóa nhầm thùng rác đã xóa"
    yield Command(HELP, "Bản ghi đã xóa", "trash-2", desk.show_deleted, called, "lấy lại")
    yield Command(SETTINGS, "Khóa máy", "lock", desk.locked.emit, "đăng xuất thoát tắt máy mở sổ khác đổi sổ")
    yield Command(SETTINGS, "Chữ to hơn", "zoom-in", desk.look.larger, "cỡ chữ phóng", "Ctrl +")
    yield Command(SETTINGS, "Chữ nhỏ hơn", "type", desk.look.smaller, "cỡ chữ thu", "Ctrl -")


def _of_the_guide(desk: Desk) -> Iterator[Command]:
    """What is done within a list, a form or a paper: told beside the page that is shown."""
    for key, (title, _) in how_tos().items():
        act = partial(desk.window.explain, f"{HOW_HELP}{key}")
        yield Command(HELP, title, "circle-question-mark", act, further_words("how", key), "cách làm")


def _of_page(desk: Desk) -> Iterator[Command]:
    """The buttons in the head of the page that is shown."""
    page = desk.window.page()
    head = page.findChild(PageHead) if isinstance(page, QWidget) else None
    for button in head.buttons() if head is not None else ():
        if button.isEnabled() and button.text():
            yield Command(PAGE, button.text(), button.icon_name, button.click)


def _of_rooms(desk: Desk) -> Iterator[Command]:
    for room in leaves(desk.maker.rooms()):
        spec = desk.session.definitions.registers.get(room.key)
        title = spec.title if spec is not None else room.title
        icon = spec.icon if spec is not None else room.icon
        own = ROOM_WORDS.get(room.key, "") if desk.session.is_province else ""
        act = partial(desk.window.open_room, room.key)
        called = f"{room.title} mở danh sách {own} {further_words('rooms', room.key)}"
        yield Command(ROOMS, title, icon, act, called, name=room.title, first=desk.session.is_province)
    if not desk.session.is_province:
        act = partial(desk.window.open_room, desk_rooms.HANDOFF, "receive")
        called = "mở gói tìm trên usb thẻ bản cập nhật nhận kết quả khen thưởng của tỉnh nhận chỉ đạo kế hoạch tỉnh gửi"
        yield Command(ROOMS, "Biên nhận, chỉ đạo của tỉnh", "usb", act, called, "Gửi – nhận")
    if desk.session.opens(PERSON) and desk.window.has_room(PERSON):
        act = partial(_show_duplicates, desk)
        called = "tìm gộp làm một hai người hai lần trùng tên bản ghi trùng sổ người tham gia"
        yield Command(ROOMS, "Người ghi trùng", "merge", act, called, desk.window.room_title(PERSON))
    yield from _of_communes(desk)
    for view in VIEWS if desk.session.is_province else ():
        act = partial(desk.window.open_room, view.room, view.argument)
        detail = desk.window.room_title(view.room)
        yield Command(ROOMS, view.title, view.icon, act, f"mở {view.called}", detail, first=True)


def _of_communes(desk: Desk) -> Iterator[Command]:
    """The communes of a province by their names, each where it is seen what it has sent."""
    if not desk.session.is_province:
        return
    for office, name in communes.by_name(desk.session, communes.on_day(desk.session.today)):
        act = partial(desk.window.open_room, desk_rooms.BOARD, ("commune", office))
        yield Command(COMMUNES, name, "landmark", act, "xã phường đơn vị", desk.window.room_title(desk_rooms.BOARD))


def _show_duplicates(desk: Desk) -> None:
    from thidua_desktop.ui.pages.people.duplicates_page import DuplicatesPage

    desk.window.push(DuplicatesPage(desk.session, desk.look, desk.maker.navigate))


def _of_registers(desk: Desk) -> Iterator[Command]:
    for spec in desk.session.definitions.registers.values():
        room = desk_rooms.room_of(spec)
        if spec.hidden or not desk.session.opens(spec.name) or not desk.window.has_room(room):
            continue
        begun = upper_first(spec.singular)
        called = f"ghi mới thêm lập {spec.short.lower()} {further_words('rooms', spec.name)}"
        records_it = desk.session.may(Permission.RECORD)
        if records_it:
            yield Command(NEW, begun, "plus", partial(desk.push_form, spec), called, "ghi mới")
        if spec.due is not None:
            late = {"period": "", due.FILTER: due.Waiting.LATE}
            act, called = partial(desk.window.open_room, room, late), f"trễ hạn chưa xong chậm {spec.title}"
            yield Command(ROOMS, f"{begun} quá hạn", "clock-alert", act, called, "mọi thời gian")
        for template in record_templates.templates_of(desk.session, spec.name) if records_it else ():
            act = partial(desk.push_template, spec, template)
            yield Command(NEW, template.name, "layers", act, f"ghi mới mẫu {begun}", f"mẫu {spec.singular}")
        for document in desk.session.definitions.documents.values():
            if document.register == spec.name:
                yield Command(
                    PAPERS, document.title, "printer", partial(_print, desk, room, document), "in giấy tờ", spec.title
                )


def _of_spreadsheets(desk: Desk) -> Iterator[Command]:
    """A spreadsheet brought into each book; the book that is shown has a button of its own."""
    if not desk.session.may(Permission.RECORD):
        return
    called = "nhập từ excel bảng tính tệp xls xlsx danh sách có sẵn"
    for spec in desk.session.definitions.registers.values():
        if spec.hidden or spec.survey or not desk.session.opens(spec.name) or not desk.window.has_room(spec.name):
            continue
        title = f"Nhập vào {lower_first(spec.title)}"
        yield Command(SPREADSHEETS, title, "file-input", partial(_bring_in, desk, spec.name), called, "Excel")


def _bring_in(desk: Desk, room: str) -> None:
    """Asks which file, at the book's list."""
    from thidua_desktop.ui.pages.lists.page import ListPage

    desk.window.open_room(room)
    page = desk.window.page()
    if isinstance(page, ListPage):
        page.import_button.click()


def _print(desk: Desk, room: str, document: DocumentSpec) -> None:
    """The paper of what is chosen in its list; from elsewhere the list first."""
    from thidua_desktop.ui.pages.lists.page import ListPage
    from thidua_desktop.ui.pages.lists.papers import choose_first, print_called

    page = desk.window.page()
    if isinstance(page, ListPage) and page.spec.name == document.register:
        print_called(page, document)
        return
    desk.window.open_room(room)
    desk.window.show_message(choose_first(document), "info", "text-2")


def _of_reports(desk: Desk) -> Iterator[Command]:
    code = ""
    for report in desk.session.definitions.reports.values():
        act = partial(desk.window.open_room, desk_rooms.REPORT, (report.name, code))
        called = f"báo cáo soạn in tổng hợp {further_words('reports', report.name)}"
        yield Command(REPORTS, report.title, "file-text", act, called)


def _of_assessments(desk: Desk) -> Iterator[Command]:
    """The sets of criteria: officers ask for "nông thôn mới", not for the room where it is filled."""
    if not desk.window.has_room(desk_rooms.STANDARDS):
        return
    for spec in desk.session.definitions.assessments.values():
        act = partial(_push_sheet, desk, spec.name)
        called = f"chấm điểm đạt chuẩn tiêu chí {further_words('assessments', spec.name)}"
        yield Command(STANDARDS, spec.title, "clipboard-check", act, called)


def _push_sheet(desk: Desk, set_name: str) -> None:
    desk.window.push(desk.maker.assessment(None, {"criteria_set": set_name, "year": desk.session.today.year}))


def _of_indicators(desk: Desk) -> Iterator[Command]:
    for indicator in desk.session.definitions.indicators.values():
        act = partial(_push_indicator, desk, indicator.name)
        called = "chỉ tiêu số liệu biểu đồ xu hướng so sánh"
        yield Command(INDICATORS, indicator.label, "chart-column", act, called, indicator.unit)


def _push_indicator(desk: Desk, name: str) -> None:
    desk.window.push(desk.maker.indicator(name))


def _of_errors(desk: Desk, text: str) -> Iterator[Command]:
    """Codes that a message, a log or somebody on the telephone named: "TD-DATA-101", "lỗi td data 101", "data101"."""
    found = _CODE.fullmatch(fold(nfc(text)).strip())
    if found is None:
        return
    from thidua_desktop.errors import error_table

    begun = f"TD-{found['area'].upper()}-{found['number']}"
    rows = (one for code, one in error_table().items() if code.startswith(begun))
    for row in sorted(rows, key=lambda one: one.code):
        act = partial(desk.window.explain, f"{ERROR_HELP}{row.code}")
        yield Command(ERRORS, row.code, "info", act, detail=said_openly(row.sentence))


def said_openly(text: str) -> str:
    """A sentence of the error table where nothing has happened: "…" in place of what it would name."""
    return _PLACE.sub("…", text)


def leaves(rooms: list[Room]) -> Iterator[Room]:
    """The rooms that have a page, also those under a field of work."""
    for room in rooms:
        if room.make_page is not None:
            yield room
        yield from leaves(list(room.children))


def _rank(command: Command, words: list[str]) -> int | None:
    """How well the typed words name a command; None when some word is nowhere in it."""
    title = command.title.lower()
    if any(_is_said(name, words) for name in (title, command.name)):
        return _TITLE_SAID  # "mô hình" is the book of that name before the models of another movement
    if any(_begins(one, " ".join(words)) for one in (title, title.removeprefix("sổ "))):
        return _TITLE_BEGINS  # "hòa giải" and "sổ hòa giải" are the same book
    if command.group == ROOMS and _begins(command.called.lower(), " ".join(words).removeprefix("sổ ")):
        return _TITLE_BEGINS  # the name at the left, where the register has a longer one
    own = _parts(title)
    if all(any(_begins(part, word) for part in own) for word in words):
        return _TITLE_HOLDS
    if len(words) > 1 and _begins_within(command.called.lower(), " ".join(words)):
        return _TITLE_HOLDS  # "báo cáo tháng" is the report itself before any paper that only holds the words
    known = (*own, *_parts(command.called))
    return _CALLED_SO if all(any(_begins(part, word) for part in known) for word in words) else None


def _is_said(name: str, words: list[str]) -> bool:
    """Whether the typed words are a name, neither more nor less; "hòa giải" and "sổ hòa giải" are the same book."""
    known, typed = _without_book(_words(name)), _without_book(words)
    return len(known) == len(typed) and all(_is(part, word) for part, word in zip(known, typed, strict=True))


def _without_book(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in ("sổ", "so") else words


def _begins_within(called: str, phrase: str) -> bool:
    """Whether the typed words stand in ``called`` side by side, the first from its beginning."""
    known, typed = (_folded(called), phrase) if phrase.isascii() else (called, phrase)
    return f" {typed}" in f" {known}"


def _begins(part: str, word: str) -> bool:
    """Whether ``part`` begins with what was typed: without marks for any marks, with marks for the same ones."""
    return _folded(part).startswith(word) if word.isascii() else part.startswith(word) or _is(part, word)


def _is(part: str, word: str) -> bool:
    """Whether ``part`` is what was typed, in the same way."""
    return _folded(part) == word if word.isascii() else _keyed(part) == _keyed(word)


def _grouped(commands: list[Command]) -> list[SearchGroup]:
    groups: dict[str, list[Command]] = {}
    for command in commands:
        groups.setdefault(command.group, []).append(command)
    return [SearchGroup(caption, _results(found)) for caption, found in groups.items()]


def _results(commands: list[Command]) -> tuple[SearchResult, ...]:
    return tuple(SearchResult(one.title, one.detail, one.act, one.icon) for one in commands[:_SHOWN])
