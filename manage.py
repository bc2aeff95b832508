#!/usr/bin/env python
"""Django's command line. Without DJANGO_SETTINGS_MODULE it uses the embedded defaults (portal.settings.dev)."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.core.management import execute_from_command_line

    from portal.settings.environment import ConfigurationProblem

    try:
        execute_from_command_line(sys.argv)
    except ConfigurationProblem as problem:
        sys.exit(f"The portal does not start: {problem}")
