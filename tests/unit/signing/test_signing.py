"""PDF signatures: seen where the paper keeps room, checked by poppler and by us, refused once a byte is changed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from tests.unit.signing.made_keys import NOW, PASSWORD, file_key, token
from thidua_desktop.cli import cli
from thidua_desktop.errors import UserError
from thidua_desktop.printing.blocks import (
    Document,
    LetterHead,
    Meta,
    Paragraph,
    RecipientsList,
    Signature,
    SignatureBlock,
    Signatures,
    Title,
)
from thidua_desktop.printing.decree30 import MM
from thidua_desktop.printing.marks import Rendered
from thidua_desktop.printing.render import render
from thidua_desktop.printing.stamp import SEAL, signature_stamp
from thidua_desktop.services import signing
from thidua_desktop.signing.keys import TokenKey

CHAIR = SignatureBlock("CHỦ TỊCH", "Nguyễn Thị Bình", ("TM. ỦY BAN NHÂN DÂN",))
HEAD = LetterHead(None, ("ỦY BAN NHÂN DÂN", "XÃ PHÚ HÒA"), symbol="BC-UBND", place="Phú Hòa", date=date(2026, 11, 16))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def key(folder: Path) -> signing.FileKey:
    return file_key(folder, "Đỗ Thị Hường")


@pytest.fixture(scope="module")
def usb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TokenKey]:
    yield token(tmp_path_factory.mktemp("usb"), "Ủy ban nhân dân xã Phú Hòa")


@pytest.fixture(scope="module")
def paper() -> Rendered:
    lines = RecipientsList(("Như trên", "Lưu: VT"))
    blocks = (HEAD, Title("BÁO CÁO", "Kết quả"), Paragraph("Nội dung."), Signature(CHAIR, lines))
    return render(Document(blocks, Meta("Báo cáo")))


def picture(width: int, height: int) -> bytes:
    made = BytesIO()
    Image.new("RGBA", (width, height), (200, 0, 0, 255)).save(made, "PNG")
    return made.getvalue()


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says."""
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout


def test_the_renderer_says_where_signatures_belong(paper: Rendered) -> None:
    place = paper.places[0]
    assert (place.position, place.name, place.page) == ("CHỦ TỊCH", "Nguyễn Thị Bình", 1)
    assert place.h == pytest.approx(27 * MM, abs=0.1) and place.x + place.w / 2 > 595 / 2
    found = signing.places_in(paper.pdf)[0]
    assert (found.position, found.name) == ("CHỦ TỊCH", "Nguyễn Thị Bình")
    assert abs((found.x + found.w / 2) - (place.x + place.w / 2)) < 1 and abs(found.y - place.y) < 6
    four = tuple(SignatureBlock(f"NGƯỜI {n}", f"Lê Thị {n}") for n in ("MỘT", "HAI", "BA", "BỐN"))
    minutes = render(Document((Title("BIÊN BẢN"), Signatures(four)), Meta("Biên bản")))
    assert [one.position for one in minutes.places] == [one.position for one in four]


def test_several_sign_in_turn(paper: Rendered, key: signing.FileKey, usb: TokenKey, tmp_path: Path) -> None:
    one = signing.sign(paper.pdf, key, NOW, paper.places[0], picture(300, 120))
    both = signing.sign(one, usb, NOW, paper.places[0], seal=picture(200, 200))
    assert both.startswith(one) and one.startswith(paper.pdf)
    names = ["Đỗ Thị Hường", "Ủy ban nhân dân xã Phú Hòa"]
    assert [(found.name, found.intact) for found in signing.signatures(both)] == [(name, True) for name in names]
    told = pdfsig(both, tmp_path)
    assert told.count("Signature is Valid.") == 2 and told.count("ETSI.CAdES.detached") == 2
    assert all(name in told for name in names)


def test_the_same_key_signs_one_place_once(paper: Rendered, key: signing.FileKey, usb: TokenKey) -> None:
    """A button pressed twice; the seal of the office belongs over the signature of its head."""
    one = signing.sign(paper.pdf, key, NOW, paper.places[0])
    with pytest.raises(UserError, match="TD-PRINT-095"):
        signing.sign(one, key, NOW, paper.places[0])
    assert len(signing.signatures(signing.sign(one, key, NOW))) == 2  # unseen, as a second version has it
    assert len(signing.signatures(signing.sign(one, usb, NOW, paper.places[0]))) == 2


def test_one_changed_byte_is_refused(paper: Rendered, key: signing.FileKey, tmp_path: Path) -> None:
    signed = bytearray(signing.sign(paper.pdf, key, NOW, paper.places[0]))
    signed[signed.index(b"stream") + 40] ^= 1
    assert [one.intact for one in signing.signatures(bytes(signed))] == [False]
    assert "Signature is Valid." not in pdfsig(bytes(signed), tmp_path)
    with pytest.raises(UserError, match="TD-PRINT-059"):
        signing.sign(bytes(signed), key, NOW)


def test_a_page_changed_after_signing_is_refused(paper: Rendered, key: signing.FileKey) -> None:
    from pyhanko.pdf_utils.generic import NameObject, NumberObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(BytesIO(signing.sign(paper.pdf, key, NOW)))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[NameObject("/Rotate")] = NumberObject(180)
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)
    assert [one.intact for one in signing.signatures(changed.getvalue())] == [False]


def test_the_stamp_stands_as_the_decree_says(paper: Rendered) -> None:
    place = paper.places[0]
    stamp = signature_stamp(place, ("Ký số bởi:", "Đỗ Thị Hường"), picture(420, 100), picture(200, 200))
    assert stamp.h == pytest.approx(SEAL * MM)  # the seal at its real size
    signature = 42 * MM
    assert stamp.x + SEAL * MM == pytest.approx(place.x + (place.w - signature) / 2 + signature / 3)
    assert stamp.y + stamp.h / 2 == pytest.approx(place.y + place.h / 2)
    frame = signature_stamp(place, ("Ký số bởi:", "Đỗ Thị Hường"))
    assert place.y < frame.y and frame.y + frame.h < place.y + place.h
    with pytest.raises(UserError, match="TD-PRINT-046"):
        signature_stamp(place, (), b"no picture")


def refused(code: str, pdf: bytes, key: signing.FileKey | TokenKey) -> None:
    with pytest.raises(UserError, match=code):
        signing.sign(pdf, key, NOW)


def test_refusals_of_a_key_file(paper: Rendered, key: signing.FileKey, folder: Path) -> None:
    refused("TD-PRINT-051", paper.pdf, replace(key, password="sai"))
    refused("TD-PRINT-051", paper.pdf, replace(key, path=folder / "không có.p12"))
    (folder / "hỏng.p12").write_bytes(b"hong")
    refused("TD-PRINT-051", paper.pdf, replace(key, path=folder / "hỏng.p12"))
    refused("TD-PRINT-054", paper.pdf, file_key(folder, "Hết Hạn", days=-3))
    refused("TD-PRINT-055", b"%PDF-1.4 hong", key)


def test_refusals_of_a_token(paper: Rendered, usb: TokenKey, monkeypatch: pytest.MonkeyPatch) -> None:
    import pkcs11

    refused("TD-PRINT-053", paper.pdf, replace(usb, pin="000000"))
    refused("TD-PRINT-052", paper.pdf, replace(usb, label="USB khác"))
    refused("TD-PRINT-052", paper.pdf, replace(usb, driver=Path("/không/có.so")))
    refused("TD-PRINT-057", paper.pdf, replace(usb, certificate="chứng thư khác"))

    def locked(*_: object) -> None:
        raise pkcs11.exceptions.PinLocked

    monkeypatch.setattr(pkcs11, "lib", locked)
    refused("TD-PRINT-058", paper.pdf, usb)


def test_without_the_library_it_is_said(paper: Rendered, key: signing.FileKey, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)
    refused("TD-PRINT-050", paper.pdf, key)


def test_the_commands(paper: Rendered, key: signing.FileKey, tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(paper.pdf)
    (tmp_path / "p.txt").write_text(f"{PASSWORD}\n", encoding="utf-8")
    out = tmp_path / "out.pdf"
    words = ["sign", str(tmp_path / "in.pdf"), "--key", str(key.path), "--password-file", str(tmp_path / "p.txt")]
    done = CliRunner().invoke(cli, [*words, "--out", str(out), "--place", "1"])
    assert done.exit_code == 0, done.output
    told = CliRunner().invoke(cli, ["signatures", str(out)]).output
    assert re.search(r"Đỗ Thị Hường: còn nguyên, ký lúc \d\d:\d\d:\d\d", told)
    refusal = CliRunner().invoke(cli, [*words, "--out", str(tmp_path / "two.pdf"), "--place", "2"])
    assert isinstance(refusal.exception, UserError) and refusal.exception.code == "TD-PRINT-056"
    assert not (tmp_path / "two.pdf").exists()
