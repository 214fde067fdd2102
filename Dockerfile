FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes --no-deps -r requirements.txt
COPY . .

# Both commands read the settings, but reach no server and keep no key.
ENV STATIC_ROOT=/app/static DATA_DIR=/data PYTHONUNBUFFERED=1
RUN export SECRET_KEY=build LINK_KEY=build SEALING_KEY=build REDIS_URL=redis://build \
        DATABASE_URL=postgres://build/build MIGRATOR_DATABASE_URL=postgres://build/build \
    && python manage.py compile_texts \
    && python manage.py collectstatic --noinput

# A number, so that an orchestrator can see that it is not root.
RUN useradd --system --uid 1000 --create-home motesplats && install -d -o motesplats /data
USER 1000
EXPOSE 8000
CMD ["gunicorn", "motesplats.wsgi", "--config", "python:motesplats.serving.config", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
