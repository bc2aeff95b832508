"""The confidentiality review's form: every statement answered, or no approval. The server asks it, not the browser."""

from django import forms
from django.utils.translation import gettext_lazy as _

CONFIRMED, NOT_APPLICABLE = "confirmed", "not-applicable"
_ANSWERS = [(CONFIRMED, _("I confirm")), (NOT_APPLICABLE, _("Nothing of the kind here"))]
ANSWER_LABELS = dict(_ANSWERS)
_PREFIX = "check_"

# What a new installation starts with: (code, statement, explanation, may not apply). Administrators change it.
FIRST_ITEMS = [
    (
        "state-secret",
        "Không có nội dung thuộc bí mật nhà nước hoặc tài liệu nội bộ",
        "Luật Bảo vệ bí mật nhà nước 117/2025/QH15",
        False,
    ),
    (
        "personal-data",
        "Dữ liệu cá nhân chỉ có khi người liên quan đã đồng ý",
        "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15; số điện thoại, địa chỉ nhà, giấy tờ tùy thân",
        True,
    ),
    (
        "people-in-pictures",
        "Người nhận ra được trong ảnh đã đồng ý; ảnh trẻ em có ý kiến cha mẹ hoặc người giám hộ",
        "Ảnh kèm tên và dân tộc là dữ liệu nhạy cảm",
        True,
    ),
    (
        "maps",
        "Bản đồ có quần đảo Hoàng Sa và Trường Sa, đường biên giới đúng bản đồ chính thức",
        "Luật Đo đạc và bản đồ 2018; không dùng bản đồ của dịch vụ nước ngoài",
        True,
    ),
    (
        "copyright",
        "Chữ, ảnh, bản dịch được phép dùng và có ghi nguồn",
        "Luật Sở hữu trí tuệ",
        False,
    ),
    (
        "foreign-press",
        "Nội dung về báo chí, phóng viên nước ngoài đúng quy định và đã thống nhất với Sở Ngoại vụ",
        "Quy định về hoạt động thông tin, báo chí nước ngoài tại Việt Nam",
        True,
    ),
]


class ReasonForm(forms.Form):
    """A text is returned with a reason that its author can work with."""

    comment = forms.CharField(
        label=_("Reason"),
        min_length=10,
        max_length=2000,
        help_text=_("What should be changed, in words the author can work with"),
        widget=forms.Textarea({"rows": 3}),
    )


def checklist_form() -> type[forms.Form]:
    """The form of today's list: one required answer a statement, none chosen beforehand."""
    from portal.contributors.models import ChecklistItem

    fields = {}
    for item in ChecklistItem.objects.filter(active=True):
        choices = _ANSWERS if item.may_not_apply else _ANSWERS[:1]
        fields[f"{_PREFIX}{item.code}"] = forms.ChoiceField(
            label=item.statement,
            help_text=item.explanation,
            choices=choices,
            widget=forms.RadioSelect,
            error_messages={"required": _("Please answer.")},
        )
    fields["comment"] = forms.CharField(
        label=_("Comment"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2})
    )
    return type("ChecklistForm", (forms.Form,), fields)


def answers_of(form: forms.Form) -> list[dict]:
    """The answers of a valid form with the wording that was answered: [{"code", "statement", "answer"}, …]."""
    return [
        {"code": name.removeprefix(_PREFIX), "statement": str(field.label), "answer": form.cleaned_data[name]}
        for name, field in form.fields.items()
        if name.startswith(_PREFIX)
    ]


def answers_as_text(answers: list[dict]) -> str:
    """One line a statement, for the history of a page and for downloads."""
    return "\n".join(f"{row['statement']}: {ANSWER_LABELS.get(row['answer'], row['answer'])}" for row in answers)
