"""Form data as the browser would send it, read from the page it is sent from."""

from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield


def form_data(response, **changes) -> dict:
    """Every field of the page's main form with its present value, and the changes."""
    soup = BeautifulSoup(response.content, "html.parser")
    form = soup.select_one("form[data-edit-form]")
    data = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type", "")
        if field.name == "select":
            chosen = field.select_one("option[selected]") or (
                field.select_one("option") if not field.has_attr("multiple") else None
            )
            if chosen is not None:
                data[field["name"]] = chosen.get("value", "")
        elif kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data[field["name"]] = field.get("value", "on")
        elif kind not in ("file", "submit", "button"):
            data[field["name"]] = field.get("value", "") if field.name == "input" else field.text
    return {**data, **changes}


def text_of(response) -> str:
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def body_of(page) -> dict:
    """The body's fields, which the browser makes by script; for bodies of text blocks."""
    blocks = [(block.block_type, rich_text(block.value.source, features=block.block.features)) for block in page.body]
    data = nested_form_data({"body": streamfield(blocks)})
    return {**data, **{f"body-{number}-id": block.id for number, block in enumerate(page.body)}}


def notices(response, kind: str) -> list[str]:
    """The messages of a kind (success, warning, error) above the page."""
    soup = BeautifulSoup(response.content, "html.parser")
    items = [item for item in soup.select(f".messages li.{kind}") if item.find_parent("template") is None]
    return [item.get_text(" ", strip=True) for item in items]
