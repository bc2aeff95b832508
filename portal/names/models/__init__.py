"""The name register, and the tables that are read into it."""

from portal.names.models.imports import NameImport
from portal.names.models.register import FIELD_OF, LANGUAGES, Name, NameSuccession, NameVariant, shown

__all__ = ["FIELD_OF", "LANGUAGES", "Name", "NameImport", "NameSuccession", "NameVariant", "shown"]
