"""Style sheets, scripts and fonts of several releases in one folder: each reads its own list of their names."""

import re

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

LATEST = CompressedManifestStaticFilesStorage.manifest_name


class StaticFilesOfReleases(CompressedManifestStaticFilesStorage):
    """During an upgrade, and after going back, the older release finds its files though a newer one has collected."""

    def __init__(self, *args, **kwargs):
        release = re.sub(r"[^0-9A-Za-z._-]", "-", settings.RELEASE)
        self.manifest_name = f"staticfiles-{release}.json" if release else LATEST
        super().__init__(*args, **kwargs)

    def read_manifest(self) -> str | None:
        """The list of this release; if it collected none, that of whoever collected last."""
        return super().read_manifest() or self._as_latest(super().read_manifest)

    def save_manifest(self) -> None:
        super().save_manifest()
        self._as_latest(super().save_manifest)

    def _as_latest(self, call):
        own, self.manifest_name = self.manifest_name, LATEST
        try:
            return call()
        finally:
            self.manifest_name = own
