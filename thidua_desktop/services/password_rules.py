"""What a password of a person must be: the same wherever one is set, checked in services, said in sentences beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from thidua_desktop.errors import UserError
from thidua_desktop.text import fold, lower_first

LEAST_PASSWORD = 8
_EASY = (
    "password", "passw0rd", "matkhau", "matma", "12345678", "87654321", "abcd1234", "abc12345", "a1b2c3d4", "1q2w3e4r",
    "qwerty", "qwertyuiop", "asdfghjk", "zxcvbnm", "iloveyou", "anhyeuem", "emyeuanh", "toiyeuvietnam", "vietnam",
    "hanoi", "saigon", "welcome", "admin", "administrator", "quantri", "letmein", "dragon", "monkey", "football",
    "conganxa", "congan", "anninh", "anninhtrattu", "thidua", "toandan", "totquoc", "toquoc", "ubnd", "ubndxa",
    "uybannhandan", "khongbiet", "khongco", "trungthu", "tetnguyendan", "hochiminh", "bacho", "giadinh", "conyeu",
)  # fmt: skip
_MORE = 4
"""Signs that hardly make a guessable word less guessable: a year, 123, an exclamation mark."""
_KINDS_OF_OFFICE = re.compile(r"^(?:xa|phuong|dackhu|thitran|huyen|thanhpho|tinh|ubndxa|ubndphuong|ubnd|congan)+")
_TAIL = re.compile(r"[^a-z]+$")


class PasswordRule(NamedTuple):
    """One rule of a good password as a sentence, and whether it is kept."""

    text: str
    kept: bool


def check_password(password: str, login: str = "", name: str = "", office: str = "") -> None:
    """Raise TD-STORE-203 (short), 204 (a name), 205 (guessable) for a password that will not do.

    ``office``: the name of the unit. Signs, digits and capitals added to a name or a common word do not help.
    """
    if len(password) < LEAST_PASSWORD:
        raise UserError("TD-STORE-203", count=len(password), least=LEAST_PASSWORD)
    key = re.sub(r"[\W_]", "", fold(password))
    bare = _TAIL.sub("", key)
    names = {_plain(login), _plain(name), *_names_of_office(office)} - {""}
    if {key, key[::-1], bare, bare[::-1]} & names:
        raise UserError("TD-STORE-204")
    common = any(key.startswith(easy) and len(key) <= len(easy) + _MORE for easy in _EASY)
    if len(set(key)) < 3 or common or _is_run(key) or _is_repeated(key):
        raise UserError("TD-STORE-205")


def password_rules(password: str, again: str, login: str, name: str, office: str = "") -> tuple[PasswordRule, ...]:
    """The rules that ``check_password`` holds, as sentences."""
    code = ""
    try:
        check_password(password, login, name, office)
    except UserError as error:
        code = error.code
    typed = len(password) >= LEAST_PASSWORD  # a short one is not yet said to be good in other ways
    return (
        PasswordRule(f"Ít nhất {LEAST_PASSWORD} ký tự", typed),
        PasswordRule("Không trùng họ tên, tên đăng nhập, tên đơn vị", typed and code != "TD-STORE-204"),
        PasswordRule("Không phải dãy dễ đoán như 12345678, matkhau", typed and code != "TD-STORE-205"),
        PasswordRule("Hai lần gõ giống nhau", bool(password) and password == again),
    )


def first_broken(rules: Sequence[PasswordRule]) -> str:
    """ "Cần: ít nhất 8 ký tự.", the first rule that is not kept; "" when all are."""
    broken = next((rule.text for rule in rules if not rule.kept), "")
    return f"Cần: {lower_first(broken)}." if broken else ""


def _names_of_office(office: str) -> set[str]:
    whole = _plain(office)
    return {whole, f"ubnd{whole}", f"congan{whole}", _KINDS_OF_OFFICE.sub("", whole)}


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _is_run(key: str) -> bool:
    """Whether the signs follow each other up or down: 12345678, hgfedcba."""
    steps = {ord(after) - ord(before) for before, after in pairwise(key)}
    return len(steps) == 1 and steps <= {-1, 0, 1}


def _is_repeated(key: str) -> bool:
    """Whether it is one short part again and again: abcabcabc, 12121212."""
    return any(len(key) % size == 0 and key == key[:size] * (len(key) // size) for size in (1, 2, 3, 4))
