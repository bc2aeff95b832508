"""Two releases collect into one folder, as during an upgrade and after going back."""

from pathlib import Path

import pytest
from django.test import override_settings

from portal.operations.static_files import StaticFilesOfReleases


@pytest.fixture
def storage_of(tmp_path, settings):
    """The static files of a release, as a process of it that was just started sees them."""
    settings.STATIC_ROOT = tmp_path

    def storage(release: str):
        with override_settings(RELEASE=release):
            return StaticFilesOfReleases(location=tmp_path, base_url="/static/")

    return storage


def collect(storage, **contents: str) -> None:
    for name, content in contents.items():
        Path(storage.path(f"{name}.css")).write_text(content)
    paths = {f"{name}.css": (storage, f"{name}.css") for name in contents}
    for _name, _hashed, done in storage.post_process(paths):
        assert done is True


def test_each_release_finds_its_own_files(storage_of):
    collect(storage_of("1"), common="a{color:red}", gone="b{}")
    collect(storage_of("2"), common="a{color:blue}", new="c{}")
    old, new = storage_of("1"), storage_of("2")
    assert old.url("common.css") != new.url("common.css")
    assert old.exists(old.stored_name("gone.css")) and new.exists(new.stored_name("new.css"))
    with pytest.raises(ValueError, match="gone.css"):
        new.url("gone.css")


def test_a_release_that_collected_nothing_takes_the_last_list(storage_of):
    collect(storage_of("1"), common="a{color:red}")
    assert storage_of("not collected").url("common.css") == storage_of("1").url("common.css")
