"""Official papers of an office by Decree 30/2020/NĐ-CP: sample layouts 1.2 (decision), 1.4 (named types), 1.5 (letter).

The one place that knows what the type of a paper changes: where its subject stands, what comes before its articles, how
its grounds are set, what its annex refers to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from thidua_desktop.domain.paper_types import LETTER
from thidua_desktop.printing.blocks import (
    Align,
    Block,
    Document,
    Heading,
    LetterHead,
    Meta,
    Paragraph,
    Recipient,
    RecipientsList,
    Run,
    Signature,
    SignatureBlock,
    Title,
)
from thidua_desktop.printing.contents import Annex, Issuer
from thidua_desktop.printing.official import annex_blocks, attached_line
from thidua_desktop.text import lower_first

_DECIDING = {"QUYẾT ĐỊNH": "QUYẾT ĐỊNH:", "NGHỊ QUYẾT": "QUYẾT NGHỊ:"}
_ARTICLE = re.compile(r"Điều (\d+)\.")
_PART = re.compile(r"[IVX]{1,5}\. ")
_CLAUSE = re.compile(r"\d{1,2}\. ")
_ABOUT = re.compile(r"^(về việc|v/v)[:\s]+", re.IGNORECASE)
_END = "./."
_FILED = "Lưu: VT"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """A paper of an office. Texts are finished lines, one for each paragraph; ``number`` and ``date`` may stay open.

    ``authority`` (CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …) and ``grounds`` belong to decisions; ``tables`` stand between ``body``
    and ``closing``, ``annexes`` after the signature. ``issuer_name`` names the issuer within a sentence. What is not
    ``numbered`` has no line for a number (an agreement of parties is no paper of an office).
    """

    issuer: Issuer
    type_name: str
    type_code: str
    subject: str
    signer: SignatureBlock
    issuer_name: str = ""
    to: tuple[str, ...] = ()
    authority: str = ""
    grounds: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    tables: tuple[Block, ...] = ()
    closing: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    number: str | None = None
    numbered: bool = True
    date: date | None = None
    annexes: tuple[Annex, ...] = ()
    whole_symbol: str = ""

    @property
    def symbol(self) -> str:
        """What follows the number's stroke: as given, else made of type and issuer; a letter has no code of a type."""
        if self.whole_symbol:
            return self.whole_symbol
        return f"{self.type_code}-{self.issuer.code}" if self.type_code else self.issuer.code


def letter(content: LetterContent) -> Document:
    """The paper as its type asks for it."""
    is_letter = content.type_name == LETTER
    blocks: list[Block] = [_head(content, is_letter)]
    if not is_letter:
        blocks.append(Title(content.type_name, _subject(content)))
    if content.to:
        blocks.append(Recipient(content.to))
    blocks += _before_articles(content)
    blocks += _text(content)
    recipients = RecipientsList(_recipients(content))
    blocks.append(Signature(_signer(content), left=recipients))
    blocks += annex_blocks(content.annexes, attached_to(content))
    title = f"{content.type_name.capitalize()} {content.subject}".strip()
    return Document(tuple(blocks), Meta(title, " ".join(content.issuer.issuer_lines), content.subject))


def _head(content: LetterContent, is_letter: bool) -> LetterHead:
    issuer = content.issuer
    return LetterHead(
        issuer.parent_line,
        issuer.issuer_lines,
        number=content.number,
        symbol=content.symbol if content.numbered else None,
        place=issuer.place,
        date=content.date,
        about=f"V/v {_ABOUT.sub('', content.subject)}" if is_letter and content.subject else "",
    )


def _subject(content: LetterContent) -> str:
    """The subject under the type; that of a decision or resolution begins with "Về việc" (samples 1.1, 1.2, 1.3)."""
    subject = content.subject
    if content.type_name not in _DECIDING or not subject or _ABOUT.match(subject + " "):
        return subject
    return f"Về việc {lower_first(subject)}"


def _before_articles(content: LetterContent) -> list[Block]:
    """Who decides (bold capitals, centred), on what grounds (italics; each ends with ";", the last with "."), the word
    of the decision (Decree 30, Appendix I, part II, point 6; sample 1.2)."""
    deciding = _DECIDING.get(content.type_name, "")
    authority = content.authority or (" ".join(content.issuer.issuer_lines) if deciding else "")
    blocks: list[Block] = []
    if authority:
        blocks.append(_centred(authority))
    last = len(content.grounds) - 1
    for number, line in enumerate(content.grounds):
        text = line.rstrip(" .;,") + ("." if number == last else ";")
        blocks.append(Paragraph((Run(text, italic=True),)))
    if deciding:
        blocks.append(_centred(deciding))
    return blocks


def _centred(text: str) -> Paragraph:
    return Paragraph((Run(text, bold=True),), align=Align.CENTER, keep_with_next=True)


def _text(content: LetterContent) -> list[Block]:
    """Opening, body, tables, closing; the end of the text is marked "./."."""
    before = [*content.opening, *content.body]
    after = list(content.closing)
    ending = after or ([] if content.tables else before)
    if ending and ending[-1].endswith(".") and not ending[-1].endswith(_END):
        ending[-1] = ending[-1][:-1] + _END
    return [*body_blocks(before), *content.tables, *body_blocks(after)]


def body_blocks(lines: list[str] | tuple[str, ...]) -> list[Block]:
    """Lines as paragraphs: "Điều 1." bold before its text, "I. …" a heading, "1. …" without an end mark a title.

    A clause's title stands bold on a line of its own (Decree 30, Appendix I, part II, point 6).
    """
    blocks: list[Block] = []
    for line in lines:
        article = _ARTICLE.match(line)
        if article is not None:
            blocks.append(Paragraph((Run(article[0], bold=True), Run(line[article.end() :]))))
        elif _PART.match(line):
            blocks.append(Heading(1, line))
        elif _CLAUSE.match(line) and line[-1] not in ".;:,…!?":
            blocks.append(Heading(2, line))
        else:
            blocks.append(Paragraph(line))
    return blocks


def _signer(content: LetterContent) -> SignatureBlock:
    """A chair who decides in his own right does not sign for the committee: no TM. line (Decree 30, art. 13)."""
    signer = content.signer
    if not content.authority.upper().startswith("CHỦ TỊCH"):
        return signer
    return in_own_right(signer)


def in_own_right(signer: SignatureBlock) -> SignatureBlock:
    """The same signer without the line that says for whom."""
    capacity = tuple(line for line in signer.capacity if not line.upper().startswith("TM."))
    return SignatureBlock(signer.position, signer.full_name, capacity, signer.note)


def _recipients(content: LetterContent) -> tuple[str, ...]:
    """The lines of Nơi nhận; what is missing follows from the paper: the addressees, the last article, the files."""
    lines = list(content.recipients)
    if not lines and content.to:
        lines.append("Như trên")
    articles = [found[1] for line in content.body if (found := _ARTICLE.match(line))]
    if not lines and articles:
        lines.append(f"Như Điều {articles[-1]}")
    if not any(line.lstrip("- ").startswith("Lưu") for line in lines):
        lines.append(_FILED)
    return tuple(lines)


def attached_to(content: LetterContent) -> str:
    """The line under an annex's title; number and day stay open until the paper has them (Decree 30, part III)."""
    issuer = content.issuer_name or " ".join(content.issuer.issuer_lines)
    symbol = content.symbol if content.numbered else ""
    return attached_line(content.type_name, symbol, issuer, content.number, content.date)
