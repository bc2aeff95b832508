"""The pages that every portal owes its readers: what setup leaves to the province, and what it never does to them."""

from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from wagtail.models import Page

from home.models import InformationPage
from portal.contributors.models import User
from portal.core.models import PortalInformation, SetupStep
from portal.core.starting_pages import FOOTER
from portal.publishing.approvals import system_approval
from portal.publishing.blanks import NotFilledIn, blanks_of

pytestmark = pytest.mark.usefixtures("portal")

LANGUAGES = ("vi", "en", "zh-hans")


def setup() -> str:
    said = StringIO()
    call_command("setup", stdout=said)
    return said.getvalue()


def page_of(slug: str, code: str = "vi") -> InformationPage:
    return InformationPage.objects.get(slug=slug, locale__language_code=code)


def publish(page: InformationPage, without_blanks: bool = True) -> None:
    draft = page.get_latest_revision_as_object()
    if without_blanks:
        draft.body = draft._meta.get_field("body").stream_block.to_python(
            [block for block in draft.body.get_prep_value() if "[[" not in str(block["value"])]
        )
    with system_approval("test"):
        draft.save_revision().publish()


@pytest.mark.once
@pytest.mark.parametrize("slug", FOOTER)
def test_they_are_drafts_truly_translated_and_say_what_is_missing(client, slug):
    pages = {code: page_of(slug, code) for code in LANGUAGES}
    assert not any(page.live or page.alias_of_id for page in pages.values())
    drafts = {code: page.get_latest_revision_as_object() for code, page in pages.items()}
    assert len({draft.title for draft in drafts.values()}) == len({draft.summary for draft in drafts.values()}) == 3
    blanks = {code: blanks_of(draft) for code, draft in drafts.items()}
    assert len({len(found) for found in blanks.values()}) == 1 and blanks["vi"]
    assert not set(blanks["en"]) & set(blanks["vi"])
    assert not any("Điền" in str(draft.body) for code, draft in drafts.items() if code != "vi")
    assert [client.get(f"/{code}/thong-tin-chung/{slug}/").status_code for code in LANGUAGES] == [404] * 3


def test_setup_says_what_is_still_to_be_filled_in():
    assert all(page_of(slug).title in setup() for slug in FOOTER)
    publish(page_of("ban-quyen"))
    assert page_of("ban-quyen").title not in setup()


def test_no_text_goes_out_with_a_blank():
    page = page_of("quyen-rieng-tu")
    with pytest.raises(NotFilledIn, match="máy chủ trung gian"):
        publish(page, without_blanks=False)
    assert not page_of("quyen-rieng-tu").live


def test_the_footer_has_what_is_public_in_its_language(client):
    def in_footer(code: str) -> list[str]:
        front = BeautifulSoup(client.get(f"/{code}/").content.decode(), "html.parser")
        slugs = [link["href"].rstrip("/").rsplit("/", 1)[1] for link in front.select(".site-footer__links a")]
        return [slug for slug in slugs if slug in FOOTER]

    assert [in_footer(code) for code in LANGUAGES] == [[], [], []]
    publish(page_of("ban-quyen"))
    publish(page_of("tuyen-bo-tiep-can"))
    publish(page_of("ban-quyen", "en"))
    assert in_footer("vi") == ["tuyen-bo-tiep-can", "ban-quyen"]
    assert in_footer("en") == ["ban-quyen"]
    assert in_footer("zh-hans") == []


def test_what_editors_did_to_them_stays():
    page = page_of("ban-quyen")
    page.title = "Bản quyền của tỉnh"
    page.save_revision(user=User.objects.create_user("editor"))
    page_of("quyen-rieng-tu").delete()
    record = PortalInformation.objects.get(locale__language_code="vi")
    record.footer_pages = []
    record.save()
    setup()
    assert page_of("ban-quyen").get_latest_revision_as_object().title == "Bản quyền của tỉnh"
    assert not Page.objects.filter(slug="quyen-rieng-tu").exists()
    assert not PortalInformation.objects.get(locale__language_code="vi").footer_pages


def test_a_page_of_the_provinces_own_is_not_doubled():
    """An installation of an earlier version has none of the steps on record, and perhaps such a page."""
    publish(page_of("ban-quyen"))
    before = page_of("ban-quyen").latest_revision_id
    SetupStep.objects.filter(name__startswith="page ").delete()
    setup()
    assert page_of("ban-quyen").latest_revision_id == before
