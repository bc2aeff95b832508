"""Backup and restore where files lie in a bucket: the same file brings them into another bucket, or into a folder."""

import pytest

from tests.operations.portals import Portal, with_content
from tests.s3 import S3Server


@pytest.mark.once
def test_a_backup_moves_between_buckets_and_folders(tmp_path, db):
    root = tmp_path / "buckets"
    for name in ("first", "second"):
        (root / name).mkdir(parents=True)
    with S3Server(root, tmp_path / "s3.log") as server:
        original = Portal(tmp_path, "original")
        with_content(original)
        (original.folder / "media").rename(root / "first" / "media")
        for path in list((root / "first" / "media").iterdir()):
            path.rename(root / "first" / path.name)
        (root / "first" / "media").rmdir()
        original.environment.update(server.environment("first"))
        before = original.state()
        original.manage("backup")

        other = Portal(tmp_path, "other", **server.environment("second"))
        other.manage("restore")
        assert other.state() == before
        folder = Portal(tmp_path, "folder")
        folder.manage("restore")
        assert folder.state() == before
    assert sum(name.startswith("file ") for name in before) > 20
    assert "Connect" in other.refused("backup"), "a storage that is away is said"
