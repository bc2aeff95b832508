"""The handbook inside the administration: for everybody who signs in, whole, with every picture and place it names."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from portal.handbook import chapters
from portal.handbook.wagtail_hooks import CHAPTERS
from tests.builders import make_article, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MOST_BYTES = 3_000_000  # of all pictures together: they lie in the repository


def soup_of(client) -> BeautifulSoup:
    response = client.get(reverse("handbook"))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_every_member_of_the_desk_reads_it_and_finds_it_in_the_menu(client, portal):
    for user in make_staff().values():
        client.force_login(user)
        soup = soup_of(client)
        assert "Sổ tay" in soup.title.text
        assert [chapter.h2["id"] for chapter in soup.select(".handbook__chapter")][:2] == ["bat-dau", "cong-tac-vien"]
        assert reverse("handbook") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_it_is_not_for_the_public(client, portal):
    picture = next(iter(chapters.pictures_referred_to()))
    for address in (reverse("handbook"), reverse("handbook_picture", args=[picture])):
        answer = client.get(address)
        assert answer.status_code == 302 and "login" in answer.url


def test_every_place_it_links_to_is_there_once(client, portal):
    client.force_login(make_staff()["contributor"])
    soup = soup_of(client)
    ids = [element["id"] for element in soup.select(".handbook [id]")]
    assert len(ids) > 25 and len(ids) == len(set(ids))
    links = {link["href"] for link in soup.select(".handbook a[href]")}
    assert {link for link in links if link.startswith("#")} <= {f"#{one}" for one in ids}
    assert not {link for link in links if not link.startswith(("#", "https://"))}
    assert set(CHAPTERS.values()) <= set(ids)


def test_its_pictures_are_there_small_and_described(client, portal):
    client.force_login(make_staff()["contributor"])
    images = soup_of(client).select(".handbook img")
    assert len(images) == len(chapters.pictures_referred_to()) >= 10
    for image in images:
        assert len(image["alt"]) > 5 and int(image["width"]) > 300
        answer = client.get(image["src"])
        assert answer["Content-Type"] == "image/webp" and b"".join(answer.streaming_content)[8:12] == b"WEBP"
    there = {file.stem: file.stat().st_size for file in chapters.PICTURES.iterdir()}
    assert set(there) == chapters.pictures_referred_to(), "run `make handbook`"
    assert sum(there.values()) < MOST_BYTES


def test_a_picture_that_is_none_is_not_found(client, portal):
    client.force_login(make_staff()["contributor"])
    assert client.get(reverse("handbook_picture", args=["khong-co"])).status_code == 404


def test_the_table_of_rights_is_its_last_chapter(client, portal):
    client.force_login(make_staff()["reviewer"])
    last = soup_of(client).select(".handbook__chapter")[-1]
    assert last.h2["id"] == "quyen-han"
    assert "Người kiểm duyệt" in last.table.text and "permissions:" not in last.text


def test_the_editor_of_a_page_points_to_the_chapter_that_helps(client, portal):
    client.force_login(make_staff()["editor"])
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[make_article("Chè Shan").pk]))
    assert f"{reverse('handbook')}#cong-tac-vien" in answer.content.decode()
