"""Contrast of every ink on every ground, in all themes (WCAG 2: 4.5:1 for words, 3:1 for edges)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette

from thidua_desktop.charts.shapes import Ink
from thidua_desktop.ui.components.chart_view import _TOKENS as CHART_TOKENS
from thidua_desktop.ui.components.states import State, state_look
from thidua_desktop.ui.look.palette import build_palette
from thidua_desktop.ui.look.tokens import BACKGROUNDS, INKS, TOKENS, Theme, contrast_ratio


def grounds(theme: Theme) -> list[str]:
    """In high contrast every ink on a chosen row becomes ``on-sel``."""
    return [name for name in BACKGROUNDS if not (theme is Theme.CONTRAST and name == "sel")]


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_can_be_read_on_every_ground(theme: Theme, ink: str) -> None:
    tokens = TOKENS[theme]
    ratios = {ground: contrast_ratio(tokens[ink], tokens[ground]) for ground in grounds(theme)}
    assert min(ratios.values()) >= 4.5, ratios


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("ground", ["surface", "bg"])
def test_edges_of_fields_can_be_seen(theme: Theme, ground: str) -> None:
    assert contrast_ratio(TOKENS[theme].edge, TOKENS[theme][ground]) >= 3.0


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("state", ["ok", "warn", "bad"])
def test_state_words_can_be_read_on_their_own_tint(theme: Theme, state: str) -> None:
    assert contrast_ratio(TOKENS[theme][state], TOKENS[theme][f"{state}-soft"]) >= 4.5


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("fill", ["accent", "accent-hover", "accent-pressed"])
def test_filled_buttons_can_be_read(theme: Theme, fill: str) -> None:
    assert contrast_ratio(TOKENS[theme].on_accent, TOKENS[theme][fill]) >= 4.5


@pytest.mark.parametrize("theme", Theme)
def test_words_on_a_chosen_row_can_be_read(theme: Theme) -> None:
    assert contrast_ratio(TOKENS[theme].on_sel, TOKENS[theme].sel) >= 4.5


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("state", State)
def test_every_state_can_be_read_in_a_row_and_in_a_tag(theme: Theme, state: State) -> None:
    tokens, look = TOKENS[theme], state_look(state)
    for ground in (look.soft, "surface", "raised"):
        assert contrast_ratio(tokens[look.ink], tokens[ground]) >= 4.5, ground


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("ink", [ink for ink in Ink if ink not in (Ink.GRID, Ink.GROUND)])
def test_words_and_marks_of_charts_and_grid_maps_can_be_seen(theme: Theme, ink: Ink) -> None:
    tokens = TOKENS[theme]
    assert contrast_ratio(tokens[CHART_TOKENS[ink]], tokens[CHART_TOKENS[Ink.GROUND]]) >= 4.5


@pytest.mark.parametrize("theme", Theme)
def test_what_is_disabled_can_still_be_read(theme: Theme) -> None:
    palette, group = build_palette(TOKENS[theme]), QPalette.ColorGroup.Disabled
    for ink, ground in (
        (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
        (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
        (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
    ):
        one, other = (palette.color(group, role).name().upper() for role in (ink, ground))
        assert contrast_ratio(one, other) >= 4.5, ink


def test_the_ratio_is_the_one_of_wcag() -> None:
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast_ratio("#58626D", "#DCE8F5") == pytest.approx(5.0, abs=0.05)


def test_an_unknown_token_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        TOKENS[Theme.LIGHT]["accent-pink"]
