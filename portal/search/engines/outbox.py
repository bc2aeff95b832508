"""What has changed in the rows since the server last heard of them, noted by the database itself.

Triggers rather than calls: a row goes by a deleted page's foreign key as well as by our own code, and a process may end
between its commit and its next line. The note is part of the very transaction that changes the row, so none is lost and
none is of a change that was rolled back. Where no server is configured there are no triggers and nothing is noted.

A note without a key is about a whole language: its rows changed while nothing was noted, or are those of another time.
"""

from django.conf import settings
from django.db import connections, transaction

from portal.search.models import SearchChange, SearchEntry

_ROWS, _NOTES = SearchEntry._meta.db_table, SearchChange._meta.db_table
_NAME = "portal_search_change"


def _note(row: str) -> str:
    return f"INSERT INTO {_NOTES}(key, language) VALUES ({row}.key, {row}.language);"


def _sqlite_triggers() -> dict[str, str]:
    columns = [field.column for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    changed = " OR ".join(f"old.{column} IS NOT new.{column}" for column in columns)
    moved = "old.key <> new.key OR old.language <> new.language"
    return {
        f"{_NAME}_insert": f"AFTER INSERT ON {_ROWS} BEGIN {_note('new')} END",
        f"{_NAME}_delete": f"AFTER DELETE ON {_ROWS} BEGIN {_note('old')} END",
        f"{_NAME}_update": f"AFTER UPDATE ON {_ROWS} WHEN {changed} BEGIN {_note('new')} END",
        f"{_NAME}_move": f"AFTER UPDATE ON {_ROWS} WHEN {moved} BEGIN {_note('old')} END",
    }


_POSTGRES = (
    f"""CREATE OR REPLACE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP = 'DELETE' THEN {_note("OLD")} RETURN NULL; END IF;
        IF TG_OP = 'INSERT' THEN {_note("NEW")} RETURN NULL; END IF;
        IF OLD.* IS DISTINCT FROM NEW.* THEN {_note("NEW")} END IF;
        IF OLD.key <> NEW.key OR OLD.language <> NEW.language THEN {_note("OLD")} END IF;
        RETURN NULL; END $$""",
    f"""CREATE TRIGGER {_NAME} AFTER INSERT OR UPDATE OR DELETE ON {_ROWS}
        FOR EACH ROW EXECUTE FUNCTION {_NAME}()""",
)


def ensure(using: str = "default") -> None:
    """Begin to note changes. Where that is new, changes may have passed unnoted: every language is to be told anew."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        present = _present(cursor, connection.vendor)
        if connection.vendor == "postgresql":
            statements = () if present else _POSTGRES
        else:
            triggers = _sqlite_triggers()
            statements = [f"CREATE TRIGGER {name} {triggers[name]}" for name in triggers.keys() - present]
        for statement in statements:
            cursor.execute(statement)
        if statements:
            begin_again(using)


def begin_again(using: str = "default") -> None:
    """Have the server told of everything anew, after a restore: its documents are of later rows and higher versions."""
    with transaction.atomic(using):
        notes = SearchChange.objects.using(using)
        notes.all().delete()
        notes.bulk_create(SearchChange(language=language) for language, _name in settings.LANGUAGES)


def of_whole_languages() -> dict[int, str]:
    """The notes about whole languages: number and language."""
    return dict(SearchChange.objects.filter(key="").values_list("pk", "language"))


def remove(using: str = "default") -> None:
    """Note nothing any more, and forget what was noted."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _present(cursor, connection.vendor):
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {_ROWS}" if connection.vendor == "postgresql" else ""))
        cursor.execute(f"DELETE FROM {_NOTES}")


def _present(cursor, vendor: str) -> set[str]:
    if vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s", [_ROWS, _NAME])
    else:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE %s",
            [_ROWS, f"{_NAME}_%"],
        )
    return {name for (name,) in cursor.fetchall()}
