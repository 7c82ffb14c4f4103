"""``thidua sign`` and ``thidua signatures``: PDF signatures with a file key or a token."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import OFFICE_FILE, json_option, say, say_json, write_file
from thidua_desktop.errors import UserError
from thidua_desktop.os_faults import fault_words


def _secret(path: Path) -> str:
    return path.read_text(encoding="utf-8").rstrip("\r\n")


@click.command("sign")
@click.argument("file", type=OFFICE_FILE)
@click.option("--key", "key_file", type=OFFICE_FILE, help="Tệp khóa .p12, .pfx.")
@click.option("--token", type=OFFICE_FILE, help="Tệp trình điều khiển PKCS#11 của USB ký số (.dll, .so).")
@click.option("--token-label", default="", help="Tên USB ký số, khi máy cắm nhiều USB.")
@click.option(
    "--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="Tệp chứa mật khẩu của khóa hoặc mã PIN.",
)  # fmt: skip
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi tệp đã ký.")
@click.option("--place", type=int, help="Ký hiện hình ở chỗ ký thứ mấy của văn bản, đếm từ 1.")
@click.option("--image", type=OFFICE_FILE, help="Hình chữ ký (PNG).")
@click.option("--seal", type=OFFICE_FILE, help="Hình con dấu đỏ (PNG).")
def sign(
    file: Path, key_file: Path | None, token: Path | None, token_label: str, password_file: Path, out: Path,
    place: int | None, image: Path | None, seal: Path | None,
) -> None:  # fmt: skip
    """Ký số tệp PDF; chữ ký có trước giữ nguyên giá trị."""
    from thidua_desktop.services import signing
    from thidua_desktop.services.session import Clock

    if (key_file is None) == (token is None):
        raise click.UsageError("Chọn một trong hai: --key hoặc --token.")
    secret = _secret(password_file)
    key = signing.FileKey(key_file, secret) if key_file else signing.TokenKey(token or Path(), secret, token_label)
    pdf = _read(file)
    where = signing.place_of(signing.places_in(pdf), place) if place is not None else None
    images = [_read(path) if path else None for path in (image, seal)]
    write_file(out, signing.sign(pdf, key, Clock().now(), where, *images))
    say(f"Đã ký {out}")


@click.command("signatures")
@click.argument("file", type=OFFICE_FILE)
@json_option
def list_signatures(file: Path, as_json: bool) -> None:
    """Những chữ ký số trong tệp PDF, còn khớp với tệp hay không."""
    from thidua_desktop.services import signing

    pdf = _read(file)
    found = signing.signatures(pdf)
    if as_json:
        say_json([{"name": one.name, "issuer": one.issuer, "intact": one.intact} for one in found])
    else:
        for one in found:
            at = f"{one.at:%H:%M:%S %d/%m/%Y}" if one.at else "không ghi giờ"
            issuer = "tự ký" if one.self_signed else f"nơi cấp {one.issuer}, chưa đối chiếu"
            say(f"{one.name}: {'còn nguyên' if one.intact else 'ĐÃ BỊ SỬA'}, ký lúc {at}, chứng thư {issuer}")
        if not found:
            say("Tệp chưa có chữ ký số")
    signing.require_intact(pdf)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UserError("TD-PRINT-055", reason=fault_words(fault)) from fault
