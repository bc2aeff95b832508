"""Who may do what with the records under «Registers»."""

from wagtail.permission_policies import ModelPermissionPolicy


class ReviewedRecordPolicy(ModelPermissionPolicy):
    """Django's model permissions, except that nobody publishes by hand, administrators included: approval does."""

    def user_has_permission(self, user, action) -> bool:
        return action != "publish" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions) -> bool:
        return super().user_has_any_permission(user, [action for action in actions if action != "publish"])

    def users_with_any_permission(self, actions):
        actions = [action for action in actions if action != "publish"]
        return super().users_with_any_permission(actions) if actions else self._nobody()

    def _nobody(self):
        from django.contrib.auth import get_user_model

        return get_user_model().objects.none()
