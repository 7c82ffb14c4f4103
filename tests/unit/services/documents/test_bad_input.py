"""What people type and machines break, through the papers of an office: printed as it is, or refused in words."""

from __future__ import annotations

import resource
import signal
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.unit.services.documents.paper_definitions import LETTER, with_papers
from tests.unit.services.documents.test_papers_of_several import pages
from tests.unit.signing.made_keys import NOW, file_key
from thidua_desktop.errors import UserError
from thidua_desktop.services import lists
from thidua_desktop.services.documents.printing import papers_in_excel, papers_in_word, print_documents
from thidua_desktop.services.files import write_whole
from thidua_desktop.services.session import Session
from thidua_desktop.services.signing import sign
from thidua_desktop.services.transfer_writing import write_records

Add = Callable[..., str]
ODD = 'Tổ <b>&amp; {{ 7*7 }} {% if %} 100% \\n C:\\x ]]> "y"'


def group(add: Add, area: str, name: str) -> str:
    return add("self_managed_group", residential_area=area, number="7", name=name, kind="security")


def test_marks_of_other_languages_are_plain_text(session: Session, add: Add, area_ids: list[str]) -> None:
    record = group(add, area_ids[1], ODD)
    for document in ("letter", "group_book"):
        text = " ".join(pages(print_documents(with_papers(session), document, [record]).pdf))
        assert ODD in text


@pytest.mark.parametrize("letter", ["😀", "漢", "\U0001f468\u200d\U0001f469"])
def test_a_letter_without_a_glyph_is_named_with_its_record_and_field(
    session: Session, add: Add, area_ids: list[str], letter: str
) -> None:
    record = group(add, area_ids[1], f"Tổ Hòa Bình {letter} số 7")
    with pytest.raises(UserError, match="TD-PRINT-072") as refused:
        print_documents(session, "group_book", [record])
    told = refused.value.sentence
    assert f"“{letter[0]}” (U+{ord(letter[0]):04X}" in told and "tổ tự quản “Tổ Hòa Bình" in told and "mục “Tên" in told


def test_a_letter_in_a_listed_record_is_named_too(session: Session, add: Add, area_ids: list[str]) -> None:
    record = group(add, area_ids[1], "Tổ số 7")
    add("household", group=record, residential_area=area_ids[1], number=1, representative="Lê 漢 Văn", members=4)
    with pytest.raises(UserError, match="TD-PRINT-072") as refused:
        print_documents(session, "group_book", [record])
    assert "hộ gia đình" in refused.value.sentence and "“漢”" in refused.value.sentence


def test_what_has_no_shape_is_left_out(session: Session, add: Add, area_ids: list[str]) -> None:
    record = group(add, area_ids[1], "Tổ\u200b số\u202e 7\x07 \u200f(B)\ufeff\u00ad")
    assert "Tổ số 7 (B)" in " ".join(pages(print_documents(session, "group_book", [record]).pdf))


def test_3000_words_in_a_record_are_all_on_paper(session: Session, add: Add, area_ids: list[str]) -> None:
    letters = string.ascii_letters + string.digits
    words = [one + other for one in letters for other in letters][:3000]
    record = add(
        "good_example", kind="collective", title="Dài", collective="Tổ 1", field="crime",
        recognised_on=date(2026, 11, 1), residential_area=area_ids[1], deeds=" ".join(words),
    )  # fmt: skip
    text = " ".join(pages(print_documents(session, "good_example_report", [record]).pdf))
    inside = text[text.index(" aa ab ") : text.index("4. Hiệu quả")].split()
    pagenumbers = {"2", "3", "4", "5", "6", "7", "8"}
    assert [word for word in inside if word not in pagenumbers] == words


def test_an_unknown_name_in_a_text_of_an_office_is_told(session: Session, add: Add, area_ids: list[str]) -> None:
    office = with_papers(session, LETTER._replace(texts={**LETTER.texts, "body": "{{ nobody.name }}"}))
    with pytest.raises(UserError, match="TD-PRINT-023") as refused:
        print_documents(office, "letter", [group(add, area_ids[1], "Tổ 7")])
    assert "body" in refused.value.sentence


@contextmanager
def no_room() -> Iterator[None]:
    """A file may not grow beyond 4 KiB: the system itself stops the writing half way, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx", "signed"])
def test_a_full_disk_leaves_the_old_file_and_nothing_half_written(
    session: Session, area_ids: list[str], tmp_path: Path, kind: str
) -> None:
    pdf = print_documents(session, "area_list", area_ids).pdf
    makers = {
        "pdf": lambda: pdf,
        "docx": lambda: papers_in_word(session, "area_list", area_ids),
        "xlsx": lambda: papers_in_excel(session, "area_list", area_ids),
        "signed": lambda: sign(pdf, file_key(tmp_path, "Đỗ Thị Hường"), NOW),
    }
    content = makers[kind]()
    assert len(content) > 4096
    folder = tmp_path / "usb"
    folder.mkdir()
    target = folder / f"giấy.{kind}"
    target.write_bytes(b"ban cu")
    with no_room(), pytest.raises(UserError) as refused:
        write_whole(target, content)
    assert refused.value.code.startswith("TD-ENV-0")
    assert [path.name for path in folder.iterdir()] == [target.name] and target.read_bytes() == b"ban cu"
    write_whole(target, content)
    assert target.read_bytes() == content


def test_a_full_disk_while_a_list_is_exported(session: Session, add: Add, area_ids: list[str], tmp_path: Path) -> None:
    for number in range(40):
        add("person", name=f"Lê Thị {number}", sex="female", residential_area=area_ids[1])
    target = tmp_path / "người.xlsx"
    target.write_bytes(b"ban cu")
    with no_room(), pytest.raises(UserError, match="TD-XFER-014"):
        write_records(session, lists.default_query(session, "person"), target, None)
    assert target.read_bytes() == b"ban cu"
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".tmp")]
