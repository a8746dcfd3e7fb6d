# Two stages: the first installs what the hashed lock names, as the Makefile does; the second has that, and no pip.
FROM python:3.14-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /source
RUN python -m venv --without-pip /opt/bot

COPY requirements.lock ./
RUN pip --python /opt/bot/bin/python install --no-cache-dir --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY providers providers
COPY storage storage
RUN pip --python /opt/bot/bin/python install --no-cache-dir --no-deps --no-build-isolation . \
 && pip --python /opt/bot/bin/python uninstall --yes hatchling editables


FROM python:3.14-slim

LABEL org.opencontainers.image.title="imagine-bot" \
      org.opencontainers.image.description="A self-hosted Telegram bot for AI image generation" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="1.0.0"

# For what is written on grids in letters that Pillow's own font lacks, such as Cyrillic.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 imagine \
 && mkdir /data && chown imagine /data

COPY --from=build /opt/bot /opt/bot

USER imagine
WORKDIR /data
VOLUME /data
ENV PATH=/opt/bot/bin:$PATH PYTHONUNBUFFERED=1
ENV DATABASE_URL=sqlite:////data/imagine.db HTTP_LISTEN=127.0.0.1:9090 LOG_FORMAT=json

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9090/healthz', timeout=4)"]

STOPSIGNAL SIGTERM
CMD ["imagine-bot", "run"]
