"""Types of administrative papers and their abbreviations in the number (Decree 30/2020/NĐ-CP, Appendix III)."""

from __future__ import annotations

PAPER_TYPES = {
    "NGHỊ QUYẾT": "NQ",
    "QUYẾT ĐỊNH": "QĐ",
    "CHỈ THỊ": "CT",
    "QUY CHẾ": "QC",
    "QUY ĐỊNH": "QyĐ",
    "THÔNG CÁO": "TC",
    "THÔNG BÁO": "TB",
    "HƯỚNG DẪN": "HD",
    "CHƯƠNG TRÌNH": "CTr",
    "KẾ HOẠCH": "KH",
    "PHƯƠNG ÁN": "PA",
    "ĐỀ ÁN": "ĐA",
    "DỰ ÁN": "DA",
    "BÁO CÁO": "BC",
    "BIÊN BẢN": "BB",
    "TỜ TRÌNH": "TTr",
    "HỢP ĐỒNG": "HĐ",
    "CÔNG ĐIỆN": "CĐ",
    "BẢN GHI NHỚ": "BGN",
    "BẢN THỎA THUẬN": "BTT",
    "GIẤY ỦY QUYỀN": "GUQ",
    "GIẤY MỜI": "GM",
    "GIẤY GIỚI THIỆU": "GGT",
    "GIẤY NGHỈ PHÉP": "GNP",
    "PHIẾU GỬI": "PG",
    "PHIẾU CHUYỂN": "PC",
    "PHIẾU BÁO": "PB",
}
LETTER = "CÔNG VĂN"
"""An official letter: its type is not printed, its number has no type code, its subject stands under the number."""


def paper_type(type_name: str, title: str = "") -> str:
    """The printed type of a paper: ``type_name``, else the type that its title begins with; "" when neither says it."""
    wanted = " ".join((type_name or title).upper().split())
    if type_name:
        return wanted
    known = (name for name in (LETTER, *PAPER_TYPES) if wanted == name or wanted.startswith(f"{name} "))
    return next(known, "")


def type_code(name: str) -> str:
    """The abbreviation of a type in the number; "" for a letter and for a type that the decree does not know."""
    return PAPER_TYPES.get(name, "")


LETTER_CODE = "letter"
"""Code of a letter in the catalog of types (``paper_type``)."""


def series_of(kind: str, symbol: str) -> str:
    """The series that a paper's number counts in within a year: the issuer and the type (Decree 30/2020, art. 15).

    ``BC-UBND`` says both; a letter (``UBND-VP``) counts by its issuer, whichever unit drafted it.
    """
    tidy = symbol.strip()
    return tidy.partition("-")[0].strip() if kind == LETTER_CODE else tidy
