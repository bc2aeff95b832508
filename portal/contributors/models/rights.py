"""What a department may do, by section and language."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DepartmentRight(models.Model):
    """The people of a department may write, or also edit what others wrote, in one section of one language."""

    WRITE, EDIT = "write", "edit"
    LEVELS = [(WRITE, _("write")), (EDIT, _("write and edit"))]

    department = models.ForeignKey(
        "contributors.Department", verbose_name=_("department"), on_delete=models.CASCADE, related_name="rights"
    )
    section = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("section"), on_delete=models.CASCADE, related_name="+"
    )
    level = models.CharField(_("level"), max_length=10, choices=LEVELS)

    class Meta:
        verbose_name = _("right of a department")
        verbose_name_plural = _("rights of departments")
        constraints = [
            models.UniqueConstraint(fields=["department", "section"], name="one_right_by_department_and_section")
        ]

    def __str__(self) -> str:
        return f"{self.department} – {self.section}: {self.level}"
