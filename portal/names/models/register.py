"""The name register: one record per place, office, people, festival or product, with its name in three languages."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import RevisionMixin

LANGUAGES = [("vi", "Tiếng Việt"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
# Which field holds the name in which language of the portal.
FIELD_OF = {"vi": "vi", "zh-hans": "zh_hans", "en": "en"}


class Name(RevisionMixin, ClusterableModel):
    """What something is called. Only approved names are shown to the public; search knows them all by their forms.

    A record is not approved before its Vietnamese, Simplified Chinese and English forms are settled: what nobody has
    decided stays empty rather than invented. `ended_on` is the day a unit was abolished or a name ceased to be used.
    """

    class Kind(models.TextChoices):
        PLACE = "place", _("Place")
        UNIT = "unit", _("Administrative unit")
        OFFICE = "office", _("Office")
        PEOPLE = "people", _("Ethnic group")
        PERSON = "person", _("Person")
        FESTIVAL = "festival", _("Festival or custom")
        PRODUCT = "product", _("Product")

    code = models.SlugField(
        _("code"),
        max_length=80,
        unique=True,
        help_text=_("Short ASCII word that never changes, e.g. huyen-tam-duong"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    vi = models.CharField(_("Vietnamese"), max_length=160)
    zh_hans = models.CharField(_("Simplified Chinese"), max_length=80, blank=True)
    zh_hant = models.CharField(_("Traditional Chinese"), max_length=80, blank=True)
    pinyin = models.CharField(_("pinyin"), max_length=160, blank=True)
    en = models.CharField(_("English"), max_length=160, blank=True)
    source = models.TextField(_("source"), blank=True, help_text=_("Where this form was found or who decided it"))
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    approved = models.BooleanField(_("approved"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("vi", "zh_hans", "zh_hant", "pinyin", "en")], heading=_("Present names")
        ),
        InlinePanel("variants", heading=_("Other forms"), label=_("Form")),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_date"), FieldPanel("approved")], heading=_("Approval")
        ),
        FieldPanel("ended_on"),
        InlinePanel("successions", heading=_("What took its place"), label=_("Successor")),
    ]

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["vi"]

    def __str__(self) -> str:
        return self.vi

    def clean(self) -> None:
        super().clean()
        if self.approved and not (self.vi and self.zh_hans and self.en):
            raise ValidationError(
                {
                    "approved": _(
                        "A name can be approved when its Vietnamese, Simplified Chinese and English forms are settled."
                    )
                }
            )


def shown(record, language: str) -> tuple[str, str]:
    """A name for readers of a language and the language it is in: the Vietnamese one where they have none.

    `record`: a Name, or what `portal.names.whole` has of one.
    """
    own = getattr(record, FIELD_OF[language])
    return (own, language) if own else (record.vi, "vi")


class NameVariant(models.Model):
    """Another form under which readers look for the same thing."""

    class Kind(models.TextChoices):
        ALIAS = "alias", _("also used")
        FORMER = "former", _("former name")
        UNWANTED = "unwanted", _("not to be written")

    name = ParentalKey(Name, on_delete=models.CASCADE, related_name="variants")
    text = models.CharField(_("text"), max_length=160)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGES)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)

    panels = [FieldRowPanel([FieldPanel("text"), FieldPanel("language"), FieldPanel("kind")])]

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["name", "text", "language"], name="names_one_form")]

    def __str__(self) -> str:
        return self.text


class NameSuccession(models.Model):
    """One of the records that took the place of an ended one; a district was split into several communes."""

    name = ParentalKey(Name, on_delete=models.CASCADE, related_name="successions")
    successor = models.ForeignKey(
        Name, on_delete=models.CASCADE, related_name="predecessions", verbose_name=_("successor")
    )

    panels = [FieldPanel("successor")]

    class Meta:
        verbose_name = _("successor")
        verbose_name_plural = _("successors")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["name", "successor"], name="names_one_succession")]

    def __str__(self) -> str:
        return f"{self.name} → {self.successor}"
