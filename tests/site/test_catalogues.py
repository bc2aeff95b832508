"""Every word of ours can be translated and is, into Vietnamese and Chinese; what lies compiled is what was written."""

import ast
import itertools
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup, NavigableString
from bs4.element import PreformattedString
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from scripts import messages
from tests.builders import home, make_article, news, translate
from tests.english_texts import EnglishTexts

pytestmark = [pytest.mark.once]

CATALOGUES = list(itertools.product(messages.LANGUAGES, messages.DOMAINS))
every_catalogue = pytest.mark.parametrize(("locale", "domain"), CATALOGUES)

# The same in every language: the province's name, and the languages' own names.
NAMES = {"Lai Châu", *dict(settings.LANGUAGES).values()}
READ_ALOUD = ("alt", "title", "placeholder", "label", "aria-label", "aria-description", "aria-roledescription")
BUTTONS = ("submit", "button", "reset")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|(?<!{){\w*}|</?\w[^>]*>")


def ids(message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def strings(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


# -- the catalogues ------------------------------------------------------------------------------------------------
@every_catalogue
def test_every_message_is_translated(locale, domain):
    catalogue = messages.written(locale, domain)
    wanted = {(context, text) for context, text, _plural in messages.extracted(domain)}
    there = {(message.context, ids(message)[0]) for message in catalogue if message.id}
    assert not wanted - there, "run `make messages`, then translate"
    assert not there - wanted, "nothing uses these any more: run `make messages`"
    assert not [message.id for message in catalogue if message.id and messages.is_empty(message)]


@every_catalogue
def test_the_catalogue_is_as_make_messages_writes_it(locale, domain):
    path = messages.po_path(locale, domain)
    assert path.read_bytes() == messages.as_text(messages.merged(locale, domain)), "run `make messages`"


@every_catalogue
def test_what_is_compiled_is_what_is_written(locale, domain):
    path = messages.po_path(locale, domain)
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(messages.written(locale, domain))


@every_catalogue
def test_placeholders_and_markup_survive_translation(locale, domain):
    """Of a plural the last form counts: the first may say «one» without the number."""
    wrong = {
        ids(message)[-1]: string
        for message in messages.written(locale, domain)
        if message.id
        for string in strings(message)
        if Counter(PLACEHOLDER.findall(ids(message)[-1])) != Counter(PLACEHOLDER.findall(string))
    }
    assert not wrong


def test_chinese_is_written_with_chinese_punctuation():
    half_width = re.compile(r"[\u4e00-\u9fff] ?[,;?!](?!\w)|[\u4e00-\u9fff]\.(?=$|\s)")
    texts = {(context, text) for context, text, _plural in messages.extracted()}
    catalogue = messages.written("zh_Hans")
    found = [message for message in catalogue if (message.context, ids(message)[0]) in texts]
    assert len(found) > 200
    assert not [string for message in found for string in strings(message) if half_width.search(string)]


# -- words without a mark --------------------------------------------------------------------------------------------
def has_words(text: str) -> bool:
    for name in NAMES:
        text = text.replace(name, "")
    return re.search(r"[^\W\d_]", text) is not None


def html_of(source: str) -> tuple[str, list[str]]:
    """A template less what is marked, less its tags; and the words within tags that no {% translate %} marks."""
    html, within, until = [], [], None
    for token in Lexer(source).tokenize():
        name = token.contents.split(" ")[0] if token.token_type == TokenType.BLOCK else ""
        if until:
            until = None if name == until else until
        elif name in ("blocktrans", "blocktranslate", "comment"):
            until = f"end{name}"
        elif token.contents == "block bodyclass":  # names of classes
            until = "endblock"
        elif token.token_type == TokenType.TEXT:
            html.append(token.contents)
        elif token.token_type in (TokenType.VAR, TokenType.BLOCK):
            within += re.findall(
                r"""(?<!anchor)\|(?:default|default_if_none|yesno|pluralize):["']([^"']*)""", token.contents
            )
            within += re.findall(rf"""\b(?:{"|".join(READ_ALOUD)}|heading)=["']([^"']*)""", token.contents)
    return "".join(html), within


def unmarked_words(source: str) -> list[str]:
    html, found = html_of(source)
    soup = BeautifulSoup(html, "html.parser")
    found += [
        str(text)
        for text in soup.find_all(string=True)
        if not isinstance(text, PreformattedString) and text.parent.name not in ("script", "style")
    ]
    for element in soup.find_all(True):
        found += [element[name] for name in READ_ALOUD if element.get(name)]
        if element.name == "input" and element.get("type") in BUTTONS:
            found.append(element.get("value", ""))
    return [text.strip() for text in found if has_words(text)]


@pytest.mark.parametrize("path", messages.template_files(), ids=lambda path: str(path.relative_to(messages.ROOT)))
def test_every_word_of_a_template_can_be_translated(path):
    assert not unmarked_words(path.read_text())


@pytest.mark.parametrize(
    "source",
    [
        "<p>Words</p>",
        "Page {{ number }}",
        '<img alt="A bridge">',
        '<input type="submit" value="Send">',
        '<p aria-label="Menu"></p>',
        '{{ name|default:"nobody" }}',
        '{% include "a.html" with title="Words" %}',
        "{% translate 'Good' %} bad",
    ],
)
def test_a_word_without_a_mark_is_found_in_a_template(source):
    assert unmarked_words(source)


# Keywords of calls and names in class bodies whose text people read.
SPOKEN = {
    "verbose_name", "verbose_name_plural", "help_text", "label", "heading", "description", "page_description",
    "menu_label", "page_title", "add_to_settings_menu_label", "header_title", "short_description", "empty_label",
    "error_message", "invalid_message", "placeholder", "classname_label", "list_title", "name_label",
}  # fmt: skip
MESSAGES = {"debug": 1, "info": 1, "success": 1, "warning": 1, "error": 1, "add_message": 2}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey", "ParentalManyToManyField"}


def bare(node: ast.AST | None) -> bool:
    """Whether an expression is text with words and no mark, alone, formatted, or among others."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and has_words(node.value)
    if isinstance(node, ast.JoinedStr):
        return any(bare(part) for part in node.values)
    if isinstance(node, ast.BinOp):
        return bare(node.left) or (isinstance(node.op, ast.Add) and bare(node.right))
    if isinstance(node, ast.List | ast.Tuple):
        return any(bare(part) for part in node.elts)
    if isinstance(node, ast.Dict):
        return any(bare(part) for part in node.values)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return bare(node.func.value)
    return False


def spoken_by(call: ast.Call) -> list[ast.AST]:
    """Arguments of a call that people read."""
    name = getattr(call.func, "attr", None) or getattr(call.func, "id", "")
    owner = getattr(getattr(call.func, "value", None), "id", "")
    spoken = [keyword.value for keyword in call.keywords if keyword.arg in SPOKEN]
    for keyword in call.keywords:
        if keyword.arg == "choices" and isinstance(keyword.value, ast.List | ast.Tuple):
            spoken += [pair.elts[1] for pair in keyword.value.elts if isinstance(pair, ast.Tuple)]
    if name == "ValidationError" or (owner == "models" and name.endswith("Field") and name not in RELATIONS):
        spoken += call.args[:1]
    if name.endswith("MenuItem") or name in ("Button", "ActionMenuItem"):
        spoken += call.args[:1]
    if name in ("MultiFieldPanel", "FieldRowPanel", "ObjectList", "TitleFieldPanel"):
        spoken += call.args[1:2]
    if owner == "messages" and name in MESSAGES:
        spoken += call.args[MESSAGES[name] : MESSAGES[name] + 1]
    return spoken


def spoken_in(body: ast.ClassDef) -> list[ast.AST]:
    """Values in the body of a class that people read: names, descriptions, the labels of choices."""
    bases = [getattr(base, "attr", getattr(base, "id", "")) for base in body.bases]
    if "AppConfig" in bases:  # its label is a name for the code
        return []
    choices = any(base.endswith("Choices") for base in bases)
    spoken = []
    for node in body.body:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        if node.targets[0].id in SPOKEN:
            spoken.append(node.value)
        elif choices and isinstance(node.value, ast.Tuple):
            spoken.append(node.value.elts[-1])
    return spoken


def unmarked_lines(source: str) -> list[int]:
    lines = set()
    for node in ast.walk(ast.parse(source)):
        spoken = spoken_by(node) if isinstance(node, ast.Call) else []
        spoken += spoken_in(node) if isinstance(node, ast.ClassDef) else []
        lines |= {part.lineno for part in spoken if bare(part)}
    return sorted(lines)


def test_every_word_of_the_code_can_be_translated():
    found = {
        f"{path.relative_to(messages.ROOT)}:{line}"
        for path in messages.python_files()
        for line in unmarked_lines(path.read_text())
    }
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        'models.CharField("name", max_length=3)',
        'models.CharField(max_length=3, help_text="Short")',
        'FieldPanel("name", heading="Name")',
        'MultiFieldPanel([], "Name")',
        'raise ValidationError("Wrong")',
        'raise ValidationError({"name": f"Wrong {value}"})',
        'raise ValidationError("Wrong %s" % value)',
        'messages.error(request, "Wrong {}".format(value))',
        'class Meta:\n    verbose_name = "thing"',
        'class Kind(models.TextChoices):\n    NEWS = "news", "News"',
        'blocks.ChoiceBlock(choices=[("a", "First")])',
    ],
)
def test_a_word_without_a_mark_is_found_in_code(source):
    assert unmarked_lines(source)


# -- what readers see ------------------------------------------------------------------------------------------------
def seen_and_heard(response) -> set[str]:
    """Texts and read-aloud attributes of a page, less the passages that say they are in another language."""
    soup = BeautifulSoup(response.content, "html.parser")
    for passage in soup.find_all(lang=lambda lang: lang and lang != soup.html["lang"]):
        passage.decompose()
    for element in soup.find_all(["script", "style"]):
        element.decompose()
    texts = {" ".join(text.split()) for text in soup.find_all(string=True) if type(text) is NavigableString}
    for element in soup.find_all(True):
        texts |= {element[name] for name in READ_ALOUD if element.get(name)}
        if element.get("type") in BUTTONS:
            texts.add(element.get("value", ""))
    return texts - {""}


def visits(client, code: str) -> dict[str, object]:
    """Answers of the public side by address: every kind of page there is, and what is said when something is wrong."""
    article = make_article("Chè Shan", summary="Một vùng chè cổ thụ.")
    make_article("Đường mới")
    outdated, locked = make_article("Cầu treo"), make_article("Nội bộ")
    PageViewRestriction.objects.create(page=locked, restriction_type=PageViewRestriction.PASSWORD, password="x")
    for page in (article, outdated):
        for language in ("en", "zh-hans"):
            translate(page, language, text=lambda source: f"Chè {source}")
    outdated.title = "Cầu mới"
    outdated.save_revision()
    pages = [home(code), *home(code).get_children().live()]
    pages += news(code).get_children().live()
    with translation.override(code):
        search = reverse("search")
        request = reverse("request_translation", args=[article.translation_key])
        addresses = [page.url for page in pages]
        addresses += [f"{home(code).url}khong-co/", f"{news(code).url}?kind=news", f"{news(code).url}?topic=khong-co"]
        addresses += [f"{news(code).url}{article.date.year}/{article.date.month}/"]
        addresses += [search, *(f"{search}?q={words}" for words in ("chè", "khongcogica", "?", "x" * 300))]
    answers = {address: client.get(address) for address in addresses}
    answers["refused"] = client.post(request)
    untranslated = make_article("Chưa dịch")
    with translation.override(code):
        request = reverse("request_translation", args=[untranslated.translation_key])
    answers["requested"] = client.post(request, headers={"sec-fetch-site": "same-origin"}, follow=True)
    return answers


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["vi", "zh-hans"])
def test_readers_meet_no_english(client, portal, code):
    answers = visits(client, code)
    texts = EnglishTexts(code)
    assert len(answers) > 18 and len(texts) > 1000
    found = {
        f"{address}: {text}" for address, response in answers.items() for text in texts.among(seen_and_heard(response))
    }
    assert not found


@pytest.mark.django_db
def test_english_would_be_noticed(client, portal):
    """The check above sees English where it is: on the English pages."""
    said = set().union(*(seen_and_heard(response) for response in visits(client, "en").values()))
    assert len(EnglishTexts("vi").among(said)) > 40


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "stub", "basis"),
    [
        ("zh-hans", "本页尚无中文版", r"本中文页面依据\d+年\d+月\d+日的越南文原文翻译。"),
        ("en", "This page is not in English yet", r"This English page follows the Vietnamese text of \d+ \w+ \d+\."),
    ],
)
def test_a_sentence_names_the_language_in_its_own_words(client, portal, code, stub, basis):
    article, other = make_article("Chè Shan"), make_article("Đường mới")
    translate(article, code)
    page, alias = (
        type(one).objects.get(translation_key=one.translation_key, locale__language_code=code)
        for one in (article, other)
    )
    assert BeautifulSoup(client.get(alias.url).content, "html.parser").h1.text == stub
    follows = BeautifulSoup(client.get(page.url).content, "html.parser").select_one(".freshness").text
    assert re.search(basis, follows)


@pytest.mark.django_db
def test_the_search_says_in_which_language_there_is_more(client, portal):
    article = make_article("Chè Shan")
    translate(article, "en", text=lambda source: "Ancient tea")
    said = seen_and_heard(client.get(f"{home().url}search/?q=ancient"))
    assert "Cũng có kết quả bằng tiếng Anh (1)" in said
