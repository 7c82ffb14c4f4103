"""A rule that keeps informers' names out of the office's books."""

from __future__ import annotations

from collections.abc import Sequence

from thidua_desktop.domain.findings import finding
from thidua_desktop.domain.informers import informer_words
from thidua_desktop.domain.problems import Problem, Severity
from thidua_desktop.domain.rules.registry import RuleContext, Values, rule, text_of


@rule("no_informer_named", params="fields+", each=True)
def no_informer_named(values: Values, args: Sequence[str], context: RuleContext) -> list[Problem]:
    """Không ghi người báo tin: nhắc khi câu chữ có tên người báo, số điện thoại hoặc số căn cước."""
    return [
        finding("TD-DATA-460", name, Severity.WARNING, label=context.label(name), words=words)
        for name in args
        if (words := informer_words(text_of(values, name)))
    ]
