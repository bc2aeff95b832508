"""S3-compatible storage, shared by several machines: for several writers, large files and any maker's server."""

import posixpath
import secrets
from collections.abc import Iterator
from urllib.parse import quote

from botocore.client import Config
from botocore.exceptions import ClientError
from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from storages.backends.s3 import S3Storage

CHUNK = 1 << 16


class SharedS3Storage(S3Storage):
    """Names that no two processes choose at once, lists in one go, and bytes that are passed on as they come."""

    def __init__(self, **options):
        client = Config(
            # Named by path where the storage is one's own: few of those have a host name for each bucket.
            s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
            signature_version="s3v4",
            # A storage that is away is a clear answer within seconds, not a thread that waits for minutes.
            connect_timeout=3,
            read_timeout=20,
            retries={"total_max_attempts": 2},
            # Checksums behind the body are Amazon's own; other servers refuse them.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(**{"client_config": client, **options})

    def url(self, name: str, *args, **kwargs) -> str:
        """An address of the portal's, which asks who may read; never one of the bucket's."""
        return settings.MEDIA_URL + quote(name)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """A folder of its own for every file: a bucket, unlike a disk, lets the second of two writers win unseen."""
        folder, base = posixpath.split(name.replace("\\", "/"))
        folder = posixpath.join(folder, secrets.token_hex(4))
        if max_length is not None:
            root, extension = posixpath.splitext(base)
            room = max_length - len(folder) - len(extension) - 1
            if room < 1:
                raise SuspiciousFileOperation(f"There is no room for a file name in {max_length} characters.")
            base = root[:room] + extension
        return super().get_available_name(posixpath.join(folder, base), max_length)

    def every_name(self) -> Iterator[str]:
        """Names of all files; folder by folder it would be a request for each of them."""
        for item in self.bucket.objects.all():
            if not item.key.endswith("/"):
                yield item.key

    def open_part(self, name: str, first: int, last: int) -> Iterator[bytes]:
        """Bytes `first` to `last` as they arrive, without the whole file in memory; raise FileNotFoundError."""
        try:
            answer = self.bucket.Object(self._normalize_name(name)).get(Range=f"bytes={first}-{last}")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from None
            raise
        return answer["Body"].iter_chunks(CHUNK)
