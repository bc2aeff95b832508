#!/bin/sh
# Once for each deploy, before the new processes start: tables, what the portal cannot be without, static files.
# Old style sheets stay beside the new ones, for pages that readers have open.
set -eu
mkdir -p "$MEDIA_ROOT/incoming"
python manage.py migrate --noinput
python manage.py setup --skip-checks # migrate has just checked
python manage.py collectstatic --noinput --verbosity 0 --skip-checks
