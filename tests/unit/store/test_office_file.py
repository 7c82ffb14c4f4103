"""Making and opening office files; everything wrong with one has its own code."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.store.made_up import FORMS, NOW, PASSWORD, QUICK, event, make_office
from thidua_desktop.errors import UserError
from thidua_desktop.store import key_slots
from thidua_desktop.store.connection import connect
from thidua_desktop.store.file_lock import FileLock
from thidua_desktop.store.identity import NewUser, OfficeIdentity, User
from thidua_desktop.store.migrations import version_of
from thidua_desktop.store.office_file import create_office, open_office, open_with_recovery
from thidua_desktop.store.open_file import OfficeFile
from thidua_desktop.store.queries import ListQuery


def code_of(work: Callable[[], object]) -> str:
    """The code that ``work`` is refused with; its sentence and remedy can be shown."""
    with pytest.raises(UserError) as refused:
        work()
    assert refused.value.sentence and refused.value.remedy
    return refused.value.code


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The path of an office file with one record, closed."""
    file = make_office(tmp_path / "xa.thidua").file
    file.records.save("event", event(NOW.date()), actor="dao", now=NOW)
    file.close()
    return file.path


def raw_key(path: Path) -> bytes:
    """The file's key."""
    found = key_slots.unlock_with_password(key_slots.read_slots(path), PASSWORD, None)
    assert found is not None
    return found[0]


def test_what_was_saved_is_there_again(closed: Path) -> None:
    with open_office(closed, FORMS, PASSWORD) as file:
        assert (file.login, file.identity.name) == ("dao", "Xã Tân Lập")
        assert len(file.records.ids(ListQuery("event"))) == 1
        assert file.users.all() == [User("dao", "Lò Thị Đào", "administrator")]


def test_a_file_opened_in_one_thread_is_taken_up_by_another(closed: Path) -> None:
    found: list[OfficeFile] = []

    def opening() -> None:
        found.append(open_office(closed, FORMS, PASSWORD))
        found[0].let_go()

    worker = threading.Thread(target=opening)
    worker.start()
    worker.join()
    file = found[0]
    with pytest.raises(RuntimeError, match="used by the thread alone"):
        file.records.count("event")
    file.take_up()
    assert file.records.count("event") == 1
    with pytest.raises(RuntimeError, match="one thread at a time"):
        file.take_up()
    refused: list[BaseException] = []

    def meddling() -> None:
        try:
            file.records.count("event")
        except RuntimeError as error:
            refused.append(error)

    other = threading.Thread(target=meddling)
    other.start()
    other.join()
    assert refused
    file.close()


def test_a_stop_cuts_off_the_statement_that_runs_and_changes_nothing(closed: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with open_office(closed, FORMS, PASSWORD) as file, file.worker(lambda: True) as own:

        def stopped() -> None:
            with own.atomic():
                own.records.save("event", event(NOW.date()), actor="dao", now=NOW)
                own._database.run(endless).fetchone()

        assert code_of(stopped) == "TD-UI-100"
        assert file.records.count("event") == 1


def test_nothing_lies_in_clear_on_the_disk(closed: Path) -> None:
    for path in closed.parent.iterdir():
        content = path.read_bytes()
        for word in ("Ra quân", "Tân Lập", "CREATE TABLE", "SQLite format"):
            assert word.encode() not in content


def test_only_the_file_and_its_keys_remain_after_closing(closed: Path) -> None:
    names = {path.name for path in closed.parent.iterdir()}
    assert names == {"xa.thidua", "xa.thidua.keys", "xa.thidua.lock"}


def test_a_wrong_password_and_a_wrong_login(closed: Path) -> None:
    assert code_of(lambda: open_office(closed, FORMS, "sai")) == "TD-STORE-001"
    assert code_of(lambda: open_office(closed, FORMS, PASSWORD, "binh")) == "TD-STORE-001"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04" + b"x" * 8188, b"SQLite format 3\0" + b"\0" * 4080, b"x" * 5000]
)
def test_a_foreign_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "khac.thidua"
    path.write_bytes(content)
    assert code_of(lambda: open_office(path, FORMS, PASSWORD)) == "TD-STORE-002"


def test_another_programs_database_under_our_key(closed: Path) -> None:
    connection = connect(closed, raw_key(closed))
    connection.execute("PRAGMA application_id = 7")
    connection.close()
    assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-002"


def test_a_file_of_a_newer_version(closed: Path) -> None:
    connection = connect(closed, raw_key(closed))
    connection.execute(f"PRAGMA user_version = {version_of() + 1}")
    connection.close()
    before = closed.read_bytes()
    assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-003"
    assert closed.read_bytes() == before


def test_a_step_that_this_program_does_not_know(closed: Path) -> None:
    connection = connect(closed, raw_key(closed))
    sql = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('thidua', 'm0999_later', '')"
    connection.execute(sql)
    connection.close()
    assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-003"


@pytest.mark.parametrize("place", [0, 20, 2000, 4095])
def test_a_flipped_byte_in_the_first_page(closed: Path, place: int) -> None:
    content = bytearray(closed.read_bytes())
    content[place] ^= 1
    closed.write_bytes(content)
    assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-004"


def test_a_flipped_byte_in_any_page_is_noticed(closed: Path) -> None:
    sound = closed.read_bytes()
    noticed = []
    for page in range(1, len(sound) // 4096):
        content = bytearray(sound)
        content[page * 4096 + 1234] ^= 1
        closed.write_bytes(content)
        try:
            with open_office(closed, FORMS, PASSWORD) as file:
                noticed.append([finding[:12] for finding in file.check()])
        except UserError as refused:
            noticed.append([refused.code])
    assert {tuple(codes) for codes in noticed} <= {("TD-STORE-030",), ("TD-STORE-004",)}
    assert ["TD-STORE-030"] in noticed


def test_a_file_that_begins_like_a_program_by_chance_is_not_foreign(closed: Path) -> None:
    """The first bytes are luck (a salt): one office in 65,536 begins with MZ."""
    content = closed.read_bytes()
    closed.write_bytes(b"MZ" + content[2:])
    with pytest.raises(UserError, match="TD-STORE-004"):  # another salt, so the key no longer fits; not TD-STORE-002
        open_office(closed, FORMS, PASSWORD)


def test_the_keys_of_another_file(closed: Path, tmp_path: Path) -> None:
    other = make_office(tmp_path / "khac.thidua").file
    other.close()
    shutil.copy(key_slots.slots_path(other.path), key_slots.slots_path(closed))
    assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-004"


def test_no_keys_and_no_file(closed: Path, tmp_path: Path) -> None:
    key_slots.slots_path(closed).unlink()
    assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-006"
    assert code_of(lambda: open_office(tmp_path / "mat.thidua", FORMS, PASSWORD)) == "TD-STORE-020"


def test_one_program_at_a_time(closed: Path) -> None:
    with open_office(closed, FORMS, PASSWORD):
        assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-005"
    open_office(closed, FORMS, PASSWORD).close()


def test_a_refused_opening_lets_others_in(closed: Path) -> None:
    connection = connect(closed, raw_key(closed))
    connection.execute("PRAGMA application_id = 7")
    connection.close()
    for _ in range(2):
        assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-002"


def test_nothing_is_overwritten(closed: Path) -> None:
    identity = OfficeIdentity(code="1", name="x")
    before = closed.read_bytes()
    user = NewUser("An", "an")
    assert code_of(lambda: create_office(closed, FORMS, identity, user, PASSWORD, NOW, cost=QUICK)) == "TD-STORE-017"
    assert closed.read_bytes() == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "khong" / "xa.thidua"
    assert code_of(lambda: make_office(path)) == "TD-ENV-003"


def test_the_recovery_sheet_opens_and_a_new_one_replaces_it(tmp_path: Path) -> None:
    created = make_office(tmp_path / "xa.thidua")
    path, first = created.file.path, created.recovery
    created.file.close()
    with open_with_recovery(path, FORMS, first.lower().replace("-", " ")) as file:
        assert file.login is None
        second = file.new_recovery_sheet()
    assert code_of(lambda: open_with_recovery(path, FORMS, first)) == "TD-STORE-021"
    open_with_recovery(path, FORMS, second).close()


def test_passwords_are_added_changed_and_taken_away(closed: Path) -> None:
    with open_office(closed, FORMS, PASSWORD) as file:
        assert code_of(lambda: file.remove_password("dao")) == "TD-STORE-018"
        file.set_password(User("binh", "Bình", "officer"), "mật khẩu của Bình", QUICK)
        file.set_password(User("dao", "Lò Thị Đào", "administrator"), "mới", QUICK)
    assert code_of(lambda: open_office(closed, FORMS, PASSWORD)) == "TD-STORE-001"
    with open_office(closed, FORMS, "mới") as file:
        file.remove_password("binh")
        assert file.users.get("binh") == User("binh", "Bình", "officer", active=False)
    assert code_of(lambda: open_office(closed, FORMS, "mật khẩu của Bình")) == "TD-STORE-001"


def test_keys_of_the_office_are_kept_inside(tmp_path: Path) -> None:
    file = make_office(tmp_path / "xa.thidua").file
    assert file.office_keys == b""
    file.office_keys = b"\x00\x01keys"
    file.close()
    with open_office(file.path, FORMS, PASSWORD) as again:
        assert again.office_keys == b"\x00\x01keys"
        assert again.installation_id == file.installation_id


def test_a_link_opens_no_office_twice(closed: Path) -> None:
    link = closed.with_name("liên kết.thidua")
    link.symlink_to(closed)
    with open_office(closed, FORMS, PASSWORD), pytest.raises(UserError, match="TD-STORE-005"):
        FileLock(link)


def test_a_second_name_of_the_file_opens_it_no_second_time(closed: Path, tmp_path: Path) -> None:
    """A hard link has a lock and a log of its own beside it: only what stands for the file itself tells."""
    other = tmp_path / "chỗ khác"
    other.mkdir()
    for name in (closed, key_slots.slots_path(closed)):
        (other / name.name).hardlink_to(name)
    with open_office(closed, FORMS, PASSWORD):
        assert code_of(lambda: open_office(other / closed.name, FORMS, PASSWORD)) == "TD-STORE-005"
    open_office(other / closed.name, FORMS, PASSWORD).close()
    open_office(closed, FORMS, PASSWORD).close()  # a refusal holds nothing
