"""Findings of child rows say of which row they are."""

from __future__ import annotations

from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.ui.pages.entry.form_check import told_by_row


def test_the_same_words_of_several_rows_are_said_once() -> None:
    missing = [Problem("TD-DATA-101", f"members[{row}].role", "Chọn vai trò.") for row in (0, 2)]
    other = Problem("TD-DATA-110", "members[2].since", "Ghi ngày như 1/3.")
    told = [problem.text for problem in told_by_row([*missing, other])]
    assert told == ["Dòng 1, 3: Chọn vai trò.", "Dòng 3: Ghi ngày như 1/3."]


def test_each_warning_of_a_row_stays_one_of_its_own() -> None:
    late = [Problem("TD-DATA-301", f"remarks[{row}].on", "Ký muộn.", Severity.WARNING) for row in (0, 1)]
    told = told_by_row(late)
    assert [problem.text for problem in told] == ["Dòng 1: Ký muộn.", "Dòng 2: Ký muộn."]
    assert [problem.key for problem in told] == [problem.key for problem in late]  # reasons are kept under it


def test_what_is_of_no_row_is_said_as_it_is_and_many_rows_are_counted() -> None:
    whole = Problem("TD-DATA-120", "members", "Ghi ít nhất một người.")
    many = [Problem("TD-DATA-101", f"members[{row}].role", "Chọn vai trò.") for row in range(50)]
    assert [problem.text for problem in told_by_row([whole, *many])] == [
        "Ghi ít nhất một người.", "Dòng 1, 2, 3, 4, 5, 6 và 44 dòng khác: Chọn vai trò.",
    ]  # fmt: skip
