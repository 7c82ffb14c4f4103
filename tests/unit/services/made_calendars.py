"""Calendar files as a directive would bring them; made up."""

from __future__ import annotations

from thidua_desktop.formdef.kept_definitions import kept_definitions

CAMPAIGN = """
format = 1
name = "directive_congress"
version = 1
title = "Đợt cao điểm bảo vệ Đại hội"
basis = "Kế hoạch 31/KH-UBND của Ủy ban nhân dân tỉnh"
reports = ["movement_result"]

[[spans]]
code = "DH26"
name = "đợt cao điểm bảo vệ Đại hội"
first = 2026-10-20
last = 2026-11-10
due = 2
reminded = true
"""

QUARTERS = """
format = 1
name = "directive_day20"
version = 1
title = "Kỳ báo cáo của tỉnh, chốt ngày 20"
basis = "Quyết định 12/2026/QĐ-UBND"
mark = "T20"
reports = ["movement_result"]

[[rules]]
valid_from = 2026-01-01
month = 20
quarter = ["03-20", "06-20", "09-20", "12-20"]
half = ["06-20", "12-20"]
year = "12-20"
due = { any = 3, half = ["06-25", "12-25"] }
"""

_BASIS = kept_definitions().calendars["decree09"].rules[0].basis
DECREE_LATER = """
format = 1
name = "decree09"
version = 2
title = "Kỳ báo cáo theo Nghị định 09/2019/NĐ-CP, sửa đổi"
basis = "Nghị định mẫu sửa đổi"

[[rules]]
valid_from = 1945-01-01
month = 14
quarter = ["03-14", "06-14", "09-14", "12-14"]
half = ["06-14", "12-14"]
year = "12-14"
due = { any = 1 }
basis = "BASIS"

[[rules]]
valid_from = 2026-11-12
month = 20
quarter = ["03-20", "06-20", "09-20", "12-20"]
half = ["06-20", "12-20"]
year = "12-20"
""".replace("BASIS", _BASIS)
