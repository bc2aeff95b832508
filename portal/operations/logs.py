"""Log lines that belong to a request carry its id. No address, name, cookie or query of a person is logged.

What others write into a line (the path that a stranger made up, the message of an exception) is looked through besides.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="-")


_BEFORE_AT = r"[^\s/\"'<>()=:,;]"
# From the beginning of a word only: from each of its letters, a path of thousands would take seconds.
_MAIL = re.compile(rf"(?<!{_BEFORE_AT}){_BEFORE_AT}+(@|%40)[\w.-]+")
_RESET_LINK = re.compile(r"(password_reset/)[^\s\"]+")  # whoever has it may choose a new password


def without_personal_data(text: str) -> str:
    """A line of the log without addresses of mail and links that let somebody in."""
    return _RESET_LINK.sub(r"\1…", _MAIL.sub("…@…", text))


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, request id, what `extra={"fields": …}` adds, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": getattr(record, "request_id", "-"),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return without_personal_data(json.dumps(line, ensure_ascii=False, default=str))


class LineFormatter(logging.Formatter):
    """The same for a person who reads it as it comes."""

    def format(self, record: logging.LogRecord) -> str:
        return without_personal_data(super().format(record))
