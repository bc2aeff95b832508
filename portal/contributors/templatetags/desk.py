"""For templates of the administration."""

from django import template

from portal.contributors.names import in_words

register = template.Library()
register.filter("in_words", in_words)
