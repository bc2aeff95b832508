"""Traces that processes leave in the database, where every machine sees them."""

from datetime import timedelta

from django.db import models

from portal.operations.clock import database_now


class Heartbeat(models.Model):
    """When a process was last alive: `scheduler`, or `worker:` and its id."""

    name = models.CharField(max_length=100, unique=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": database_now()})

    @classmethod
    def age(cls, name: str) -> timedelta | None:
        """Time since the last beat; None if there never was one."""
        at = cls.objects.filter(name=name).values_list("at", flat=True).first()
        return None if at is None else database_now() - at


class PendingGeneration(models.Model):
    """A change of something public that the shared cache may not know of yet.

    Written in the transaction of the change, deleted when the cache has the new generation. What stays behind, because
    the process died or Redis was away, the scheduler makes good.
    """

    since = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.since:%Y-%m-%d %H:%M:%S}"


class Alarm(models.Model):
    """Something wrong that the operators were told of and that is not over: nobody tells them a second time."""

    kind = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="operations_one_alarm")]

    def __str__(self):
        return f"{self.kind}: {self.name}"
