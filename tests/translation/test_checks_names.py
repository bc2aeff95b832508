"""Names of the register beside a passage: found where they are meant, and told where they are written otherwise."""

import pytest

from portal.names.demo_register import load_names
from portal.names.models import Name
from portal.translation.checks.names import glossary_of
from portal.translation.checks.passages import Passage, look_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(portal):
    load_names()


def passage(source, target, language="en"):
    one = Passage(1, 1, 1, "body", source, target, False)
    look_at(one, language, glossary_of(language))
    return one


FOUND = [
    ("Cửa khẩu Kim Thủy Hà mở cửa", {"Cửa khẩu Kim Thủy Hà"}),
    ("đến Kim Thuỷ Hà", {"Kim Thuỷ Hà"}),  # another place of the tone mark
    ("Chợ Dào San họp chủ nhật", {"Chợ Dào San"}),
    ("UBND tỉnh giao Sở Ngoại vụ", {"UBND tỉnh", "Sở Ngoại vụ"}),
    ("các dân tộc Thái, Mông, Hà Nhì", {"Thái", "Mông", "Hà Nhì"}),
    ("người Mông ở Sìn Hồ", {"Mông", "Sìn Hồ"}),
    ("Tỉnh Lai Châu", {"Tỉnh Lai Châu"}),
    # An ordinary word, a country, a part of a longer name:
    ("Mảng du lịch tăng", set()),
    ("sang Thái Lan cùng người dân", set()),
    ("nước Lào láng giềng", set()),
    ("kháng chiến của người dân", set()),
    ("người dao động", set()),
]


@pytest.mark.parametrize(("source", "names"), FOUND)
def test_names_of_the_original(register, source, names):
    assert {mention.text for mention in glossary_of("en").mentions(source)} == names


HONEST = [
    ("en", "Cửa khẩu Kim Thủy Hà", "Jinshuihe border gate"),
    ("en", "đến Kim Thủy Hà", "to Jinshuihe"),
    ("zh-hans", "huyện Phong Thổ", "封土县"),
    ("zh-hans", "Phong Thổ có phong tục riêng", "封土有自己的风土人情"),
    ("zh-hans", "người Mông", "赫蒙族"),  # 蒙族, which is not to be written, is only a part of it
    ("en", "người Mông ở Phong Thổ", "Hmong people in Phong Tho"),
    ("en", "Phong Thổ", "Phong Thổ"),
    ("zh-hans", "Mường Tè", "穆德"),  # not settled: nothing can be said
    ("en", "Lai Châu", "Lai Chau's"),
    ("zh-hans", "phong tục", "风土人情"),
]


@pytest.mark.parametrize(("language", "source", "target"), HONEST)
def test_no_false_alarm(register, language, source, target):
    assert [remark.text for remark in passage(source, target, language).remarks] == []


WRONG = [
    ("en", "Cửa khẩu Kim Thủy Hà", "Kim Thuy Ha border gate", "Jinshuihe"),
    ("en", "đến Kim Thủy Hà", "to Kim Thủy Hà", "Jinshuihe"),
    ("zh-hans", "huyện Phong Thổ", "风土县", "封土"),
    ("zh-hans", "người Mông", "蒙族", "赫蒙族"),
    ("zh-hans", "ở Tam Đường", "在封土", "三塘"),
    ("en", "tỉnh Vân Nam", "Van Nam province", "Yunnan"),
    ("zh-hans", "Mường Tè", "芒岱", "芒岱"),  # no settled form, but this one is not it
]


@pytest.mark.parametrize(("language", "source", "target", "told"), WRONG)
def test_what_is_written_otherwise_is_told(register, language, source, target, told):
    [remark] = passage(source, target, language).remarks
    assert told in remark.text


def test_the_form_to_write_is_shown_or_that_there_is_none(register):
    settled = passage("Phong Thổ", None, "zh-hans").mentions[0].best
    assert (settled.form, settled.approved) == ("封土", True)
    assert passage("Mường Tè", None, "zh-hans").mentions[0].best.form == ""


def test_a_changed_register_counts_at_once(register):
    assert not passage("Than Uyên", "坦渊", "zh-hans").remarks
    name = Name.objects.get(code="than-uyen")
    name.zh_hans, name.approved = "碳渊", True
    name.save()
    assert "碳渊" in passage("Than Uyên", "坦渊", "zh-hans").remarks[0].text
