"""The stylesheet: complete, scaled, and away from what the control style draws."""

from __future__ import annotations

import re

import pytest

from thidua_desktop.ui.look.stylesheet import build_stylesheet
from thidua_desktop.ui.look.tokens import TOKENS, Theme


@pytest.mark.parametrize("theme", Theme)
def test_every_placeholder_is_filled(theme: Theme) -> None:
    sheet = build_stylesheet(TOKENS[theme], 1.0)
    assert re.findall(r"\{[a-z_0-9]+\}", sheet) == []
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize(
    "name", ["::indicator", "::drop-down", "::down-arrow", "QLineEdit", "QCheckBox", "QPushButton"]
)
def test_parts_that_the_control_style_draws_are_not_named(name: str) -> None:
    assert name not in build_stylesheet(TOKENS[Theme.LIGHT], 1.0)


@pytest.mark.parametrize("name", ["box-shadow", "transition", "line-height", "text-transform", "italic"])
def test_nothing_that_qt_ignores_or_the_look_forbids(name: str) -> None:
    assert name not in build_stylesheet(TOKENS[Theme.LIGHT], 1.0)


def test_sizes_follow_the_text_size() -> None:
    assert 'QLabel[role="base"] { font-size: 15px' in build_stylesheet(TOKENS[Theme.LIGHT], 1.0)
    assert 'QLabel[role="base"] { font-size: 24px' in build_stylesheet(TOKENS[Theme.LIGHT], 1.6)


def test_a_frame_of_two_pixels_takes_one_pixel_of_padding() -> None:
    sheet = build_stylesheet(TOKENS[Theme.LIGHT], 1.0)
    assert re.search(r"QTextEdit \{[^}]*border: 1px[^}]*padding: 5px 7px", sheet)
    assert re.search(r"QTextEdit:focus \{ border: 2px[^}]*padding: 4px 6px", sheet)
