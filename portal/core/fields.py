"""A StreamField whose blocks stay out of migrations."""

from wagtail.fields import StreamField


class PortalStreamField(StreamField):
    """Changing a label or help text of a block is no change of the schema: migrations see an empty field.

    The price: a data migration must read the raw JSON. Go back to StreamField if one ever needs block classes.
    """

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
