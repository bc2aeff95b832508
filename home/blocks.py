"""What an editor composes the front page of: the body's blocks, and blocks that show other pages.

Pages are chosen once, on the Vietnamese front page. Each language shows its own versions of them and leaves out what
it does not have; a block that has nothing to show in a language prints nothing.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from portal.core.blocks import BodyStreamBlock


class OtherPageBlock(blocks.PageChooserBlock):
    """A page that is looked up together with all others of the front page: showing the block asks nothing."""

    def to_python(self, value) -> Page | None:
        return Page(pk=value) if isinstance(value, int) else value

    def bulk_to_python(self, values) -> list[Page | None]:
        return [self.to_python(value) for value in values]

    def value_for_form(self, value) -> Page | None:
        return Page.objects.filter(pk=value.pk).first() if value else None


class FrontBlock(blocks.StructBlock):
    """A block that shows other pages: the template finds them under `pages`, in the reader's language.

    `lead` is that of them whose picture is the first of the whole front page, if one is.
    """

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        front = (parent_context or {}).get("front")
        block_id = parent_context["block_id"] if front else None
        context["pages"] = front.of(block_id) if front else []
        context["lead"] = front.lead[1] if front and front.lead and front.lead[0] == block_id else None
        return context


class LeadStoryBlock(FrontBlock):
    """One page shown large, with its picture."""

    neutral_children = ("page",)

    page = OtherPageBlock(label=_("Page"))

    class Meta:
        icon = "pick"
        label = _("Lead story")
        description = _("One page, shown large with its picture")
        template = "blocks/lead_story.html"
        preview_value = {}


class LatestBlock(FrontBlock):
    """The newest pages of a section."""

    neutral_children = ("section", "number")

    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=80)
    section = OtherPageBlock(label=_("Section"))
    number = blocks.IntegerBlock(label=_("How many"), min_value=1, max_value=12, default=6)

    class Meta:
        icon = "date"
        label = _("Latest of a section")
        description = _("The newest pages of one section, news for example")
        template = "blocks/latest.html"
        preview_value = {"title": "Tin mới", "number": 3}


class ChosenPagesBlock(FrontBlock):
    """Pages that an editor chose, as cards."""

    neutral_children = ("pages",)

    title = blocks.CharBlock(label=_("Title"), required=False, default="", max_length=80)
    pages = blocks.ListBlock(OtherPageBlock(), label=_("Pages"), min_num=1, max_num=9)

    class Meta:
        icon = "list-ul"
        label = _("Chosen pages")
        description = _("Up to nine pages as cards, in the order you give them")
        template = "blocks/chosen_pages.html"
        preview_value = {"title": "Nên đọc", "pages": []}


class TaskBlock(blocks.StructBlock):
    """One thing a visitor comes to do, and the page that helps."""

    neutral_children = ("page",)

    label = blocks.CharBlock(label=_("What the visitor wants to do"), max_length=80)
    page = OtherPageBlock(label=_("Page"))


class VisitorBlock(blocks.StructBlock):
    """A kind of visitor with the tasks that bring them here."""

    visitor = blocks.CharBlock(label=_("Kind of visitor"), max_length=40)
    tasks = blocks.ListBlock(TaskBlock(), label=_("Tasks"), min_num=1, max_num=5)


class QuickTasksBlock(blocks.StructBlock):
    """Quick ways in for investors, travellers, journalists, traders and overseas Vietnamese."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    visitors = blocks.ListBlock(VisitorBlock(), label=_("Kinds of visitors"), min_num=1, max_num=6)

    class Meta:
        icon = "group"
        label = _("Quick tasks")
        description = _("What visitors come to do, by kind of visitor, each with the page that helps")
        template = "blocks/quick_tasks.html"
        preview_value = {"title": "Bạn cần gì?", "visitors": []}

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        front = (parent_context or {}).get("front")
        groups = []
        for visitor in value["visitors"] if front else ():
            chosen = [(task["label"], front.version_of(task["page"])) for task in visitor["tasks"]]
            tasks = [{"label": label, "page": page} for label, page in chosen if page is not None]
            if tasks:
                groups.append({"visitor": visitor["visitor"], "tasks": tasks})
        context["groups"] = groups
        return context


class FrontPageStreamBlock(BodyStreamBlock):
    """The palette of the front page. Events, border gates, press and video bring their own blocks here."""

    lead_story = LeadStoryBlock()
    latest = LatestBlock()
    chosen_pages = ChosenPagesBlock()
    quick_tasks = QuickTasksBlock()
