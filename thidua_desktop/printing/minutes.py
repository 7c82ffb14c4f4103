"""Minutes: of a residential area (form 03 of Decree 59/2023/NĐ-CP) and of an office (sample 1.9 of Decree 30/2020)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from thidua_desktop.printing.blocks import (
    Block,
    Document,
    Heading,
    LetterHead,
    Meta,
    Paragraph,
    RecipientsList,
    Signature,
    SignatureBlock,
    Signatures,
    Title,
)
from thidua_desktop.printing.contents import (
    AgendaItem,
    BallotVote,
    HandVote,
    MinutesContent,
    OfficialMinutesContent,
    Person,
)
from thidua_desktop.text import decree_date, decree_number, format_number

SIGN_NOTE = "(Ký, ghi rõ họ tên)"
_OPEN = "………………"
_OPEN_MOMENT = "…… giờ …… phút, ngày …… tháng …… năm ………"
_SIGNING_HOUSEHOLDS = 2


def residents_minutes(content: MinutesContent) -> Document:
    """Minutes of a meeting of a residential area.

    Content of Law 10/2022/QH15, art. 20.2: time, households in all, present and absent, matters, form and result of the
    vote, decision; signed by the head of the area, the head of the Front committee and two households (point g).
    """
    blocks: list[Block] = [
        LetterHead(
            parent_line=content.commune_line,
            issuer_lines=tuple(content.area_line.splitlines()),
            place=content.place_name,
            date=content.opened.date(),
        ),
        Title(content.kind, f"Về việc {content.subject}"),
        Paragraph(
            f"Hôm nay, vào hồi {_opening(content)}, tại {content.venue}, {content.area_name} tổ chức cuộc họp "
            f"của cộng đồng dân cư về việc {content.subject}."
        ),
        *_attendance(content),
        *_discussion(content),
        *_results(content),
        Paragraph(_closing(content)),
        Signatures(_signers(content)),
    ]
    title = f"{content.kind.capitalize()} họp {content.area_name}"
    return Document(tuple(blocks), Meta(title=title, author=content.area_line, subject=content.subject))


def _attendance(content: MinutesContent) -> list[Block]:
    total, present = content.households_total, content.households_present
    absent = None if present is None else total - present
    reason = f" Lý do: {_sentence(content.absent_reason or _OPEN)}" if absent else ""
    women = "" if content.women_present is None else f", trong đó có {_count(content.women_present)} đại diện là nữ"
    blocks: list[Block] = [
        Heading(1, "I. THÀNH PHẦN"),
        Paragraph(f"1. Chủ trì: {_named(content.chair)}."),
        Paragraph(f"2. Thư ký: {_named(content.secretary)}."),
        Paragraph("3. Thành phần tham dự:", keep_with_next=True),
        Paragraph(f"- Tổng số hộ gia đình: {_count(total)} hộ."),
        Paragraph(f"- Số hộ có đại diện dự họp: {_known(present)}/{total} hộ{_share(present, total)}{women}."),
        Paragraph(f"- Số hộ không có đại diện dự họp: {_known(absent)} hộ.{reason}"),
    ]
    if content.guests:
        blocks.append(Paragraph(f"- Khách mời: {'; '.join(map(_person, content.guests))}."))
    return blocks


def _discussion(content: MinutesContent) -> list[Block]:
    blocks: list[Block] = [Heading(1, "II. NỘI DUNG")]
    for number, item in enumerate(content.items, start=1):
        blocks.append(Heading(2, f"{number}. {item.title}"))
        blocks += _paragraphs(item.discussion)
    return blocks


def _results(content: MinutesContent) -> list[Block]:
    blocks: list[Block] = [Heading(1, "III. KẾT QUẢ BIỂU QUYẾT")]
    for number, item in enumerate(content.items, start=1):
        lines = _vote_lines(item, content) if item.vote is not None else _unvoted_lines(item, content)
        lines += [f"Kết luận: {_sentence(item.conclusion)}"] if item.conclusion else []
        if lines:  # what was only told about has no result
            blocks += [Heading(2, f"{number}. {item.title}"), *map(Paragraph, lines)]
    if len(blocks) == 1:
        blocks.append(Paragraph("Cuộc họp không biểu quyết nội dung nào."))
    if content.tasks:
        blocks.append(Paragraph("Phân công thực hiện:", keep_with_next=True))
        blocks += [Paragraph(f"- {_sentence(task)}") for task in content.tasks]
    return blocks


def _unvoted_lines(item: AgendaItem, content: MinutesContent) -> list[str]:
    """Why a matter that needs a vote has no counts."""
    if item.needed is None:
        return []
    present = "" if content.households_present is None else f", có {_count(content.households_present)} hộ dự họp"
    return [f"- Chưa biểu quyết; số hộ tán thành cần có để thông qua: {_count(item.needed)} hộ{present}."]


def _vote_lines(item: AgendaItem, content: MinutesContent) -> list[str]:
    vote = item.vote
    if isinstance(vote, BallotVote):
        lines = [
            "- Hình thức biểu quyết: bỏ phiếu kín.",
            f"- Số phiếu phát ra: {_count(vote.issued)}; thu về: {_count(vote.returned)}; "
            f"hợp lệ: {_count(vote.valid)}; không hợp lệ: {_count(vote.invalid)}.",
        ]
    else:
        lines = ["- Hình thức biểu quyết: giơ tay."]
    assert vote is not None
    lines.append(f"- Tán thành: {_counted(vote.agree, vote, content)}.")
    lines.append(f"- Không tán thành: {_counted(vote.disagree, vote, content)}.")
    lines.append(f"- Ý kiến khác: {_counted(vote.other, vote, content)}.")
    if item.needed is not None:
        passed = vote.agree >= item.needed if item.passed is None else item.passed
        outcome = "đạt" if passed else "không đạt"
        lines.append(f"- Số hộ tán thành cần có để thông qua: {_count(item.needed)} hộ; kết quả: {outcome}.")
    return lines


def _counted(count: int, vote: HandVote | BallotVote, content: MinutesContent) -> str:
    """``35/52 hộ (67,3% tổng số hộ; 74,5% số hộ dự họp)``: both shares are printed, neither decides anything."""
    base, name = (
        (vote.valid, "số phiếu hợp lệ")
        if isinstance(vote, BallotVote)
        else (
            content.households_present or 0,
            "số hộ dự họp",
        )
    )
    text = f"{_count(count)} hộ"
    if not count or not content.households_total or not base:
        return text
    return f"{text} ({_percent(count, content.households_total)} tổng số hộ; {_percent(count, base)} {name})"


def _signers(content: MinutesContent) -> tuple[SignatureBlock, ...]:
    households = (*content.household_representatives, "", "")[:_SIGNING_HOUSEHOLDS]
    return (
        SignatureBlock("TRƯỞNG BAN CÔNG TÁC MẶT TRẬN", content.front_name, note=SIGN_NOTE),
        SignatureBlock(content.head_position, content.head_name, note=SIGN_NOTE),
        *(SignatureBlock("ĐẠI DIỆN HỘ GIA ĐÌNH", name, note=SIGN_NOTE) for name in households),
        SignatureBlock("THƯ KÝ", content.secretary.name, note=SIGN_NOTE),
    )


def _opening(content: MinutesContent) -> str:
    if content.hour_known:
        return _moment(content.opened)
    return f"…… giờ …… phút, {decree_date(content.opened.date())}"


def _closing(content: MinutesContent) -> str:
    if content.closed is None:
        ended = "…… giờ …… phút cùng ngày"
    elif content.closed.date() == content.opened.date():
        ended = f"{_hour(content.closed)} cùng ngày"
    else:
        ended = _moment(content.closed)
    return f"Cuộc họp kết thúc vào hồi {ended}. {content.closing}".rstrip()


def official_minutes(content: OfficialMinutesContent) -> Document:
    """Minutes of an office: numbered, no place and date in the head; secretary left, chair right (sample 1.9)."""
    issuer = content.issuer
    named = set(content.lines)
    lines: list[Block] = []
    for place, made in _minutes_lines(content).items():
        lines += made if place in named else []
    secretary, chair = content.signers
    blocks: list[Block] = [
        LetterHead(
            issuer.parent_line,
            issuer.issuer_lines,
            number=content.number,
            symbol=f"{content.type_code}-{issuer.code}" if content.type_code else None,
            show_place_date=False,
        ),
        Title(content.type_name, content.subject),
        *content.before,
        *lines,
        *([Paragraph("Nội dung (theo diễn biến cuộc họp):", keep_with_next=True)] if lines else []),
        *content.body,
        Paragraph(content.closing or f"Cuộc họp kết thúc vào {_ended(content)}./."),
        Signature(
            right=SignatureBlock(chair, content.chair.name, note="" if content.chair.name else SIGN_NOTE),
            left=SignatureBlock(secretary, content.secretary.name, note="" if content.secretary.name else SIGN_NOTE),
        ),
        *([RecipientsList(content.recipients)] if content.type_code else []),
    ]
    title = f"{content.type_name.capitalize()} {content.subject}"
    meta = Meta(title=title, author=" ".join(issuer.issuer_lines), subject=content.subject)
    return Document(tuple(blocks), meta)


def _minutes_lines(content: OfficialMinutesContent) -> dict[str, list[Block]]:
    """The lines that the sample layout begins with, by the names in ``MINUTES_LINES``."""
    return {
        "started": [Paragraph(f"Thời gian bắt đầu: {_begun(content)}.")],
        "venue": [Paragraph(f"Địa điểm: {_sentence(content.venue or _OPEN)}")],
        "attendants": [
            Paragraph("Thành phần tham dự:", keep_with_next=True),
            *(Paragraph(f"- {_person(person)}.") for person in content.attendants or (Person(_OPEN),)),
        ],
        "chair": [Paragraph(f"Chủ trì (chủ tọa): {_named(content.chair)}.")],
        "secretary": [Paragraph(f"Thư ký (người ghi biên bản): {_named(content.secretary)}.")],
    }


def _count(number: int) -> str:
    """A number in running text: below 10 with a leading zero, none as a plain 0."""
    return decree_number(number) if number else "0"


def _known(number: int | None) -> str:
    return _OPEN if number is None else _count(number)


def _named(person: Person) -> str:
    return _person(person if person.name else Person(_OPEN, person.position))


def _begun(content: OfficialMinutesContent) -> str:
    return _moment(content.opened) if isinstance(content.opened, datetime) else content.opened or _OPEN_MOMENT


def _ended(content: OfficialMinutesContent) -> str:
    if isinstance(content.closed, datetime):
        return _moment(content.closed)
    if content.closed:
        return content.closed
    if isinstance(content.opened, datetime):
        return f"…… giờ …… phút, {decree_date(content.opened.date())}"
    return _OPEN_MOMENT


def _hour(moment: datetime) -> str:
    return f"{moment.hour:02d} giờ {moment.minute:02d} phút"


def _moment(moment: datetime) -> str:
    return f"{_hour(moment)}, {decree_date(moment.date())}"


def _person(person: Person) -> str:
    return f"{person.name}, {person.position}" if person.position else person.name


def _sentence(text: str) -> str:
    """Text with a full stop at its end, unless it ends a sentence already."""
    trimmed = text.rstrip()
    return trimmed if trimmed.endswith((".", "!", "?", "…")) else trimmed + "."


def _paragraphs(text: str) -> list[Paragraph]:
    return [Paragraph(line) for line in text.split("\n") if line.strip()]


def _percent(part: int, whole: int) -> str:
    return format_number(Decimal(100 * part) / Decimal(whole), 1) + "%"


def _share(part: int | None, whole: int) -> str:
    return f" ({_percent(part, whole)})" if whole and part is not None else ""
