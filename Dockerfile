# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/genre-bot
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN /opt/genre-bot/bin/pip install --require-hashes -r requirements/build.txt -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY classifier classifier
COPY models models
RUN /opt/genre-bot/bin/pip install --no-deps --no-build-isolation .
# librosa's kernels, compiled once for any x86-64 or arm64 machine and not for the one that builds; and matplotlib's
# list of fonts, which it would make anew at every start of a read-only system.
ENV NUMBA_CACHE_DIR=/opt/numba-cache NUMBA_CPU_NAME=generic MPLCONFIGDIR=/opt/matplotlib
RUN /opt/genre-bot/bin/genre-bot warm-up

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent genrebot \
    && install --directory --owner genrebot --group genrebot /data
COPY --from=build /opt/genre-bot /opt/genre-bot
COPY --from=build --chown=genrebot:genrebot /opt/numba-cache /opt/numba-cache
COPY --from=build --chown=genrebot:genrebot /opt/matplotlib /opt/matplotlib
ENV PATH=/opt/genre-bot/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    NUMBA_CACHE_DIR=/opt/numba-cache \
    NUMBA_CPU_NAME=generic \
    MPLCONFIGDIR=/opt/matplotlib \
    DATABASE_URL=sqlite+aiosqlite:////data/genre-bot.sqlite3 \
    GENREBOT_HEALTH_FILE=/tmp/genre-bot.health
VOLUME /data
WORKDIR /data
USER genrebot
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 CMD ["genre-bot", "health"]
ENTRYPOINT ["genre-bot"]
CMD ["run"]
