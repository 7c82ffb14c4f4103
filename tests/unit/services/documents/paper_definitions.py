"""Papers that tests print: one for each layout and scope, over the registers that the program has from the start."""

from __future__ import annotations

from dataclasses import replace

from thidua_desktop.formdef.model import DocumentSpec, DocumentTable
from thidua_desktop.services.session import Session

PEOPLE = DocumentTable(
    columns=("name", "sex", "birth_year", "residential_area", "residential_area.households", "position"),
    caption="Danh sách cá nhân đề nghị tặng Giấy khen",
    totals=("residential_area.households",),
)
PROPOSAL = DocumentSpec(
    name="proposal",
    title="Tờ trình đề nghị khen thưởng",
    register="person",
    layout="official",
    scope="selection",
    tables=(PEOPLE,),
    annex=True,
    landscape=True,
    texts={
        "subject": "Đề nghị tặng Giấy khen cho {{ count_text }} cá nhân",
        "to": "Chủ tịch {{ office.committee }}",
        "opening": "Căn cứ thành tích của {% for one in records %}{{ one.name }}"
        "{% if not loop.last %}, {% endif %}{% endfor %}.",
        "closing": "Kính trình Chủ tịch {{ office.committee }} xem xét, quyết định.",
    },
)
DECISION = DocumentSpec(
    name="decision",
    title="Quyết định tặng Giấy khen",
    register="person",
    layout="official",
    scope="selection",
    tables=(PEOPLE._replace(columns=("name", "birth_year", "residential_area"), totals=()),),
    annex=True,
    texts={
        "subject": "Về việc tặng Giấy khen",
        "authority": "Chủ tịch {{ office.committee }}",
        "grounds": "Luật Tổ chức chính quyền địa phương;\nLuật Thi đua, khen thưởng\nTheo đề nghị của Công an xã.",
        "body": "Điều 1. Tặng Giấy khen cho {{ count_text }} cá nhân có tên trong danh sách kèm theo.\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\nĐiều 3. Các ông (bà) có tên tại Điều 1 thi hành.",
    },
)
MEETINGS = DocumentTable(columns=("held_on", "kind"), register="resident_meeting", link="group", caption="Các cuộc họp")
LETTER = DocumentSpec(
    name="letter",
    title="Công văn đề nghị phối hợp",
    register="self_managed_group",
    layout="official",
    tables=(MEETINGS,),
    texts={
        "type_name": "Công văn",
        "subject": "Về việc kiện toàn {{ record.name }}",
        "to": "Trưởng {{ record.residential_area }}",
        "body": "Đề nghị kiện toàn {{ record.name }} ({{ related('resident_meeting', 'group') | length }} cuộc họp).",
        "drafting_unit": "CA",
        "number": "{{ record.number }}",
    },
)  # fmt: skip
MINUTES = DocumentSpec(
    name="minutes",
    title="Biên bản họp Hội đồng",
    register="movement_activity",
    layout="minutes_office",
    texts={
        "issuer": "Hội đồng Thi đua, khen thưởng",
        "issuer_code": "HĐTĐKT",
        "subject": "{{ record.title }}",
        "started": "{{ record.held_on.words }}",
        "venue": "{{ record.place }}",
        "body": "{{ record.result.lines }}",
    },
)
CITATION = DocumentSpec(
    name="citation",
    title="Giấy khen",
    register="person",
    layout="certificate",
    scope="series",
    texts={
        "receiver": "{% if record.sex.value == 'female' %}Bà{% else %}Ông{% endif %} {{ record.name }}",
        "detail": "{{ record.position }}",
        "achievement": "Đã có thành tích trong phong trào toàn dân bảo vệ an ninh Tổ quốc năm {{ year }}",
        "emblem": "{% if record.party_member.value %}ring{% endif %}",
    },
)
PAPERS = (PROPOSAL, DECISION, LETTER, MINUTES, CITATION)


def with_papers(session: Session, *papers: DocumentSpec) -> Session:
    """The same office, whose definitions have these papers too."""
    documents = {**session.definitions.documents, **{paper.name: paper for paper in papers or PAPERS}}
    return replace(session, definitions=replace(session.definitions, documents=documents))
