"""One signature more on a PDF, as an increment: what was signed before stays as it is."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from thidua_desktop.errors import UserError
from thidua_desktop.signing.keys import Signer


@dataclass(frozen=True, slots=True)
class Box:
    """Where a visible signature stands: page from 1, points from the page's top left corner."""

    page: int
    x: float
    y: float
    w: float
    h: float


def sign_pdf(pdf: bytes, signer: Signer, box: Box | None = None, stamp: bytes | None = None) -> bytes:
    """Sign; ``stamp`` is a PDF of one page of the box's size, drawn into the box. Without a box nothing is seen.

    Raises TD-PRINT-055 for a file that is no PDF or is damaged, 095 where the same key has signed in the box already.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        name = f"ChuKy{len(writer.prev.embedded_signatures) + 1}"
        spec = (
            SigFieldSpec(name) if box is None else SigFieldSpec(name, box.page - 1, _free_corners(writer, box, signer))
        )
        meta = PdfSignatureMetadata(name, name=signer.name, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
        with tempfile.TemporaryDirectory() as folder:
            style = _style(Path(folder), stamp)
            out = PdfSigner(meta, signer.inner, stamp_style=style, new_field_spec=spec).sign_pdf(writer)
        return bytes(out.getvalue())
    except (PdfError, SigningError, ValueError, KeyError, AttributeError, IndexError) as fault:
        raise UserError("TD-PRINT-055", reason=fault) from fault


def _free_corners(writer: Any, box: Box, signer: Signer) -> tuple[int, int, int, int]:
    """The box as PDF has it. The office's seal lies over the signature of its head, as Decree 30/2020 has it; the same
    key twice in one box is a button pressed twice."""
    left, bottom, right, top = corners = _corners(writer, box)
    page = writer.find_page_for_modification(box.page - 1)[0]
    for one in writer.prev.embedded_signatures:
        field = one.sig_field
        x1, y1, x2, y2 = (float(edge) for edge in field.get("/Rect", (0, 0, 0, 0)))
        elsewhere = "/P" in field and field.raw_get("/P").idnum != page.idnum
        beside = elsewhere or min(right, x2) <= max(left, x1) or min(top, y2) <= max(bottom, y1)
        if not beside and one.signer_cert.dump() == signer.inner.signing_cert.dump():
            raise UserError("TD-PRINT-095", name=signer.name)
    return corners


def _corners(writer: Any, box: Box) -> tuple[int, int, int, int]:
    """The box as PDF has it: from the lower left corner of the page."""
    page = writer.prev.root["/Pages"]
    height = float(_page(page, box.page - 1)["/MediaBox"][3])
    return (round(box.x), round(height - box.y - box.h), round(box.x + box.w), round(height - box.y))


def _page(node: Any, wanted: int) -> Any:
    """The page of a number (from 0) in the tree of pages, with the box that it may inherit."""
    inherited = node.get("/MediaBox")
    for kid in node["/Kids"]:
        entry = kid.get_object()
        size = int(entry["/Count"]) if "/Kids" in entry else 1
        if wanted < size:
            found = _page(entry, wanted) if "/Kids" in entry else entry
            return found if "/MediaBox" in found or inherited is None else {"/MediaBox": inherited}
        wanted -= size
    raise IndexError("no such page")


def _style(folder: Path, stamp: bytes | None) -> Any:
    from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
    from pyhanko.stamp import StaticStampStyle

    path = folder / "stamp.pdf"
    if stamp is None:
        return None
    path.write_bytes(stamp)
    whole = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0))
    return StaticStampStyle.from_pdf_file(str(path), border_width=0, background_opacity=1.0, background_layout=whole)
