import pytest
from datetime import timedelta
from tests.builders import *
from portal.search.models import SearchEntry
pytestmark = pytest.mark.django_db
def test_x(committed):
    with committed():
        a = make_article("Cây")
    with committed():
        e = translate(a, "en")
    with committed():
        a = type(a).objects.get(pk=a.pk)
        a.date = a.date - timedelta(days=400)
        publish_new(a, "test")
    e = type(a).objects.get(pk=e.pk)
    print(a.date, e.date, e.live, e.alias_of_id, SearchEntry.objects.filter(page__in=[a,e]).values_list("page_id","date"))
    assert 0
