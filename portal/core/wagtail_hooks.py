"""What the shared machinery adds to Wagtail."""

from wagtail import hooks

from portal.core.links import LocalPageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def register_local_links(features) -> None:
    """Links between pages lead to the reader's language; later than Wagtail's own handler, so that ours is used."""
    features.register_link_type(LocalPageLinkHandler)
