"""Redis as a cache that may be away: a miss and not an error, and no second of waiting for every key."""

import logging
import time

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import OutOfMemoryError, RedisError

logger = logging.getLogger(__name__)

# Seconds in which a server that failed is not asked again for what can be made without it. One that is silent costs a
# second each time: a page that takes long to make should not meet it again and again.
REST = 5.0


class ForgivingClient(RedisCacheClient):
    """Every call that fails answers as an empty cache would. The first failure is logged, the ones at rest are not."""

    _resting_until = 0.0  # of this process, for all its connections
    _full_until = 0.0  # until then it is not said again

    def _forgive(self, call, otherwise, urgent=False):
        """`call()`, or `otherwise` where Redis is away. `urgent`: asked also during the rest."""
        if not urgent and time.monotonic() < ForgivingClient._resting_until:
            return otherwise
        try:
            return call()
        except OutOfMemoryError:
            # It takes nothing new, and answers everything else: what it still tells may be old, and can be deleted.
            if time.monotonic() >= ForgivingClient._full_until:
                ForgivingClient._full_until = time.monotonic() + REST
                logger.error("Redis is full and takes nothing new")
            return otherwise
        except (RedisError, OSError) as error:
            ForgivingClient._resting_until = time.monotonic() + REST
            logger.error("Redis is away: %s", type(error).__name__)
            return otherwise

    def add(self, key, value, timeout):
        return self._forgive(lambda: super(ForgivingClient, self).add(key, value, timeout), False)

    def get(self, key, default):
        return self._forgive(lambda: super(ForgivingClient, self).get(key, default), default)

    def set(self, key, value, timeout):
        # Without an end: a value that others rely on, the generation. It is tried whatever happened before.
        self._forgive(lambda: super(ForgivingClient, self).set(key, value, timeout), None, urgent=timeout is None)

    def touch(self, key, timeout):
        return self._forgive(lambda: super(ForgivingClient, self).touch(key, timeout), False)

    def delete(self, key):
        # What somebody deletes is wrong by now: it is tried whatever happened before, too.
        return self._forgive(lambda: super(ForgivingClient, self).delete(key), False, urgent=True)

    def get_many(self, keys):
        return self._forgive(lambda: super(ForgivingClient, self).get_many(keys), {})

    def has_key(self, key):
        return self._forgive(lambda: super(ForgivingClient, self).has_key(key), False)

    def incr(self, key, delta):
        """Raises ValueError for a missing key, as Django's does; an absent server has none."""
        number = self._forgive(lambda: super(ForgivingClient, self).incr(key, delta), None)
        if number is None:
            raise ValueError(f"Key '{key}' not found.")
        return number

    def set_many(self, data, timeout):
        self._forgive(lambda: super(ForgivingClient, self).set_many(data, timeout), None)

    def delete_many(self, keys):
        self._forgive(lambda: super(ForgivingClient, self).delete_many(keys), None)

    def clear(self):
        return self._forgive(lambda: super(ForgivingClient, self).clear(), False)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache with a client that forgives."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = ForgivingClient
