"""Words that every help page uses: how certain a fact is, and what it stands on."""

from __future__ import annotations

CERTAINTY_NOTES = {
    "V": "",
    "M": "Theo thông lệ; địa phương sửa được.",
    "?": "Chưa có căn cứ rõ; địa phương sửa được.",
}


def basis_text(basis: str) -> str:
    """The legal basis as a sentence; "" when there is none."""
    return f"Căn cứ: {basis}." if basis else ""
