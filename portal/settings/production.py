"""Production: exactly the base. A missing or malformed variable stops the start with its name."""

from portal.settings.base import *
