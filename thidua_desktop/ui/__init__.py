"""The only Qt.

PySide6 puts a hook of its own before every ``import`` of the process, which reads the source of each imported module in
search of ``__feature__``. This program uses no such feature, so Python's own ``__import__`` is put back: a tenth of the
time to the first window.
"""

import builtins

import PySide6.QtCore  # noqa: F401  it sets the hook

builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
