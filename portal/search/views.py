"""The search page: a plain form that works without JavaScript, and its results."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from portal.core.languages import HREFLANG, NAMES, switch_for_view
from portal.search import log
from portal.search.engines import get_engine
from portal.search.kinds import KINDS
from portal.search.levers import chosen_for
from portal.search.query import LONGEST_QUERY, SearchQuery
from portal.search.results import SearchPage
from portal.search.sections import section_titles, topic_names

FEW = 5  # with fewer results than this the reader is told about the other languages


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/<language>/search/?q=…`: the form, what was found, or what is wrong with the question. Never in an index."""
    language = translation.get_language()
    query = _known(SearchQuery.from_get(request.GET, language))
    result = _answer(query) if query.can_be_answered else None
    if query.page > (result.pages if result else 1):
        raise Http404("no such page of results")
    response = TemplateResponse(
        request,
        "search/results.html",
        {
            "query": query,
            "result": result,
            "longest_query": LONGEST_QUERY,
            "elsewhere": _elsewhere(query, result),
            "suggestion_address": query.address(text=result.suggestion, page=1) if result and result.suggestion else "",
            "paging": _paging(query, result),
            "facets": _shown_facets(result),
            "everything_address": query.without_narrowing(),
            "by_relevance_address": query.address(sort="relevance", page=1),
            "by_date_address": query.address(sort="date", page=1),
            "languages": switch_for_view(request, "search"),
            "page_language": HREFLANG[language],
        },
    )
    response["X-Robots-Tag"] = "noindex, follow"
    return response


def _answer(query: SearchQuery) -> SearchPage:
    """The engine's answer, counted, with what editors chose for this query before everything else.

    Who has narrowed the results to a kind or some days is shown nothing else.
    """
    result = get_engine().search(query)
    if query.page == 1 and not query.is_narrowed:
        chosen = chosen_for(query)
        keys = {hit.key for hit in chosen}
        result = replace(result, chosen=chosen, hits=[hit for hit in result.hits if hit.key not in keys])
    log.count(query, (0 if result.relaxed else result.total) or len(result.chosen))
    return result


def _known(query: SearchQuery) -> SearchQuery:
    """Without facet values that do not exist: an old link still gives an answer."""
    return replace(
        query,
        kinds=tuple(kind for kind in query.kinds if kind in KINDS),
        section=query.section if query.section in section_titles(query.language) else "",
        topic=query.topic if query.topic in topic_names(query.language) else "",
        year=query.year if query.year is not None and 1900 <= query.year <= 2200 else None,
    )


def _elsewhere(query: SearchQuery, result: SearchPage | None) -> list[dict]:
    """Links to the question in languages that have more, when this one has little: code, lang, name, count, url."""
    if result is None or result.total >= FEW:
        return []
    links = []
    for other in result.elsewhere:
        with translation.override(other.language):
            url = f"{reverse('search')}?{SearchQuery(text=query.text).address()}"
        links.append(
            {
                "code": other.language,
                "lang": HREFLANG[other.language],
                "name": str(NAMES[other.language]),
                "count": other.count,
                "url": url,
            }
        )
    return links


def _paging(query: SearchQuery, result: SearchPage | None) -> dict | None:
    """Addresses around this page: {"previous", "next", "pages": [{"number", "address", "current"} | None]}."""
    if result is None or result.pages == 1:
        return None
    near = {1, result.pages, *range(query.page - 2, query.page + 3)}
    numbers = [number for number in sorted(near) if 1 <= number <= result.pages]
    pages: list[dict | None] = []
    for number, before in zip(numbers, [0, *numbers[:-1]], strict=True):
        if number - before > 1:
            pages.append(None)  # a gap
        pages.append({"number": number, "address": query.address(page=number), "current": number == query.page})
    return {
        "pages": pages,
        "previous": query.address(page=query.page - 1) if query.page > 1 else "",
        "next": query.address(page=query.page + 1) if query.page < result.pages else "",
    }


def _shown_facets(result: SearchPage | None) -> dict:
    """Facets worth a choice: at least two values, or one that is chosen and can be undone."""
    if result is None:
        return {}
    return {
        name: values
        for name, values in result.facets.items()
        if len(values) > 1 or any(value.chosen for value in values)
    }
