"""What readers write into addresses does not stay in the logs of nginx or of the web processes."""

import pytest

pytestmark = [pytest.mark.stack]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/vi/lo.thi.mai@laichau.gov.vn/", "/thongtindoingoai/vi/"),
        ("/vi/tim/lo.thi.mai%40laichau.gov.vn", "/thongtindoingoai/vi/tim/"),
        ("/cms/password_reset/MTI/cn8x2f-lo.thi.mai/", "/thongtindoingoai/cms/password_reset/"),
        ("/vi/search/?q=lo.thi.mai%00%0d%0a&tel=0912345678", "/thongtindoingoai/vi/search/"),
    ],
)
def test_addresses_are_kept_without_persons(stack, reader, path, kept):
    number = reader.get(path).headers["X-Request-ID"]
    stack.wait_for_line(number)
    lines = [stack.log("web-1"), stack.log("web-2"), (stack.folder / "access.log").read_text()]
    mine = [line for text in lines for line in text.splitlines() if number in line]
    assert len(mine) >= 2 and all(f'"{kept}' in line for line in mine if '"path"' in line), mine
    assert "lo.thi.mai" not in "".join(lines) and "0912345678" not in "".join(lines)


def test_what_nginx_refuses_by_itself_names_nobody(stack, reader):
    """Its own lines of errors would have the whole question and the reader's address."""
    answer = reader.post("/vi/search/?q=lo.thi.mai", data=b"x" * 2_000_000)
    assert answer.status_code == 413
    stack.wait_for_line(answer.headers.get("X-Request-ID") or '"status":413')
    lines = stack.log("nginx-portal") + (stack.folder / "portal.log").read_text(errors="replace")
    assert "lo.thi.mai" not in lines and "client:" not in lines, lines
