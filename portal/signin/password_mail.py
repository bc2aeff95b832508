"""Links to a new password, by mail: who may ask for how many, and the task that makes and sends them."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.decorators.cache import never_cache
from django_tasks import task
from wagtail.admin.views.account import PasswordResetView

from portal.core.admin_language import language_of
from portal.core.public_forms import within_limit, within_rate

# More than an office behind one address forgets in an hour.
FROM_ONE_SENDER, HOUR = 20, 3600
# Counted for as long as a link is good: whoever gets no further mail has three links that work.
TO_ONE_ACCOUNT = 3


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Wagtail's form, for each sender so often; the refusal comes before anything is looked up."""
    if request.method == "POST" and not within_rate(request, "password-mail", FROM_ONE_SENDER, HOUR):
        response = TemplateResponse(request, "wagtailadmin/signin/too_many_links.html", status=429)
        response["Retry-After"] = str(HOUR)
        return response
    return PasswordResetView.as_view()(request)


@task()
def send_links(user_ids: list[int], language: str) -> None:
    """Send each of these people a link, in the language that they chose, else in the one in which it was asked for.

    The token is made here, so that it is written down nowhere; it counts from now. The link leads to the address of
    the portal, whatever address the request named.
    """
    for user in get_user_model().objects.filter(pk__in=user_ids, is_active=True):
        if not within_limit(f"password-mail:{user.pk}", TO_ONE_ACCOUNT, settings.PASSWORD_RESET_TIMEOUT):
            continue
        context = {
            "user": user,
            "uid": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        }
        with translation.override(language_of(user, otherwise=language)):
            subject = render_to_string(PasswordResetView.subject_template_name, context)
            body = render_to_string(PasswordResetView.email_template_name, context)
        send_mail("".join(subject.splitlines()), body, None, [user.email])
