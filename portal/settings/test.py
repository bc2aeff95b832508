"""Settings of the test suite: fast, deterministic, on SQLite or, with DATABASE_URL, on PostgreSQL."""

import os
import tempfile

os.environ.setdefault("PUBLIC_URL", "http://testserver/thongtindoingoai")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-test-")
os.environ["SECOND_FACTOR"] = "nobody"  # tests of it say whom they ask
os.environ["TASK_BACKEND"] = "portal.operations.immediate.AfterCommitBackend"

from portal.settings.base import *

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {alias: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": alias} for alias in CACHES}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
DEMO_ALLOWED = True
