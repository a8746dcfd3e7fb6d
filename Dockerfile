# The same steps as the Makefile: the hashed lock first, then the bot without resolving anything again.
FROM python:3.11-slim

# For what is written on grids in letters that Pillow's own font lacks, such as Cyrillic.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY providers providers
COPY storage storage
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
 && useradd --create-home --uid 10001 imagine \
 && mkdir /data && chown imagine /data

USER imagine
WORKDIR /data
VOLUME /data
ENV DATABASE_URL=sqlite:////data/imagine.db HTTP_LISTEN=127.0.0.1:9090 LOG_FORMAT=json

HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9090/healthz', timeout=4)"]

STOPSIGNAL SIGTERM
CMD ["imagine-bot", "run"]
