"""`PUBLIC_URL` and the prefix: the one variable that decides every address."""

import inspect

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from wagtail.models import Site

from portal.core import upstream
from portal.settings.public_url import PublicUrl
from portal.wsgi import StripPrefix, Utf8Only


@pytest.mark.parametrize(
    ("value", "origin", "prefix", "secure"),
    [
        ("https://laichau.gov.vn/thongtindoingoai", "https://laichau.gov.vn", "/thongtindoingoai", True),
        ("https://laichau.gov.vn/thongtindoingoai/", "https://laichau.gov.vn", "/thongtindoingoai", True),
        ("https://laichau.gov.vn:443", "https://laichau.gov.vn", "", True),
        ("http://127.0.0.1:8000/thongtindoingoai", "http://127.0.0.1:8000", "/thongtindoingoai", False),
        ("http://[::1]:8000/thongtindoingoai", "http://[::1]:8000", "/thongtindoingoai", False),
        ("  http://localhost/  ", "http://localhost", "", False),
        ("https://Thôngtin.LaiChâu.vn/a/b_c.d~e", "https://xn--thngtin-u0a.xn--laichu-0ta.vn", "/a/b_c.d~e", True),
        ("http://[2001:DB8:0::1]/", "http://[2001:db8::1]", "", False),
    ],
)
def test_public_url_is_read_into_its_parts(value, origin, prefix, secure):
    url = PublicUrl.parse(value)
    assert (url.origin, url.prefix, url.is_secure) == (origin, prefix, secure)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "laichau.gov.vn",
        "ftp://laichau.gov.vn",
        "https://",
        "https://h:port/",
        "https://h:99999",
        "https://user:password@h/",
        "https://h/?a=1",
        "https://h/#a",
        "https://h:0/",
        "https://h/hai mươi",
        "https://h/a//b",
        "https://h/../b",
        "https://h/%2e%2e/b",
        "https://h/a;b",
        "https://under_score.vn/",
        "https://-h.vn/",
        "https://h..vn/",
        "https://*.vn/",
        "https://h.vn\\@evil.vn/",
        "https://[::1:zz]/",
        "javascript://h/",
    ],
)
def test_malformed_public_url_is_refused_by_name(value):
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL"):
        PublicUrl.parse(value)


@pytest.mark.parametrize(
    ("path", "script_name", "path_info"),
    [
        ("/thongtindoingoai/vi/", "/thongtindoingoai", "/vi/"),
        ("/thongtindoingoai/", "/thongtindoingoai", "/"),
        ("/thongtindoingoai", "/thongtindoingoai", "/"),
        ("/vi/", "", "/vi/"),  # a proxy that took the prefix off already
        ("/thongtindoingoaikhac/", "", "/thongtindoingoaikhac/"),
    ],
)
def test_prefix_moves_from_the_path_to_the_script_name(path, script_name, path_info):
    seen = {}
    application = StripPrefix(lambda environ, start_response: seen.update(environ), "/thongtindoingoai")
    application({"PATH_INFO": path, "SCRIPT_NAME": ""}, None)
    assert (seen["SCRIPT_NAME"], seen["PATH_INFO"]) == (script_name, path_info)


@pytest.mark.parametrize(
    ("address", "site", "origin"),
    [
        ("https://h:8443/p", Site(hostname="h", port=8443), "https://h:8443"),
        ("https://h/p", Site(hostname="h", port=443), "https://h"),
        ("http://h:8000/p", Site(hostname="h", port=8000), "http://h:8000"),
        ("https://h/p", Site(hostname="other", port=80), "http://other"),
    ],
)
def test_links_of_the_site_begin_with_the_public_origin(settings, address, site, origin):
    settings.PUBLIC_URL = PublicUrl.parse(address)
    assert site.root_url == origin


def test_the_upstream_function_is_the_one_that_was_read():
    """It looks at the port alone; once it knows a scheme, ours can go."""
    assert "443" in inspect.getsource(upstream.upstream_root_url)
    assert "scheme" not in inspect.getsource(upstream.upstream_root_url)


@pytest.mark.parametrize(
    "kind",
    ["a/b; charset=rot13", "a/b; charset=utf-7", "a/b; charset=utf-16-le", "a/b; x*=none''%41", "; ;="],
)
def test_no_request_chooses_how_its_address_is_read(kind):
    """An answer is kept by its address, so everybody's «?page=2» has to be the same; no other encoding brings NUL."""
    seen = []
    application = Utf8Only(lambda environ, start_response: seen.append(WSGIRequest(environ)))
    application(RequestFactory().request(QUERY_STRING="page=2&q=+AAA-").environ | {"CONTENT_TYPE": kind}, None)
    assert seen[0].GET.dict() == {"page": "2", "q": " AAA-"}


def test_a_form_keeps_what_parts_it():
    body = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n'
    environ = RequestFactory().generic("POST", "/", body).environ
    environ["CONTENT_TYPE"] = 'multipart/form-data; charset="utf-16"; boundary=b'
    seen = []
    Utf8Only(lambda environ, start_response: seen.append(WSGIRequest(environ)))(environ, None)
    assert seen[0].POST.dict() == {"a": "1"}
