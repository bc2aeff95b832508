"""gunicorn: processes with threads, whose number bounds the connections to PostgreSQL.

Chosen over granian because it forks from one loaded application and names the port that a connection came in by.
"""

import os
import shutil
import sys
from pathlib import Path


def number(name: str, text: str | None, default: int) -> int:
    """A number from the environment; what is none stops the start with a sentence that names it."""
    if text and not (text.isdecimal() and 0 < int(text) < 65536):
        sys.exit(f"The portal does not start: {name} must be a number such as {default}.")
    return int(text or default)


wsgi_app = "portal.wsgi:application"
preload_app = True  # memory is shared, and what is missing in the environment stops the start at once
ports = (
    number("WEB_PORT", os.environ.get("WEB_PORT"), 8000),
    number("PRIVATE_PORT", os.environ.get("PRIVATE_PORT"), 9000),
)
bind = [f"0.0.0.0:{port}" for port in ports]
worker_class = "gthread"
workers = number("WEB_WORKERS", os.environ.get("WEB_WORKERS"), 2)
threads = number("WEB_THREADS", os.environ.get("WEB_THREADS"), 4)
timeout = 120
graceful_timeout = 30
keepalive = 0
limit_request_line = 8190  # all that nginx lets through: what is too long meets a page, not gunicorn's bare line
max_requests = 20_000
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
forwarded_allow_ips = ""  # the portal itself decides whom it believes, and what
# One log line for each request is written by the portal, without addresses.
accesslog = None
errorlog = "-"
if os.environ.get("LOG_FORMAT") == "json":  # gunicorn's own lines, too
    sys.path.insert(0, os.getcwd())
    logconfig_dict = {
        "formatters": {"json": {"()": "portal.operations.logs.JsonFormatter"}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"level": "WARNING", "handlers": ["json"]},
        "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["json"], "propagate": False}},
    }


def on_starting(server):
    """Numbers of processes that are gone do not count."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(parents=True, exist_ok=True)


def child_exit(server, worker):
    """What a worker has counted stays, in one file with what others had: each scrape reads every file there is."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from portal.operations import metrics

        metrics.process_ended(worker.pid)
