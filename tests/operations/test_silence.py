"""A database that does not answer is given up, on the connection of a web process."""

import pytest
from django.db import OperationalError, connections

from portal.operations import silence


@pytest.mark.postgres
def test_a_question_without_an_answer_ends_its_connection(db):
    own = connections.create_connection("default")
    try:
        own.ensure_connection()
        silence.bind(own.connection, seconds=0.2)
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0)")
            with pytest.raises(OperationalError):
                cursor.execute("SELECT pg_sleep(60)")
        assert own.connection.closed
    finally:
        own.close()
