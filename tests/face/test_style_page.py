"""The style page shows every block by its own template, to staff and nobody else."""

import pytest
from bs4 import BeautifulSoup

from home.blocks import FrontPageStreamBlock
from tests.builders import make_staff
from tests.conftest import PrefixClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["vi", "en", "zh-hans"])
def test_staff_see_every_block_in_every_language(portal, code):
    staff = PrefixClient()
    staff.force_login(make_staff()["editor"])
    response = staff.get(f"/{code}/style/")
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 200 and response["Cache-Control"] == "private, no-store"
    assert len(page.select(".style-page > section")) == len(FrontPageStreamBlock().child_blocks)
    for part in (
        "table",
        ".callout",
        ".gallery",
        ".paging",
        ".form [aria-invalid=true]",
        ".form__summary a",
        ".languages",
    ):
        assert page.select_one(f".style-page {part}"), part


def test_readers_do_not(client, portal):
    assert client.get("/vi/style/").status_code == 404
