"""The long operations of the desk, each in one line: which service does it, and what the person does to begin it.

``make test`` asks on which thread the service runs, also when it refuses and when there is nothing to do
(``test_long_operations.py``); ``tests/benchmarks`` measures how long the window does not answer meanwhile
(``gaps_of_the_window.py``). Publishing to PostgreSQL is no work of the desk: the province does it by the command line.
"""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from types import FunctionType
from typing import Any

from tests.ui import beginnings as begin
from tests.ui import beginnings_of_decisions as begin_deciding
from tests.ui.beginnings import Place


@dataclass(frozen=True, slots=True)
class Operation:
    """``service`` as ``module:function`` under ``thidua_desktop``.

    ``ready`` opens what the person looks at then, and gives what they do: that returns at once. ``refusable``: the
    service uses something that can refuse, a disk or the office file.
    """

    name: str
    service: str
    ready: Callable[[Place], Callable[[], object]]
    refusable: bool = True


OPERATIONS = (
    Operation("mở sổ", "services.offices:open_office", begin.unlock),
    Operation("mở lại sổ đang khóa", "services.desk_lock:is_same_person", begin.resume),
    Operation("lập sổ", "services.offices:create_office", begin.create),
    Operation("Hôm nay", "ui.pages.today.page:read_picture", begin.in_room("today", lambda page: page.reload())),
    Operation("mẫu Excel", "services.transfer:template",
              begin.in_list(lambda page, folder: page.write_template(folder / "mẫu.xlsx"))),
    Operation("xuất danh sách", "services.transfer:export_records",
              begin.in_list(lambda page, folder: page.export_to(folder / "ra.xlsx"))),
    Operation("in danh sách", "services.documents.sheets:print_list",
              begin.in_list(lambda page, _folder: page.print_list())),
    Operation("đọc bảng nhập", "services.transfer:preview_paste", begin.pasted),
    Operation("dòng lỗi ra Excel", "services.transfer:write_broken_lines",
              begin.previewed(lambda dialog, folder: dialog.write_broken(folder / "lỗi.xlsx"))),
    Operation("ghi bảng nhập", "services.transfer:apply_import",
              begin.previewed(lambda dialog, _folder: dialog.record())),
    Operation("xem trước sửa nhiều", "services.several:plan_change", begin.several_looked_at),
    Operation("sửa một ô của nhiều bản ghi", "services.several:apply_change", begin.several_changed),
    Operation("xóa nhiều bản ghi", "services.several:delete_several", begin.several_deleted),
    Operation("hoàn tác", "services.records:undo", lambda place: place.desk.undo),
    Operation("làm lại", "services.records:redo", begin.redone),
    Operation("bản ghi đã xóa", "services.deleted:find", lambda place: place.desk.show_deleted),
    Operation("giấy của bản ghi", "services.documents.printing:print_documents", begin.last_record),
    Operation("trang giấy lên màn hình", "ui.components.paper_pictures:draw_sheet",
              lambda place: place.desk.show_guide, refusable=False),
    Operation("gửi máy in", "ui.components.paper_output:print_into_file", begin.print_on_printer),
    Operation("bảng trên màn hình ra Excel", "services.spreadsheets:excel_of_tables", begin.screen_table),
    Operation("đọc báo cáo", "services.reports.build:build", begin.in_room("report", lambda page: page.load())),
    Operation("báo cáo ra Word", "services.paper_files:paper_file",
              begin.in_room("report", lambda page: page.save_paper())),
    Operation("sổ tay", "services.documents.guide:print_guide", lambda place: place.desk.show_guide),
    Operation("mẫu giấy tờ", "services.documents.samples:print_sample",
              begin.in_room("admin", lambda page: page.samples.show_sample())),
    Operation("thêm người", "services.people:add_user", begin.add_person),
    Operation("đặt lại mật khẩu", "services.people:reset_password",
              begin.in_room("admin", lambda page: page.reset("lovanbinh"))),
    Operation("phiếu khôi phục", "services.recovery:new_recovery_sheet",
              begin.in_room("admin", lambda page: page.new_sheet())),
    Operation("sao lưu", "services.backups:backup_now", begin.backup),
    Operation("xem bản sao lưu", "services.restoring:look_at_copy",
              begin.in_room("admin", lambda page: page.show_copies())),
    Operation("kiểm tra sổ", "store.checks:check", begin.in_room("admin", lambda page: page.start_check())),
    Operation("kiểm tra máy", "services.doctor:examine_office",
              begin.in_room("admin", lambda page: page.show_doctor())),
    Operation("gói hỗ trợ", "services.support:write_bundle", begin.support),
    Operation("đếm các sổ", "services.offices:office_info", begin.in_room("admin", lambda page: page.refresh())),
    Operation("thôi gửi giữ hộ", "services.handoff.escrow:stop",
              begin.in_room("admin", lambda page: page.escrow.stop())),
    Operation("thanh trạng thái", "ui.desk.status:status_parts", lambda place: place.desk.show_status),
    Operation("ghi gói", "services.handoff.outgoing:make_package", begin.package),
    Operation("tìm biên nhận", "services.handoff.receipts:find_receipts", lambda place: partial(
              place.room("handoff").receipt.finder.look_into, place.folder)),
    Operation("tìm gói chỉ đạo", "services.handoff.orders:find_directives", lambda place: partial(
              place.room("handoff").directive.finder.look_into, place.folder)),
    Operation("chốt kỳ", "services.reports.build:close", begin.closed_period),
    Operation("ký số", "services.signing:sign", begin.sign),
    Operation("kể gói sẽ gửi", "services.handoff.outgoing:what_would_go",
              begin.in_room("handoff", lambda page: page.reload())),
    Operation("ghi nhận biên nhận", "services.handoff.receipts:take_receipt", begin.receipt),
    Operation("áp dụng chỉ đạo", "services.handoff.orders:take_directive", begin.directive_applied),
    Operation("gỡ chỉ đạo", "services.handoff.orders:reverse_directive", begin.directive_reversed),
    Operation("gỡ gói", "services.handoff.undoing:undo_package", begin.package_undone),
    Operation("kết quả khen thưởng", "services.awards.results:waiting",
              begin.page_of("handoff.award_results_page", "AwardResultsPage")),
    Operation("lập gói cho máy kia", "services.handoff.sideways:make_exchange", begin.exchanged("make")),
    Operation("xem gói của máy kia", "services.handoff.sideways:look_at_exchange", begin.exchanged("look")),
    Operation("nhập gói của máy kia", "services.handoff.sideways:take_exchange", begin.exchanged("take")),
    Operation("nhận bàn giao", "services.take_over:_opened", begin.old_office),
    Operation("xem trước sắp xếp đơn vị", "services.succession:plan", begin.succession("look_ahead")),
    Operation("sắp xếp đơn vị", "services.succession:apply", begin.succession("apply")),
    Operation("người ghi hai lần", "services.duplicates:find",
              begin.page_of("people.duplicates_page", "DuplicatesPage")),
    Operation("gộp hai bản ghi", "services.record_merge:merge_records", begin_deciding.merged),
    Operation("xem xung đột", "services.handoff.conflicts:conflicts",
              begin.page_of("handoff.conflicts_page", "ConflictsPage")),
    Operation("quyết định xung đột", "services.handoff.conflicts:decide", begin_deciding.decided),
    Operation("các gói gỡ được", "services.handoff.undoing:undoable_packages",
              begin.page_of("handoff.undo_page", "UndoPage")),
    Operation("chấm điểm cả xã", "services.assessments.overview:overview",
              begin.page_of("assessment.overview_page", "OverviewPage")),
    Operation("xếp hạng", "services.assessments.rankings:ranked_sets",
              begin.page_of("assessment.overview_page", "OverviewPage")),
    Operation("lấy lại bản ghi đã xóa", "services.deleted:bring_back", begin.brought_back),
    Operation("xóa vĩnh viễn", "services.erasure:erase", begin.erased),
    Operation("khôi phục bản sao lưu", "services.restoring:make_ready", begin.put_back),
    Operation("thử phiếu khôi phục", "services.recovery:try_sheet", begin.sheet_tried),
    Operation("gửi tỉnh giữ hộ", "services.handoff.escrow:give", begin.escrow_given),
    Operation("xem bản cập nhật", "services.updates:look_at", begin.update_looked_at),
    Operation("giấy phép", "services.licences:licences", begin.licences_read),
    Operation("kết quả khảo sát", "services.surveys:results", begin.survey_results("load")),
    Operation("kết quả khảo sát ra giấy", "services.surveys:print_results", begin.survey_results("print")),
    Operation("kết quả khảo sát ra Excel", "services.surveys:export_results", begin.survey_results("export")),
    Operation("một chỉ tiêu", "services.reports.indicator_view:indicator_view", begin.indicator),
    Operation("đọc tệp đính kèm", "services.file_intake:look_at_all", begin.files_read),
    Operation("bản quét mới", "services.scans:newest", begin.scans_read),
)  # fmt: skip
"""In an order in which each leaves what the next one needs."""

PROVINCE_OPERATIONS = (
    Operation("bảng theo dõi", "services.board:board", begin.in_room("board", lambda page: page.load())),
    Operation("tổng hợp", "services.board:summary", begin.in_room("totals", lambda page: page.load())),
    Operation("so các xã", "services.reports.matrix:matrix", begin.comparison("matrix_page", "MatrixPage")),
    Operation("xếp các xã", "services.reports.ranking:ranking", begin.comparison("ranking_page", "RankingPage")),
    Operation(
        "đọc các gói",
        "services.handoff.inbox:look_into",
        lambda place: partial(place.room("inbox").open_folder, place.folder),
    ),
    Operation("nhập gói", "services.handoff.inbox:look_at", begin.take_in),
    Operation(
        "ghi biên nhận",
        "services.handoff.answers:make_receipts",
        lambda place: partial(place.room("inbox").write_receipts, place.folder),
    ),
    Operation("ghi gói chỉ đạo", "services.handoff.directives:make_directive", begin.directive),
    Operation("ghi thay đổi đơn vị", "services.commune_changes:apply", begin.changes_of_communes("apply")),
    Operation("bỏ thay đổi đơn vị", "services.commune_changes:undo", begin.changes_of_communes("undo")),
    Operation("xem kết quả khen thưởng", "services.awards.decisions:proposals", begin.award("ask_look")),
    Operation("ghi kết quả khen thưởng", "services.awards.decisions:decide", begin.award("use")),
    Operation("kiểm báo cáo của xã", "services.report_checks.sheet:check_sheet", begin.check_sheet),
    Operation("gỡ gói", "services.handoff.undoing:undo_package", begin.package_undone),
    Operation("đọc mã trên giấy", "services.handoff.paper_figures:codes_in_file", begin_deciding.paper_codes("read")),
    Operation("xem số trên giấy", "services.handoff.paper_figures:read_scan", begin_deciding.paper_codes("take")),
    Operation("ghi số trên giấy", "services.handoff.paper_figures:keep_scan", begin_deciding.paper_codes("keep")),
    Operation(
        "người ghi hai lần", "services.duplicates:find", begin.page_of("people.duplicates_page", "DuplicatesPage")
    ),
)


@contextlib.contextmanager
def watched(service: str, refusal: Exception | None = None) -> Iterator[list[int]]:
    """The threads on which a function is called meanwhile, by whatever name its callers have it.

    With a ``refusal`` it does nothing but raise it.
    """
    module, _, name = service.partition(":")
    function = getattr(importlib.import_module(f"thidua_desktop.{module}"), name)
    assert isinstance(function, FunctionType) and not function.__code__.co_freevars
    threads: list[int] = []
    code, slot = function.__code__, f"_watched_{name}"
    real = FunctionType(code, function.__globals__, name, function.__defaults__)
    real.__kwdefaults__ = function.__kwdefaults__

    def noted(*given: Any, **named: Any) -> Any:
        threads.append(threading.get_ident())
        if refusal is not None:
            raise refusal
        return real(*given, **named)

    function.__globals__[slot] = noted
    stand_in: dict[str, Any] = {}
    exec(f"def {name}(*given, **named): return {slot}(*given, **named)", stand_in)
    function.__code__ = stand_in[name].__code__
    try:
        yield threads
    finally:
        function.__code__ = code
        del function.__globals__[slot]
