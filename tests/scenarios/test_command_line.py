"""The command line's promises: status 0, 1 with a code, 2; one JSON document; nothing lost by a refusal."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios.conftest import Answer
from tests.unit.printing.measured import text_of
from thidua_desktop.formdef.loader import load_definitions
from thidua_desktop.services import doctor, offices
from thidua_desktop.services.demo.build import DemoOffice

Thidua = Callable[..., Answer]


@pytest.fixture
def password(tmp_path: Path) -> Path:
    path = tmp_path / "password.txt"
    path.write_text("mưa-rào-tháng-bảy-9\n", encoding="utf-8")
    return path


@pytest.fixture
def office(thidua: Thidua, tmp_path: Path, password: Path) -> Path:
    """A new office of a real commune unit with a made-up user."""
    path = tmp_path / "office.thidua"
    answer = thidua("office", "new", path, "--unit", "00004", "--user", "Đỗ Thị Mơ", "--password-file", password)
    assert answer.status == 0, answer.err
    sheet = path.with_name("office-phieu-khoi-phuc.pdf")
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sys.platform == "win32" or stat.S_IMODE(sheet.stat().st_mode) == 0o600  # it opens the office
    return path


def _refused(answer: Answer, code: str) -> bool:
    return answer.status == 1 and answer.err.splitlines()[-1].startswith(f"{code}: ") and not answer.out


def test_the_access_log_is_printed_or_written(thidua: Thidua, office: Path, password: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("không phải đâu", encoding="utf-8")
    assert _refused(thidua("office", "access-log", office, "--password-file", wrong), "TD-STORE-001")
    printed = thidua("office", "access-log", office, "--password-file", password)
    assert printed.status == 0 and printed.out.startswith(
        "Lúc;Người;Tên đăng nhập;Máy;Việc;Sổ, nội dung;Mã bản ghi;Số lượng\n"
    )
    noted = [line.split(";")[4:] for line in printed.out.splitlines()[1:]]
    assert noted == [["Gõ sai mật khẩu", "", "", "1"], ["Mở sổ", "", "", "1"]]
    written = thidua("office", "access-log", office, "--out", tmp_path / "log.csv", "--password-file", password)
    assert written.status == 0 and "3 dòng" in written.out
    assert (tmp_path / "log.csv").read_text(encoding="utf-8-sig").startswith("Lúc;")


def test_a_record_goes_in_and_comes_out(thidua: Thidua, office: Path, password: Path) -> None:
    keys = ("--password-file", password)
    area = thidua(
        "record", "add", "residential_area", office, *keys, "--set", "kind=thôn", "--set", "name=Đưng K'Si",
        "--set", "households=52", "--json",
    )  # fmt: skip
    assert area.status == 0, area.err
    activity = thidua(
        "record", "add", "movement_activity", office, *keys, "--set", "held_on=08/11/2026", "--set",
        "residential_area=dung k'si", "--set", "kind=Tuyên truyền, phổ biến trực tiếp",
        "--set", "title=Lừa đảo qua mạng",
        "--set", "topics=Lừa đảo qua mạng", "--set", "attendance_total=40", "--set", "attendance_women=19",
    )  # fmt: skip
    assert activity.status == 0, activity.err
    listed = thidua(
        "record", "list", "movement_activity", office, *keys, "--period", "2026-11", "--search", "lua dao", "--json"
    )
    assert listed.json()["total"] == 1
    assert listed.json()["records"][0]["residential_area"] == "Thôn Đưng K'Si"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("held_on=32/13/2026", "TD-CLI-008"),
        ("residential_area=không có", "TD-CLI-008"),
        ("no_such_field=1", "TD-CLI-008"),
        ("attendance_women=50", "TD-CLI-007"),
    ],
)
def test_bad_values_are_refused_and_nothing_is_written(
    thidua: Thidua, office: Path, password: Path, given: str, code: str
) -> None:
    keys = ("--password-file", password)
    answer = thidua(
        "record", "add", "movement_activity", office, *keys, "--set", "held_on=08/11/2026", "--set", "kind=patrol",
        "--set", "attendance_total=40", "--set", given,
    )  # fmt: skip
    assert _refused(answer, code), answer.err
    listed = thidua("record", "list", "movement_activity", office, *keys, "--json")
    assert listed.json()["total"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("office", "info"), "Thiếu FILE."),
        (("office", "info", "x", "--pasword-file", "y"), "Không có tùy chọn --pasword-file. Có phải: --password-file?"),
        (("ofice",), "Không có lệnh 'ofice'."),
        (("demo", "x", "y"), "Thừa: y."),
        (("demo", "x", "--scale", "0"), "Giá trị của --scale không dùng được"),
        (("demo", "x", "--scale"), "Tùy chọn --scale cần một giá trị đi sau."),
        (("package", "verify", __file__), "Cần --key và --identity"),
    ],
)
def test_wrong_use_is_told_in_vietnamese(thidua: Thidua, words: tuple[str, ...], said: str) -> None:
    answer = thidua(*words)
    assert answer.status == 2 and said in answer.err and "Error" not in answer.err and "Usage" not in answer.err


def test_wrong_use_is_status_two(thidua: Thidua, office: Path) -> None:
    assert thidua("office", "info").status == 2
    assert thidua("no-such-command").status == 2
    assert thidua("office", "info", office, "--password-file", "/no/such/file").status == 2


def test_each_wrong_file_has_its_own_code(thidua: Thidua, office: Path, password: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("không phải mật khẩu này\n", encoding="utf-8")
    letter = tmp_path / "letter.thidua"
    letter.write_text("Đây là một lá thư. " * 300, encoding="utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    assert _refused(thidua("office", "info", office, "--password-file", wrong), "TD-STORE-001")
    assert _refused(thidua("office", "info", letter, "--password-file", password), "TD-STORE-002")
    assert _refused(thidua("office", "info", tmp_path / "none.thidua", "--password-file", password), "TD-STORE-020")
    assert _refused(thidua("office", "info", office, "--password-file", empty), "TD-CLI-001")
    assert _refused(thidua("record", "list", "no_register", office, "--password-file", password), "TD-STORE-225")


def test_reports_and_papers_that_do_not_exist_are_named(
    thidua: Thidua, office: Path, password: Path, tmp_path: Path
) -> None:
    keys, out = ("--password-file", password), tmp_path / "x.pdf"
    assert _refused(thidua("report", "print", "none", office, *keys, "--period", "2026-11", "--out", out), "TD-CLI-003")
    for period in ("2026-13", "2026-Q5", "hôm nay"):
        answer = thidua("report", "print", "movement_result", office, *keys, "--period", period, "--out", out)
        assert _refused(answer, "TD-TIME-001"), answer.err
    assert _refused(thidua("print", "none", office, *keys, "--record", "x", "--out", out), "TD-CLI-004")
    assert _refused(thidua("print", "meeting_minutes", office, *keys, "--record", "x", "--out", out), "TD-STORE-221")
    assert not out.exists()


def test_one_paper_of_several_records(thidua: Thidua, demo: DemoOffice, tmp_path: Path) -> None:
    keys, out = ("--password-file", demo.password_file), tmp_path / "khu.pdf"
    listed = thidua("record", "list", "residential_area", demo.commune, *keys, "--json").json()["records"]
    ids = [record["id"] for record in listed[:2]]
    answer = thidua("print", "area_list", demo.commune, *keys, "--record", ids[0], "--record", ids[1], "--out", out)
    assert answer.status == 0, answer.err
    two = out.read_bytes()
    assert thidua("print", "area_list", demo.commune, *keys, "--all", "--out", out).status == 0
    assert len(out.read_bytes()) > len(two)
    assert _refused(thidua("print", "area_list", demo.commune, *keys, "--out", out), "TD-PRINT-022")


def test_an_empty_office_still_prints_its_report(thidua: Thidua, office: Path, password: Path, tmp_path: Path) -> None:
    answer = thidua(
        "report", "print", "movement_result", office, "--password-file", password, "--period", "2026-11",
        "--out", tmp_path / "r.pdf",
    )  # fmt: skip
    assert answer.status == 0, answer.err


def test_a_report_is_written_as_a_word_file_by_its_ending(
    thidua: Thidua, office: Path, password: Path, tmp_path: Path
) -> None:
    out = tmp_path / "báo cáo.docx"
    answer = thidua(
        "report", "print", "movement_result", office, "--password-file", password, "--period", "2026-11", "--out", out
    )
    assert (answer.status, out.read_bytes()[:2]) == (0, b"PK"), answer.err
    assert "tệp Word" in answer.out


def test_tables_are_written_for_excel_by_their_ending(
    thidua: Thidua, office: Path, password: Path, tmp_path: Path
) -> None:
    out, keys = tmp_path / "báo cáo.xlsx", ("--password-file", password)
    made = thidua("report", "print", "movement_result", office, *keys, "--period", "2026-11", "--out", out)
    assert (made.status, out.read_bytes()[:2]) == (0, b"PK"), made.err
    assert _refused(thidua("print", "citation", office, *keys, "--all", "--out", out), "TD-PRINT-022")


def test_the_trial_page_needs_no_office(thidua: Thidua, tmp_path: Path) -> None:
    answer = thidua("test-page", "--out", tmp_path / "thử.pdf")
    assert answer.status == 0 and "100 mm" in answer.out
    assert (tmp_path / "thử.pdf").read_bytes().startswith(b"%PDF")


def test_a_package_needs_the_provinces_card(thidua: Thidua, office: Path, password: Path, tmp_path: Path) -> None:
    answer = thidua("package", "make", office, "--password-file", password, "--out", tmp_path)
    assert _refused(answer, "TD-SYNC-054")
    assert not list(tmp_path.glob("*.tdp"))


def test_two_offices_are_introduced_by_cards(
    thidua: Thidua, office: Path, password: Path, own_demo: DemoOffice, tmp_path: Path
) -> None:
    keys = ("--password-file", password)
    told = thidua("card", "export", own_demo.province, "--password-file", own_demo.password_file, "--out", tmp_path)
    card = next(tmp_path.glob("*.tdcard"))
    fingerprint = told.out.rsplit(": ", 1)[1].strip()
    wrong = thidua("card", "accept", card, "--into", office, *keys, "--fingerprint", "0000 1111")
    assert _refused(wrong, "TD-SYNC-051")
    assert thidua("card", "accept", card, "--into", office, *keys, "--fingerprint", fingerprint.lower()).status == 0
    own = thidua("card", "accept", card, "--into", own_demo.province, "--password-file", own_demo.password_file,
                 "--fingerprint", fingerprint)  # fmt: skip
    assert _refused(own, "TD-SYNC-052")
    made = thidua("package", "make", office, *keys, "--out", tmp_path, "--json")
    assert made.status == 0, made.err
    unknown = thidua(
        "package",
        "receive",
        made.json()["path"],
        "--into",
        own_demo.province,
        "--password-file",
        own_demo.password_file,
    )
    assert _refused(unknown, "TD-SYNC-005")


def test_a_package_is_cut_damaged_repeated(thidua: Thidua, own_demo: DemoOffice, tmp_path: Path) -> None:
    whole = own_demo.packages[-1].read_bytes()
    keys = ("--into", own_demo.province, "--password-file", own_demo.password_file)
    cut, damaged, other = tmp_path / "cut.tdp", tmp_path / "damaged.tdp", tmp_path / "other.tdp"
    cut.write_bytes(whole[: len(whole) * 63 // 100])
    damaged.write_bytes(whole[:-2000] + bytes([whole[-2000] ^ 1]) + whole[-1999:])
    other.write_text("không phải gói " * 200, encoding="utf-8")
    assert _refused(thidua("package", "receive", cut, *keys), "TD-SYNC-002")
    percent = cut.stat().st_size * 100 // len(whole)
    assert f"{percent}% nội dung" in thidua("package", "receive", cut, *keys).err
    assert _refused(thidua("package", "receive", damaged, *keys), "TD-SYNC-003")
    assert _refused(thidua("package", "receive", other, *keys), "TD-SYNC-001")
    assert _refused(thidua("package", "receive", own_demo.packages[-1], *keys), "TD-SYNC-009")


def test_a_foreign_key_does_not_verify(thidua: Thidua, own_demo: DemoOffice) -> None:
    keys = own_demo.folder / "keys"
    package = own_demo.packages[0]
    right = thidua("package", "verify", package, "--key", keys / "commune.pub", "--identity", keys / "province.age")
    assert right.status == 0, right.err
    wrong = thidua("package", "verify", package, "--key", keys / "province.pub", "--identity", keys / "province.age")
    assert wrong.status == 1 and wrong.err.startswith("TD-SYNC-0")
    swapped = thidua("package", "verify", package, "--key", keys / "commune.age", "--identity", keys / "province.age")
    assert _refused(swapped, "TD-SYNC-057")
    assert thidua("package", "verify", package).status == 2


def test_export_and_import_lose_nothing(
    thidua: Thidua, demo: DemoOffice, office: Path, password: Path, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    thidua("record", "export", "residential_area", demo.commune, "--password-file", demo.password_file, "--out", first)
    taken = thidua(
        "record", "import", "residential_area", office, "--password-file", password, "--from", first, "--json"
    )
    lines = first.read_text(encoding="utf-8").splitlines()
    assert taken.json()["recorded"] == len(lines) >= 15, taken.err
    thidua("record", "export", "residential_area", office, "--password-file", password, "--out", second)
    assert sorted(lines) == sorted(second.read_text(encoding="utf-8").splitlines())
    again = thidua(
        "record", "import", "residential_area", office, "--password-file", password, "--from", second, "--json"
    )
    assert again.json()["recorded"] == 0


def test_a_table_without_a_column_takes_one_value_for_it(
    thidua: Thidua, office: Path, password: Path, tmp_path: Path
) -> None:
    table = tmp_path / "viec.csv"
    table.write_text("Ngày;Nội dung chính\n15/08/2025;Tuần tra đêm\n", encoding="utf-8")
    given = ("record", "import", "movement_activity", office, "--password-file", password, "--from", table, "--json")
    assert _refused(thidua(*given), "TD-XFER-007")
    assert thidua(*given, "--fill", "kind=tuần tra, canh gác").json()["recorded"] == 1


def test_a_demo_is_not_written_over(thidua: Thidua, demo: DemoOffice) -> None:
    assert _refused(thidua("demo", demo.folder), "TD-CLI-005")


def test_forms_and_machine_are_looked_at(thidua: Thidua, tmp_path: Path) -> None:
    assert thidua("forms", "check").status == 0
    assert thidua("forms", "doc", "--out", tmp_path / "doc").status == 0
    assert "Sổ họp dân" in (tmp_path / "doc" / "resident_meeting.md").read_text(encoding="utf-8")
    broken = tmp_path / "forms"
    for kind in ("registers", "catalogs", "indicators", "reports", "documents"):
        (broken / kind).mkdir(parents=True)
    (broken / "registers" / "x.toml").write_text("name = 1\n", encoding="utf-8")
    answer = thidua("forms", "check", "--folder", broken)
    assert answer.status == 1 and "TD-CLI-009" in answer.err and "TD-FORM-" in answer.out
    assert {row["name"] for row in thidua("doctor", "--json").json()} >= {"Phông chữ", "Đồng hồ"}


def test_findings_are_refusals_with_a_code(
    thidua: Thidua, office: Path, password: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = offices.Finding("TD-STORE-004", "Sổ thay đổi bị đứt ở số 7.")
    monkeypatch.setattr(offices, "check_office", lambda _session: [finding])
    answer = thidua("office", "check", office, "--password-file", password)
    assert answer.status == 1 and "TD-CLI-006" in answer.err and finding.text in answer.out
    broken = doctor.DoctorFinding("Chỗ trống", False, "còn 3 MB")
    monkeypatch.setattr(doctor, "examine", lambda: [broken])
    answer = thidua("doctor")
    assert answer.status == 1 and "TD-CLI-010" in answer.err and "còn 3 MB" in answer.out


def test_stopping_a_command_is_told_calmly(thidua: Thidua, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("thidua_desktop.services.demo.build.build_demo", stopped)
    assert _refused(thidua("demo", tmp_path / "x"), "TD-CLI-002")


def test_a_report_without_such_a_period_says_so(
    thidua: Thidua, office: Path, password: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = load_definitions().reports["movement_result"]
    monthly = spec._replace(period_kinds=("month",))
    monkeypatch.setattr("thidua_desktop.services.reports.build.report_spec", lambda *_: monthly)
    keys = ("--password-file", password, "--period", "2026-Q3", "--out", tmp_path / "x.pdf")
    assert _refused(thidua("report", "print", "movement_result", office, *keys), "TD-TIME-004")


def test_a_report_of_a_period_to_come_or_into_no_folder_is_refused(
    thidua: Thidua, office: Path, password: Path, tmp_path: Path
) -> None:
    def printed(period: str, out: Path) -> Answer:
        arguments = ("--period", period, "--out", out, "--password-file", password)
        return thidua("report", "print", "movement_result", office, *arguments)

    assert _refused(printed("2998-01", tmp_path / "x.pdf"), "TD-TIME-005")
    assert "“1899-01”" in printed("1899-01", tmp_path / "x.pdf").err
    assert _refused(printed("2025-01", tmp_path / "none" / "x.pdf"), "TD-XFER-014")
    assert list(tmp_path.glob("*.pdf")) == [tmp_path / "office-phieu-khoi-phuc.pdf"]


def test_a_draft_says_nothing_happened_without_noughts(
    thidua: Thidua, office: Path, password: Path, tmp_path: Path
) -> None:
    out = tmp_path / "x.pdf"
    answer = thidua(
        "report", "print", "movement_result", office, "--period", "2025-01", "--out", out, "--password-file", password
    )
    assert answer.status == 0, answer.err
    text = " ".join(text_of(out.read_bytes()).split())
    assert text.count("chưa ghi nhận hoạt động nào") == 2
    assert "0 hoạt động" not in text


def test_an_office_without_its_recovery_sheet_is_not_begun(thidua: Thidua, tmp_path: Path, password: Path) -> None:
    def new(sheet: Path) -> Answer:
        keys = ("--unit", "00004", "--user", "Đỗ Thị Mơ", "--password-file", password, "--recovery-sheet", sheet)
        return thidua("office", "new", tmp_path / "x.thidua", *keys)

    assert _refused(new(tmp_path / "none" / "x.pdf"), "TD-XFER-014")
    assert list(tmp_path.glob("x*")) == []
    (tmp_path / "x.pdf").write_bytes(b"of another office")
    assert _refused(new(tmp_path / "x.pdf"), "TD-STORE-017")
    assert [path.name for path in tmp_path.glob("x*")] == ["x.pdf"]


@pytest.mark.parametrize(
    ("fault", "code"), [(PermissionError(13, "no", "/x"), "TD-ENV-002"), (KeyError("Đỗ Thị Mơ"), "TD-CLI-011")]
)
def test_a_fault_is_told_without_what_it_says(
    thidua: Thidua, monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str
) -> None:
    def broken() -> None:
        raise fault

    monkeypatch.setattr(doctor, "examine", broken)
    answer = thidua("doctor")
    assert _refused(answer, code)
    assert "Mơ" not in answer.err


def test_the_province_looks_into_a_folder_and_takes_what_it_can(
    thidua: Thidua, own_demo: DemoOffice, tmp_path: Path
) -> None:
    own = ("--password-file", own_demo.password_file, "--json")
    made = thidua("package", "make", own_demo.commune, "--out", tmp_path / "stick", *own).json()
    (tmp_path / "stick" / "THIDUA_99002_0000_000001.tdp").write_bytes(b"x" * 4000)
    keys = (tmp_path / "stick", own_demo.province, *own)
    looked = thidua("province", "inbox", *keys).json()
    assert sorted(row["standing"] for row in looked["packages"]) == ["ready", "refused"]
    assert looked["received"] == []
    taken = thidua("province", "inbox", *keys, "--receive").json()
    assert taken["received"] == [Path(made["path"]).name]
    again = thidua("province", "inbox", *keys).json()
    assert sorted(row["standing"] for row in again["packages"]) == ["refused", "taken"]
    board = thidua("province", "board", own_demo.province, *own).json()
    assert [(row["name"], row["package"]) for row in board["rows"]] == [("Xã Phú Hòa", 3)]
