"""``thidua keys``: keys changed, carried to another installation, revoked, kept by two persons."""

from __future__ import annotations

from pathlib import Path

import click

from thidua_desktop.cli.opening import (
    EXISTING_FILE,
    FOLDER,
    OFFICE_FILE,
    made_folder,
    office_options,
    opened,
    read_password,
    say,
    write_file,
)

_PHRASE_1 = click.option("--passphrase-1", type=EXISTING_FILE, required=True, help="Tệp mật khẩu của người thứ nhất.")
_PHRASE_2 = click.option("--passphrase-2", type=EXISTING_FILE, required=True, help="Tệp mật khẩu của người thứ hai.")


@click.group()
def keys() -> None:
    """Khóa của đơn vị: đổi, thu hồi, chia cho hai người giữ."""


@keys.command("change")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
@click.option("--again", is_flag=True, help="Không đổi nữa, chỉ ghi lại tệp của lần đổi gần nhất.")
def keys_change(file: Path, password_file: Path, login: str | None, out: Path, again: bool) -> None:
    """Lập khóa mới và ghi tệp đổi khóa (.tdkey) đưa cho đơn vị kia."""
    from thidua_desktop.services.handoff import key_care

    write = key_care.write_change if again else key_care.change_keys
    with opened(file, password_file, login) as session:
        say(f"Đã ghi tệp đổi khóa {write(session, made_folder(out))}")


@keys.command("take")
@click.argument("tdkey", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ nhận.")
@office_options
def keys_take(tdkey: Path, file: Path, password_file: Path, login: str | None) -> None:
    """Nhận tệp đổi khóa của đơn vị kia; chữ ký bằng khóa cũ thay cho việc đối chiếu vân tay."""
    from thidua_desktop.services.handoff import key_care

    with opened(file, password_file, login) as session:
        change = key_care.read_change(tdkey)
        key_care.take_change(session, change)
    say(f"Đã nhận khóa mới của {change.card.office_name}")


@keys.command("revoke")
@click.argument("office")
@click.argument("installation")
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ đang mở.")
@office_options
@click.option("--reason", required=True, help="Vì sao thu hồi, ví dụ mất máy.")
def keys_revoke(
    office: str, installation: str, file: Path, password_file: Path, login: str | None, reason: str
) -> None:
    """Thu hồi thẻ của một máy: không nhận gói của máy đó nữa."""
    from thidua_desktop.services.handoff import key_care

    with opened(file, password_file, login) as session:
        key_care.revoke(session, office, installation, reason)
    say("Đã thu hồi thẻ")


@keys.command("split")
@click.argument("file", type=OFFICE_FILE)
@office_options
@_PHRASE_1
@_PHRASE_2
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
def keys_split(
    file: Path, password_file: Path, login: str | None, passphrase_1: Path, passphrase_2: Path, out: Path
) -> None:
    """Ghi khóa của đơn vị thành hai tệp, mỗi tệp một người giữ với mật khẩu riêng."""
    from thidua_desktop.services.handoff import key_care

    phrases = (read_password(passphrase_1), read_password(passphrase_2))
    with opened(file, password_file, login) as session:
        for path in key_care.export_parts(session, made_folder(out), phrases):
            say(f"Đã ghi {path}")


@keys.command("join")
@click.argument("part_1", type=EXISTING_FILE)
@click.argument("part_2", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ mới của cùng đơn vị.")
@office_options
@_PHRASE_1
@_PHRASE_2
def keys_join(
    part_1: Path, part_2: Path, file: Path, password_file: Path, login: str | None, passphrase_1: Path,
    passphrase_2: Path,
) -> None:  # fmt: skip
    """Lấy lại khóa của đơn vị từ hai phần."""
    from thidua_desktop.services.handoff import key_care

    phrases = (read_password(passphrase_1), read_password(passphrase_2))
    with opened(file, password_file, login) as session:
        key_care.import_parts(session, (part_1, part_2), phrases)
    say("Đã lấy lại khóa. Ghi tệp đổi khóa để các đơn vị nhận máy này: thidua keys change --again")


@keys.command("new-installation")
@click.argument("file", type=OFFICE_FILE)
@office_options
def keys_new_installation(file: Path, password_file: Path, login: str | None) -> None:
    """Tệp khôi phục từ bản sao: coi là một máy mới của cùng đơn vị, gói đánh số lại từ 1."""
    from thidua_desktop.services.handoff import key_care

    with opened(file, password_file, login) as session:
        key_care.give_new_installation(session)
    say("Từ lần mở sau, tệp này là một máy mới của đơn vị. Ghi tệp đổi khóa: thidua keys change --again")


@keys.command("escrow-give")
@click.argument("file", type=OFFICE_FILE)
@office_options
@click.option("--out", type=FOLDER, required=True, help="Thư mục hoặc USB.")
@click.option("--agreed", is_flag=True, help="Đơn vị đồng ý gửi tỉnh giữ hộ một đường vào sổ.")
def keys_escrow_give(file: Path, password_file: Path, login: str | None, out: Path, agreed: bool) -> None:
    """Ghi tệp gửi tỉnh giữ hộ đường vào sổ (.tdescrow); mặc định là không gửi."""
    from thidua_desktop.services.handoff import escrow

    say(escrow.PURPOSE)
    with opened(file, password_file, login) as session:
        say(f"Đã ghi {escrow.give(session, made_folder(out), agreed=agreed)}")


@keys.command("escrow-stop")
@click.argument("file", type=OFFICE_FILE)
@office_options
def keys_escrow_stop(file: Path, password_file: Path, login: str | None) -> None:
    """Thôi gửi: điều tỉnh đang giữ không mở được sổ nữa."""
    from thidua_desktop.services.handoff import escrow

    with opened(file, password_file, login) as session:
        escrow.stop(session)
    say("Đã thôi gửi tỉnh giữ hộ")


@keys.command("escrow-take")
@click.argument("tdescrow", type=EXISTING_FILE)
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của tỉnh.")
@office_options
def keys_escrow_take(tdescrow: Path, file: Path, password_file: Path, login: str | None) -> None:
    """Ở tỉnh: nhận giữ hộ đường vào sổ của một xã."""
    from thidua_desktop.services.handoff import escrow

    with opened(file, password_file, login) as session:
        kept = escrow.take(session, tdescrow)
    say(f"Đã nhận giữ hộ của {kept.name}, mã {kept.office}, máy {kept.installation}")


@keys.command("rescue")
@click.argument("office")
@click.argument("installation")
@click.option("--into", "file", type=OFFICE_FILE, required=True, help="Tệp sổ của tỉnh.")
@office_options
@click.option("--reason", required=True, help="Ai yêu cầu, vì sao.")
@click.option("--out", type=OFFICE_FILE, required=True, help="Nơi ghi phiếu cứu sổ (PDF).")
def keys_rescue(
    office: str, installation: str, file: Path, password_file: Path, login: str | None, reason: str, out: Path
) -> None:
    """Ở tỉnh: in phiếu cứu sổ dùng một lần cho xã đã gửi giữ hộ."""
    from thidua_desktop.services.handoff import escrow

    with opened(file, password_file, login) as session:
        write_file(out, escrow.rescue(session, office, installation, reason).pdf)
    say(f"Đã ghi phiếu cứu sổ {out}")
