"""What `make run` uses, and the test suite's quick passwords: the template database was made with them."""

from portal.settings.dev import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
