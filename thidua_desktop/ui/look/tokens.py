"""Colour tokens of the three themes. Plain data, no Qt; the contrast of every pair is held by a test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    """The three themes; the value is what settings store."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as ``#RRGGBB``. ``tokens["text-2"]`` and ``tokens.text_2`` are the same."""

    bg: str
    surface: str
    raised: str
    side: str
    nav_sel: str
    sel: str
    on_sel: str
    line: str
    line_2: str
    edge: str
    text: str
    text_2: str
    muted: str
    accent_ink: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str

    def __getitem__(self, name: str) -> str:
        """The colour of a token by its written name, for example ``accent-ink``."""
        try:
            return str(getattr(self, name.replace("-", "_")))
        except AttributeError:
            raise KeyError(name) from None


LIGHT = Tokens(
    bg="#F3F5F7",
    surface="#FFFFFF",
    raised="#E9EDF1",
    side="#E9EDF1",
    nav_sel="#FFFFFF",
    sel="#DCE8F5",
    on_sel="#1A2026",
    line="#D5DBE1",
    line_2="#B4BDC6",
    edge="#76818C",
    text="#1A2026",
    text_2="#46505A",
    muted="#58626D",
    accent_ink="#1F5A9E",
    accent="#1F5A9E",
    accent_hover="#184A84",
    accent_pressed="#123B6B",
    on_accent="#FFFFFF",
    accent_soft="#E6EFF9",
    ok="#1B6A40",
    ok_soft="#E4F3EA",
    warn="#7F4E00",
    warn_soft="#FBF0D9",
    bad="#A8241E",
    bad_soft="#FBE8E6",
)

DARK = Tokens(
    bg="#14181D",
    surface="#1C2127",
    raised="#262C34",
    side="#191E24",
    nav_sel="#2C343D",
    sel="#22405F",
    on_sel="#E8ECF0",
    line="#343C46",
    line_2="#4B5560",
    edge="#7D8995",
    text="#E8ECF0",
    text_2="#BEC7D0",
    muted="#A2ADB8",
    accent_ink="#8DBBF4",
    accent="#2F69AE",
    accent_hover="#184A84",
    accent_pressed="#123B6B",
    on_accent="#FFFFFF",
    accent_soft="#1F3146",
    ok="#82CF9F",
    ok_soft="#1B3527",
    warn="#EBB961",
    warn_soft="#3A2E16",
    bad="#F49C93",
    bad_soft="#432422",
)

CONTRAST = Tokens(
    bg="#000000",
    surface="#000000",
    raised="#000000",
    side="#000000",
    nav_sel="#000000",
    sel="#FFE14D",
    on_sel="#000000",
    line="#FFFFFF",
    line_2="#FFFFFF",
    edge="#FFFFFF",
    text="#FFFFFF",
    text_2="#FFFFFF",
    muted="#E0E0E0",
    accent_ink="#7FD4FF",
    accent="#FFE14D",
    accent_hover="#FFEE99",
    accent_pressed="#FFFFFF",
    on_accent="#000000",
    accent_soft="#000000",
    ok="#7DF0A8",
    ok_soft="#000000",
    warn="#FFD24D",
    warn_soft="#000000",
    bad="#FFA39B",
    bad_soft="#000000",
)

TOKENS: dict[Theme, Tokens] = {Theme.LIGHT: LIGHT, Theme.DARK: DARK, Theme.CONTRAST: CONTRAST}

#: Backgrounds that any ink may stand on, except ``sel`` in high contrast, where every ink becomes ``on-sel``.
BACKGROUNDS = ("bg", "surface", "raised", "side", "sel", "accent-soft")
#: Inks that carry words and so need 4.5:1 on every background.
INKS = ("text", "text-2", "muted", "accent-ink", "ok", "warn", "bad")


def relative_luminance(color: str) -> float:
    """Relative luminance of ``#RRGGBB`` as WCAG 2 defines it, 0 (black) to 1 (white)."""
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: str, other: str) -> float:
    """WCAG contrast of two ``#RRGGBB`` colours, 1 to 21."""
    high, low = sorted((relative_luminance(one), relative_luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
