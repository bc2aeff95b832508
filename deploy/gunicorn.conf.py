"""gunicorn: processes with threads, whose number bounds the connections to PostgreSQL.

Chosen over granian because it forks from one loaded application and names the port that a connection came in by.
"""

import os
import shutil
from pathlib import Path

wsgi_app = "portal.wsgi:application"
preload_app = True  # memory is shared, and what is missing in the environment stops the start at once
bind = [f"0.0.0.0:{os.environ.get('WEB_PORT') or 8000}", f"0.0.0.0:{os.environ.get('PRIVATE_PORT') or 9000}"]
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
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


def on_starting(server):
    """Numbers of processes that are gone do not count."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(parents=True, exist_ok=True)


def child_exit(server, worker):
    """Gauges of a worker end with it."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
