"""A changed name is understood by the search at the next query, in every process."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal.names.models import Name, NameSuccession, NameVariant
from portal.publishing.generation import raise_generation


@receiver([post_save, post_delete], sender=Name)
@receiver([post_save, post_delete], sender=NameVariant)
@receiver([post_save, post_delete], sender=NameSuccession)
def follow_change(sender, **kwargs):
    raise_generation()
