"""The one stylesheet: shape of what Qt draws itself. Controls with a tick, an arrow or a frame of their own are drawn
by ``proxy_style`` and never named here, because a rule would switch that drawing off."""

from __future__ import annotations

from thidua_desktop.ui.look.fonts import ROLE_SIZES
from thidua_desktop.ui.look.tokens import INKS, Tokens

_TEMPLATE = """
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line_2}; padding: {p4}px {p8}px;
  font-size: {f13}px; }}

QFrame[kind="card"] {{ background: {surface}; border: 1px solid {line}; border-radius: {p8}px; }}
QFrame[kind="card"][outline="ok"] {{ border: 2px solid {ok}; }}
QFrame[kind="popup"] {{ background: {surface}; border: 1px solid {line_2}; border-radius: {p4}px; }}
QFrame[kind="line"] {{ background: {line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[kind="vline"] {{ background: {line}; border: none; max-width: 1px; min-width: 1px; }}
QFrame[kind="foot"] {{ background: {raised}; border: none; border-top: 1px solid {line};
  border-bottom-left-radius: {p8}px; border-bottom-right-radius: {p8}px; }}
QFrame[kind="warning"] {{ background: {warn_soft}; border: {hc}px solid {warn}; border-radius: {p4}px; }}
QFrame[kind="success"] {{ background: {ok_soft}; border: {hc}px solid {ok}; border-radius: {p4}px; }}
QFrame[kind="error"] {{ background: {bad_soft}; border: {hc}px solid {bad}; border-radius: {p4}px; }}
QFrame[kind="info"] {{ background: {accent_soft}; border: {hc}px solid {accent_ink}; border-radius: {p4}px; }}
QFrame[kind="computed"] {{ background: {raised}; border: {hc}px solid {line}; border-radius: {p4}px; }}
QFrame[kind="computed"]:focus {{ border: 2px solid {accent_ink}; }}
QFrame[kind="computed"][state="bad"] {{ border: 2px solid {bad}; }}
QFrame[kind="computed"][state="warn"] {{ border: 2px solid {warn}; }}
QWidget[kind="surface"] {{ background: {surface}; }}
QWidget[kind="side"] {{ background: {side}; }}
QWidget[kind="topbar"] {{ background: {surface}; border-bottom: 1px solid {line}; }}
QWidget[kind="sidebar"] {{ background: {side}; border-right: 1px solid {line}; }}
QWidget[kind="statusbar"] {{ background: {side}; border-top: 1px solid {line}; }}
QWidget[kind="person"] {{ background: {side}; border-top: 1px solid {line}; border-right: 1px solid {line}; }}

QPlainTextEdit, QTextEdit {{ background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: {p4}px;
  placeholder-text-color: {muted}; padding: {p5}px {p7}px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {accent_ink}; padding: {p4}px {p6}px; }}
QPlainTextEdit[state="bad"], QTextEdit[state="bad"] {{ border: 2px solid {bad}; padding: {p4}px {p6}px; }}
QPlainTextEdit[state="warn"], QTextEdit[state="warn"] {{ border: 2px solid {warn}; padding: {p4}px {p6}px; }}
QPlainTextEdit:read-only, QTextEdit:read-only {{ background: {surface}; border: 1px solid {line}; }}
QPlainTextEdit:disabled, QTextEdit:disabled {{ background: {raised}; color: {muted}; }}

QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] {{ background: transparent; border: none; }}
QAbstractItemView {{ background: {surface}; color: {text}; border: none; outline: none;
  selection-background-color: {sel}; selection-color: {on_sel}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {muted}; }}
QListWidget {{ border: {hc}px solid {line}; }}
QListWidget[kind="framed"], QDialog RecordTable {{ border: 1px solid {line}; border-radius: {p4}px; }}
QListWidget[kind="framed"]:focus, QDialog RecordTable:focus {{ border: 1px solid {accent_ink}; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox QAbstractItemView {{ border: 1px solid {line_2}; padding: {p4}px; }}
QHeaderView {{ background: {raised}; border: none; }}
QHeaderView::section {{ background: {raised}; color: {text_2}; border: none; border-bottom: 1px solid {line_2};
  padding: 0 {p8}px; font-size: {f13}px; font-weight: bold; }}
QTableCornerButton::section {{ background: {raised}; border: none; }}

QMenu {{ background: {surface}; color: {text}; border: 1px solid {line_2}; padding: {p4}px; }}
QMenu::item {{ padding: {p6}px {p24}px {p6}px {p12}px; border-radius: {p4}px; }}
QMenu::item:selected {{ background: {sel}; color: {on_sel}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {p4}px {p8}px; }}

QScrollBar:vertical {{ background: transparent; width: {p12}px; margin: 0; border: none; }}
QScrollBar:horizontal {{ background: transparent; height: {p12}px; margin: 0; border: none; }}
QScrollBar::handle {{ background: {line_2}; border-radius: {p4}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {p32}px; }}
QScrollBar::handle:horizontal {{ min-width: {p32}px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QTabBar {{ background: transparent; qproperty-drawBase: 0; border: none; }}
QTabBar::tab {{ background: transparent; color: {text_2}; border: none; border-bottom: 3px solid transparent;
  padding: 0 {p8}px; min-height: {p33}px; margin-right: {p4}px; }}
QTabBar::tab:selected {{ color: {text}; font-weight: bold; border-bottom: 3px solid {accent_ink}; }}
QTabBar::tab:hover {{ color: {text}; background: {raised}; }}
QTabBar::tab:focus {{ color: {accent_ink}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {line}; }}

QProgressBar {{ background: {raised}; border: {hc}px solid {line}; border-radius: {p4}px;
  min-height: {p8}px; max-height: {p8}px; }}
QProgressBar::chunk {{ background: {accent_ink}; border-radius: {p4}px; }}
QSplitter::handle {{ background: transparent; }}
"""


def build_stylesheet(tokens: Tokens, scale: float) -> str:
    """The stylesheet for a theme at a text size of ``scale`` (1.0 = 100 %); pixel values follow the text size."""

    def scaled(pixels: int) -> int:
        return max(1, round(pixels * scale))

    values: dict[str, object] = {name: tokens[name] for name in tokens.__slots__}
    values |= {f"p{n}": scaled(n) for n in (4, 5, 6, 7, 8, 12, 16, 24, 32, 33)}
    values["f13"] = scaled(13)
    values["hc"] = 1 if tokens.bg == tokens.raised else 0  # tints are black in high contrast: a border stands for them
    rules = [_TEMPLATE.format_map(values)]
    for role, (pixels, bold) in ROLE_SIZES.items():
        weight = "bold" if bold else "normal"
        rules.append(f'QLabel[role="{role}"] {{ font-size: {scaled(pixels)}px; font-weight: {weight}; }}')
    rules += [f'QLabel[ink="{ink}"] {{ color: {tokens[ink]}; }}' for ink in (*INKS, "on-sel")]
    return "\n".join(rules)
