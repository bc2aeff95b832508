"""Steps of signing in that lie before the administration's own check, which would turn them away."""

from django.urls import path

from portal.signin import oidc, views

urlpatterns = [
    path("code/", views.enter, name="signin_second_factor"),
    path("set-up/", views.set_up, name="signin_second_factor_setup"),
    path("leave/", views.leave, name="signin_leave"),
    path("sso/", oidc.start, name="signin_sso"),
    path("sso/answer/", oidc.answer, name="signin_sso_answer"),
]
