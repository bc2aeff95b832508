# The portal's image: web, worker, scheduler and deploy are the same image with another command.
FROM python:3.11.14-slim-trixie AS packages
COPY requirements/base.txt requirements/production.txt /tmp/requirements/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r /tmp/requirements/production.txt

FROM python:3.11.14-slim-trixie
# pg_dump and psql for backups, not older than the server of docker-compose.yml; Chinese glyphs for social cards.
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-17 fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /nonexistent portal \
    && install -d -o portal -g portal /srv/media /srv/static /srv/backups
COPY --from=packages /opt/venv /opt/venv
COPY . /srv/portal
WORKDIR /srv/portal
ARG RELEASE
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 RELEASE=$RELEASE
# Readable for its user even where the clone was made under a strict umask.
RUN chmod -R a+rX /srv/portal && python -m compileall -q /srv/portal /opt/venv
USER portal
VOLUME ["/srv/media", "/srv/static", "/srv/backups"]
EXPOSE 8000 9000
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py"]
