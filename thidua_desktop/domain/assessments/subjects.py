"""What a registration or an assessment is about: the field that names it, by its kind, and who is left out."""

from __future__ import annotations

from collections.abc import Mapping

from thidua_desktop.domain.assessments.sets import ORGANIZATION_KINDS, AssessmentSpec
from thidua_desktop.domain.record_values import Values, text_of

SUBJECT_LINKS = {
    "residential_area": ("residential_area", "residential_area"),
    "self_managed_group": ("group", "self_managed_group"),
    **dict.fromkeys(ORGANIZATION_KINDS, ("organization", "organization")),
}
"""For each kind of subject that is a record: the field that links to it, and its register."""

MEMBER = "member_name"
SUBJECT_FIELDS = ("residential_area", "organization", "group", MEMBER)
"""The fields of which a subject fills one, or none."""


def subject_id(values: Values) -> str:
    """The record that is assessed: its id, the name of another unit of the cluster, or "" for the commune itself."""
    kind = text_of(values, "subject_kind")
    return text_of(values, SUBJECT_LINKS[kind][0] if kind in SUBJECT_LINKS else MEMBER)


def subject_field(kind: str) -> str | None:
    """The field that names a subject of this kind; "" for the commune itself, None while no kind is said."""
    if not kind:
        return None
    return SUBJECT_LINKS[kind][0] if kind in SUBJECT_LINKS else MEMBER if kind == "cluster_member" else ""


def excluded_by(spec: AssessmentSpec, organization: Mapping[str, object]) -> str:
    """Why the set does not apply to an organization; "" when it does (Thông tư 124/2021/TT-BCA Điều 1)."""
    return next((one.reason for one in spec.exclusions if organization.get(one.field) in one.values), "")
