"""What signatures a PDF has, and whether anything was changed after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from thidua_desktop.errors import UserError
from thidua_desktop.signing.keys import owner, require_library


@dataclass(frozen=True, slots=True)
class Found:
    """One signature. ``intact``: the signed bytes are what was signed, and what came later only added signatures.

    Who issued the certificate is not judged here: an office without a network has no list of issuers.
    """

    name: str
    at: datetime | None
    issuer: str
    intact: bool
    self_signed: bool


def signatures(pdf: bytes) -> list[Found]:
    """Every signature in the order in which they were made; raises TD-PRINT-050, TD-PRINT-055 for no PDF."""
    require_library()
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return [_found(one) for one in PdfFileReader(BytesIO(pdf)).embedded_signatures]
    except (PdfError, ValueError, KeyError, AttributeError, IndexError) as fault:
        raise UserError("TD-PRINT-055", reason=fault) from fault


def require_intact(pdf: bytes) -> list[Found]:
    """``signatures``, refused with TD-PRINT-059 when one of them does not fit the file any more."""
    found = signatures(pdf)
    broken = [one.name for one in found if not one.intact]
    if broken:
        raise UserError("TD-PRINT-059", names=", ".join(broken))
    return found


def _found(embedded: object) -> Found:
    import logging

    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    for noisy in ("pyhanko", "pyhanko_certvalidator"):  # every certificate of an unknown issuer is a traceback there
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    certificate = embedded.signer_cert  # type: ignore[attr-defined]
    context = ValidationContext(trust_roots=[certificate], allow_fetching=False)
    try:
        status = validate_pdf_signature(embedded, signer_validation_context=context)  # type: ignore[arg-type]
        intact = bool(status.intact and status.valid and status.docmdp_ok is not False)
        intact = intact and status.modification_level is not None and status.modification_level.name != "OTHER"
    except (SignatureValidationError, SigningError, ValueError):
        intact = False
    return Found(
        owner(certificate),
        embedded.self_reported_timestamp,  # type: ignore[attr-defined]
        str(certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly),
        intact,
        certificate.self_signed != "no",
    )
