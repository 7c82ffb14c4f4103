"""The 34 provincial and 3,321 commune units: the vietnam-provinces package with the corrections of ``resources/units``.

The package is read only when somebody asks (its data are half a megabyte). Codes are those of the National Statistics
Office: two digits for a province, five for a commune; a code that only the package used still finds its unit.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.paths import resource_path
from thidua_desktop.text import clean, fold, upper_first

KINDS = ("Thành phố", "Tỉnh", "Đặc khu", "Phường", "Xã")
_COMMUNE_KINDS = {"đặc khu", "phường", "xã"}
_COMMUNE_CODE = re.compile(r"[0-9]{5}")


@dataclass(frozen=True, slots=True)
class Unit:
    """One administrative unit. ``name`` is the full name ("Xã Bắc Sơn"); ``kind`` one of ``KINDS`` in lower case.

    ``province_code`` and ``province_name`` of a province are its own.
    """

    code: str
    name: str
    kind: str
    province_code: str
    province_name: str

    @property
    def bare_name(self) -> str:
        """The name without the kind of unit: "Bắc Sơn"."""
        return self.name[len(self.kind) :].strip()

    @property
    def is_province(self) -> bool:
        """Whether this is one of the 34 provincial units."""
        return len(self.code) == 2


@dataclass(frozen=True, slots=True)
class _Country:
    provinces: tuple[Unit, ...]
    communes: Mapping[str, tuple[Unit, ...]]
    by_code: Mapping[str, Unit]
    old_codes: Mapping[str, str]
    folded: tuple[tuple[str, str, Unit], ...]


def provinces() -> list[Unit]:
    """All provincial units, centrally-run cities first, then by name."""
    return list(_country().provinces)


def communes(province_code: str) -> list[Unit]:
    """The communes of a province by name; raises TD-STORE-201 when there is no such province."""
    try:
        return list(_country().communes[province_code])
    except KeyError:
        raise UserError("TD-STORE-201", unit=province_code) from None


def unit(code: str) -> Unit:
    """The unit of a code (2 or 5 digits), also one that was learned; raises TD-STORE-201 when no unit has it."""
    country = _country()
    known = country.by_code.get(code) or country.by_code.get(country.old_codes.get(code, "")) or learned().get(code)
    if known is None:
        raise UserError("TD-STORE-201", unit=code)
    return known


def new_unit(code: str, name: str, province_code: str) -> Unit:
    """A commune that the list does not have, as people type it.

    Raises TD-STORE-361 for a code or name of another shape, TD-STORE-362 when the list has the code, or the name in the
    same province, TD-STORE-201 for no province.
    """
    tidy, number, country = _clean(name), clean(code), _country()
    province = next((one for one in country.provinces if one.code == clean(province_code)), None)
    if province is None:
        raise UserError("TD-STORE-201", unit=province_code)
    kind = _kind(tidy)
    if not _COMMUNE_CODE.fullmatch(number) or kind not in _COMMUNE_KINDS or len(tidy) < len(kind) + 2:
        raise UserError("TD-STORE-361", number=number or "(trống)", name=tidy or "(trống)")
    same = country.by_code.get(number) or country.by_code.get(country.old_codes.get(number, ""))
    same = same or next((one for one in country.communes[province.code] if _key(one.name) == _key(tidy)), None)
    if same is not None:
        raise UserError("TD-STORE-362", number=same.code, name=same.name, province=same.province_name)
    return Unit(number, tidy, kind, province.code, province.name)


def learned() -> dict[str, Unit]:
    """Communes that began since this program was made, as directives told offices of this machine."""
    try:
        rows = json.loads(_learned_path().read_text(encoding="utf-8"))
        return {str(code): new_unit(str(code), str(name), str(province)) for code, (name, province) in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, UserError):
        return {}


def learn(names: Mapping[str, str], province_code: str) -> None:
    """Remember communes (code -> full name) of a province that the list does not have; what cannot be kept is not."""
    rows = {one.code: [one.name, one.province_code] for one in learned().values()}
    before = dict(rows)
    for code, name in names.items():
        with contextlib.suppress(UserError):
            made = new_unit(code, name, province_code)
            rows[made.code] = [made.name, made.province_code]
    if rows != before:
        _keep_learned(rows)


def unlearn(codes: Iterable[str]) -> None:
    """Forget communes that were learned."""
    gone = set(codes)
    rows = {one.code: [one.name, one.province_code] for one in learned().values()}
    left = {code: row for code, row in rows.items() if code not in gone}
    if left != rows:
        _keep_learned(left)


def _keep_learned(rows: Mapping[str, Sequence[str]]) -> None:
    with contextlib.suppress(OSError):
        path = _learned_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _learned_path() -> Path:
    from thidua_desktop.services.own_places import settings_folder

    return settings_folder() / "units.json"


def find(text: str, limit: int = 50) -> list[Unit]:
    """Units whose name, or name with its province, holds every word of ``text``; diacritics and case do not matter.

    Names that begin with the text come first. A code finds its unit.
    """
    wanted = _key(text).split()
    if not wanted:
        return []
    start = " ".join(wanted)
    more = tuple(
        (_key(one.name), _key(f"{one.name} {one.province_name} {one.code}"), one) for one in learned().values()
    )
    ranked = [
        (_rank(start, own, found), whole, found)
        for own, whole, found in (*_country().folded, *more)
        if all(word in whole for word in wanted)
    ]
    ranked.sort(key=lambda entry: entry[:2])
    return [found for _, _, found in ranked[:limit]]


def _key(name: str) -> str:
    return fold(name.replace("’", "'").replace("–", "-"))


def _rank(start: str, own: str, found: Unit) -> int:
    bare = own.split(" ", 1 if found.kind in {"xã", "phường", "tỉnh"} else 2)[-1]
    if start in {found.code, own, bare}:
        return 0 if found.is_province else 1
    if bare.startswith(start) or own.startswith(start):
        return 2
    return 3 if start in own else 4


@cache
def _country() -> _Country:
    from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

    with NESTED_DIVISIONS_JSON_PATH.open(encoding="utf-8") as stream:
        raw = json.load(stream)
    import tomllib

    with resource_path("units", "corrections.toml").open("rb") as stream:
        corrections = tomllib.load(stream)
    renamed = {row["code"]: row["name"] for row in (*corrections["province"], *corrections["commune"])}
    by_province = {_province(row, renamed): tuple(row["wards"]) for row in raw}
    communes_of = {
        province.code: tuple(
            sorted((_commune(row, province, renamed, corrections["codes"]) for row in wards), key=_order)
        )
        for province, wards in by_province.items()
    }
    listed = tuple(sorted(by_province, key=_order))
    units = [*listed, *(found for group in communes_of.values() for found in group)]
    return _Country(
        provinces=listed,
        communes=communes_of,
        by_code={found.code: found for found in units},
        old_codes=corrections["codes"],
        folded=tuple(
            (_key(found.name), _key(f"{found.name} {found.province_name} {found.code}"), found) for found in units
        ),
    )


def _province(row: Mapping[str, Any], renamed: Mapping[str, str]) -> Unit:
    code = f"{row['code']:02d}"
    name = _clean(renamed.get(code, row["name"]))
    if _kind(name) == "":
        name = f"Tỉnh {name}"
    return Unit(code, name, _kind(name), code, name)


def _commune(row: Mapping[str, Any], province: Unit, renamed: Mapping[str, str], codes: Mapping[str, str]) -> Unit:
    package_code = f"{row['code']:05d}"
    code = codes.get(package_code, package_code)
    name = _clean(renamed.get(code, row["name"]))
    return Unit(code, name, _kind(name), province.code, province.name)


def _clean(name: str) -> str:
    return upper_first(clean(name))


def _kind(name: str) -> str:
    return next((kind.lower() for kind in KINDS if name.startswith(kind + " ")), "")


def _order(found: Unit) -> tuple[int, str, str]:
    return (0 if found.kind == "thành phố" else 1, fold(found.bare_name), found.code)
