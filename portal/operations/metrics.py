"""Prometheus metrics. With several gunicorn workers they meet in the folder PROMETHEUS_MULTIPROC_DIR."""

import os
from pathlib import Path

from django.http import HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})

requests_total = Counter("portal_requests", "Requests by view and status", ["method", "view", "status"])
request_seconds = Histogram(
    "portal_request_seconds",
    "Time of an answer by view",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


def request_done(method: str, view: str, status: int, seconds: float) -> None:
    """Count a request. Names of views are few; addresses and made-up methods would be without end."""
    requests_total.labels(method if method in METHODS else "other", view or "none", str(status)).inc()
    request_seconds.labels(view or "none").observe(seconds)


def process_ended(pid: int) -> None:
    """Put what a process counted together with that of all that ended before it, and take its own files away.

    Called by one process only, that which started it.
    """
    multiprocess.mark_process_dead(pid)  # its gauges
    folder = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])
    for kind in ("counter", "histogram"):
        own = folder / f"{kind}_{pid}.db"
        if own.exists():
            apart = own.rename(own.with_suffix(".ended"))  # out of the sum before it is in it a second time
            together = MmapedDict(str(folder / f"{kind}_ended.db"))
            for key, value, moment, _position in list(MmapedDict.read_all_values_from_file(str(apart))):
                together.write_value(key, together.read_value(key)[0] + value, moment)
            together.close()
            apart.unlink()


def _state() -> CollectorRegistry:
    """What the database says, asked when the metrics are."""
    from portal.operations import probes

    registry = CollectorRegistry()
    tasks = Gauge("portal_tasks", "Background tasks by state", ["state"], registry=registry)
    for state, number in probes.tasks_by_state().items():
        tasks.labels(state.lower()).set(number)
    healthy = Gauge("portal_probe_ok", "1 where the part answers, as in /readyz", ["part"], registry=registry)
    for part, result in probes.all_results().items():
        healthy.labels(part).set(int(result.ok))
    return registry


def exposition() -> HttpResponse:
    """All metrics in the text format."""
    from prometheus_client import REGISTRY

    registry = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    try:
        counted = generate_latest(registry)
    except FileNotFoundError:  # of a process that ended at this moment
        counted = generate_latest(registry)
    return HttpResponse(counted + generate_latest(_state()), content_type=CONTENT_TYPE_LATEST)
