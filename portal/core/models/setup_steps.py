"""What `manage.py setup` has done already, so that it does nothing twice."""

from django.db import models


class SetupStep(models.Model):
    """A step that was taken. Kept for good: what people changed or removed since then is not made again."""

    name = models.CharField(max_length=255, unique=True)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def first_time(cls, name: str) -> bool:
        """Whether a step was never taken; from now on it counts as taken."""
        return cls.objects.get_or_create(name=name)[1]
