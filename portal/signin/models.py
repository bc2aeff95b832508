"""Who is signed in where, which roles need a second factor, and whom another identity provider vouches for."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.signin.browsers import browser_name

SEEN_EVERY = timedelta(minutes=1)  # no row is written oftener while somebody works


class SignInQuerySet(models.QuerySet):
    def ended(self, now: datetime) -> "SignInQuerySet":
        """Sign-ins that are over, by their age or by silence."""
        return self.filter(
            Q(started_at__lte=now - settings.SESSION_ABSOLUTE) | Q(last_seen_at__lte=now - settings.SESSION_IDLE)
        )

    def open_for(self, user) -> "SignInQuerySet":
        """Where this person is signed in now; a changed password has ended what was signed in with the old one."""
        over = self.ended(timezone.now()).values("pk")
        return self.filter(user=user, password_mark=user.get_session_auth_hash()).exclude(pk__in=over)


class SignIn(models.Model):
    """One person signed in with one browser. The session is good as long as this row is there: deleting it ends it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    started_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    second_factor_at = models.DateTimeField(null=True)
    password_mark = models.CharField(max_length=128)  # Django's digest of the password that the session depends on
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=300, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-last_seen_at"]

    def __str__(self) -> str:
        return f"{self.user} since {self.started_at}"

    @property
    def browser_name(self) -> str:
        return browser_name(self.browser)

    def is_over(self, now: datetime) -> bool:
        return now - self.started_at >= settings.SESSION_ABSOLUTE or now - self.last_seen_at >= settings.SESSION_IDLE

    def seen(self, user, now: datetime) -> None:
        """Note that the person is still there, and that this session survived a change of their password."""
        mark = user.get_session_auth_hash()
        if now - self.last_seen_at >= SEEN_EVERY or mark != self.password_mark:
            self.last_seen_at, self.password_mark = now, mark
            # Not save(): a row that another browser deleted meanwhile stays deleted.
            SignIn.objects.filter(pk=self.pk).update(last_seen_at=now, password_mark=mark)


class RoleRule(models.Model):
    """What a role asks of its members at signing in."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="signin_rule")
    second_factor_required = models.BooleanField(_("second factor required"), default=False)

    def __str__(self) -> str:
        return str(self.group)


class ExternalIdentity(models.Model):
    """A person as the identity provider of the single sign-on knows them: its number never changes, a mail may."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="external_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="one_user_per_external_identity")]

    def __str__(self) -> str:
        return f"{self.subject} at {self.issuer}"
