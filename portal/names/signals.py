"""What follows a change of the register, and what the scheduler looks after."""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from portal.names.imports import end_interrupted
from portal.names.models import Name, NameSuccession, NameVariant
from portal.publishing.generation import raise_generation
from portal.publishing.schedule import round_ended


@receiver([post_save, post_delete], sender=Name)
@receiver([post_save, post_delete], sender=NameVariant)
@receiver([post_save, post_delete], sender=NameSuccession)
def follow_change(sender, **kwargs):
    """A changed name is understood by the search at the next query, in every process."""
    raise_generation()


@receiver(round_ended)
def follow_scheduler(sender, **kwargs):
    end_interrupted()
