"""``make audit`` calls nothing sound that nobody was asked about."""

from __future__ import annotations

from typing import Any

from installer.audit import Answers


def one(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "version": "1.0", **more}


LEAK = {"id": "PYSEC-2026-7", "fix_versions": ["1.1"], "aliases": ["CVE-2026-0007"]}


def test_a_mirror_without_the_list_is_no_clean_bill() -> None:
    """pip-audit itself ends well when it could ask about nothing."""
    answers = Answers()
    answers.take({"dependencies": [one("click", skip_reason="Dependency not found on PyPI")]})
    assert answers.status() == 2 and "CHƯA XÉT: click" in answers.text() and "không gói nào" not in answers.text()
    assert Answers().status() == 2


def test_what_one_service_skips_another_may_answer() -> None:
    answers = Answers()
    answers.take({"dependencies": [one("click", skip_reason="?"), one("jinja2", vulns=[])]})
    answers.take({"dependencies": [one("click", vulns=[LEAK]), one("jinja2", vulns=[LEAK])]})
    assert answers.status() == 1 and not answers.skipped
    assert answers.known == ["LỖ HỔNG click 1.0: PYSEC-2026-7 (CVE-2026-0007), bản đã sửa: 1.1"]


def test_all_asked_and_nothing_known() -> None:
    answers = Answers()
    answers.take({"dependencies": [one("click", vulns=[])]})
    assert answers.status() == 0 and answers.text() == "Đã xét 1 gói: không gói nào có lỗ hổng đã biết."
