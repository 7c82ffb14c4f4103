"""Layouts of an office's papers: report and other named types (sample 1.4 of Decree 30/2020), register, plain sheet."""

from __future__ import annotations

from datetime import date

from thidua_desktop.printing.blocks import (
    Align,
    AnnexTitle,
    Block,
    CodeBox,
    Document,
    Fields,
    LetterHead,
    Meta,
    Paragraph,
    QrCodes,
    Recipient,
    RecipientsList,
    Run,
    Signature,
    SignatureBlock,
    Signatures,
    Table,
    Title,
)
from thidua_desktop.printing.contents import Annex, Issuer, RegisterContent, ReportContent, SheetContent
from thidua_desktop.printing.decree30 import printed_number
from thidua_desktop.text import decree_date, roman

_BLANK = "\u00a0" * 6


def report(content: ReportContent) -> Document:
    """A report (or plan, proposal, notice): head, title, addressees, body, signature beside Nơi nhận, annexes."""
    issuer = content.issuer
    blocks: list[Block] = [
        LetterHead(
            issuer.parent_line,
            issuer.issuer_lines,
            number=content.number,
            symbol=f"{content.type_code}-{issuer.code}",
            place=issuer.place,
            date=content.date,
        ),
        Title(content.type_name, content.subject),
    ]
    if content.to:
        blocks.append(Recipient(content.to))
    blocks += content.body
    recipients = RecipientsList(content.recipients) if content.recipients else None
    blocks.append(Signature(content.signer, left=recipients))
    blocks += annex_blocks(content.annexes, content.attached_to)
    meta = Meta(
        title=f"{content.type_name.capitalize()} {content.subject}",
        author=" ".join(issuer.issuer_lines),
        subject=content.subject,
        foot_note=content.foot_note,
    )
    return Document(tuple(blocks), meta)


def attached_line(type_name: str, symbol: str, issuer: str, number: str | None, day: date | None) -> str:
    """The line under an annex's title; number and day stay open until the paper has them (Decree 30, part III)."""
    told = day if number or not symbol else None
    shown = decree_date(told) if told else f"ngày {_BLANK}tháng{_BLANK}năm{_BLANK}"
    numbered = f" số {printed_number(number)}/{symbol}" if symbol else ""
    return f"(Kèm theo {type_name.capitalize()}{numbered} {shown} của {issuer})"


def annex_blocks(annexes: tuple[Annex, ...], attached_to: str) -> list[Block]:
    """Annexes are numbered in Roman figures only when there are two or more (Decree 30, Appendix I, part III)."""
    blocks: list[Block] = []
    for place, annex in enumerate(annexes):
        number = roman(place + 1) if len(annexes) > 1 else ""
        blocks.append(AnnexTitle(annex.title, number, attached_to, annex.orientation, annex.word))
        blocks += annex.body
    return blocks


def register(content: RegisterContent) -> Document:
    """A register or list: head without number, title with its period, one long table, signers where there are any."""
    blocks: list[Block] = [
        _plain_head(content.issuer, content.date),
        *_titled(content.title, content.subtitle),
        Table(
            content.columns,
            content.rows,
            head_rows=content.head_rows,
            totals=content.totals,
            notes=content.notes,
            size=content.size,
            fits=content.fits,
        ),
    ]
    if content.signer is not None:
        blocks.append(Signature(content.signer, left=content.left_signer))
    blocks += annex_blocks(content.annexes, "")
    meta = Meta(content.title, " ".join(content.issuer.issuer_lines), content.subtitle, content.foot_note)
    return Document(tuple(blocks), meta, content.orientation)


def sheet(content: SheetContent) -> Document:
    """A plain sheet: title, fields, text, code to copy, QR codes, table, closing words, signers."""
    blocks: list[Block] = [
        _plain_head(content.issuer, content.date),
        *_titled(content.title, content.subtitle),
    ]
    if content.fields:
        blocks.append(Fields(content.fields))
    blocks += [Paragraph(text) for text in content.paragraphs]
    if content.code:
        blocks.append(CodeBox(content.code, content.code_caption))
    if content.qr_payloads:
        blocks.append(QrCodes(content.qr_payloads))
    if content.columns:
        blocks.append(Table(content.columns, content.rows, totals=content.totals))
    blocks += [Paragraph(text) for text in content.closing]
    blocks += _signing(content.signers)
    meta = Meta(content.title, " ".join(content.issuer.issuer_lines), content.subtitle)
    return Document(tuple(blocks), meta)


def _titled(title: str, subtitle: str) -> list[Block]:
    """A title with its period or purpose in italics below."""
    blocks: list[Block] = [Title(title)]
    if subtitle:
        blocks.append(Paragraph((Run(subtitle, italic=True),), align=Align.CENTER, keep_with_next=True))
    return blocks


def _signing(signers: tuple[SignatureBlock, ...]) -> list[Block]:
    if not signers:
        return []
    if len(signers) == 1:
        return [Signature(signers[0])]
    return [Signatures(signers, columns=min(3, len(signers)))]


def _plain_head(issuer: Issuer, day: date | None) -> LetterHead:
    """The head without a number; the place-date line only where a date is given."""
    return LetterHead(
        issuer.parent_line, issuer.issuer_lines, place=issuer.place, date=day, show_place_date=day is not None
    )
