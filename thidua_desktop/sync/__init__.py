"""Offices hand files to each other: bytes in, verified packages out. FORMAT.md beside this file is the standard.

Write: ``keys``, ``card``, ``header``, ``members``, ``pack``, ``deliver``. Read: ``envelope`` (who and whole?),
``verify`` (everything), ``chain`` (its place among earlier ones), ``merge_plan`` (what it would change). Pure but for
``deliver`` and the opening of a path in ``verify``; no database, no clock, no window.
"""
