# The image of Shoal.
#   docker build -t shoal .                             builds everything, with npm and the network
#   docker build -t shoal --build-arg PAYLOAD=local .   takes the folder dist/ that `npm run build` has left; needs no network where the base has a docker command
# Only plain Dockerfile words, so that the builder of every engine from 20.10 on can read it.
ARG BASE=node:24-trixie-slim

# The payload: a folder that runs with Node alone.
FROM ${BASE} AS payload
ARG PAYLOAD=build
ENV PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
WORKDIR /src
COPY package.json package-lock.json ./
RUN [ "$PAYLOAD" = local ] || npm ci --no-audit --no-fund
COPY . .
RUN if [ "$PAYLOAD" = local ]; then test -f dist/shoal.mjs; else npm run build; fi
# The build carries SQLite for every Linux; an image is for one.
RUN find dist/node_modules/better-sqlite3/prebuilds -name '*.node' \
  ! -name "linux-$(node -p process.arch).node" -delete

# Stacks are deployed with Docker's own command, and compose projects with its plugin: Debian's, of this base's release, which
# need nothing but its C library.
FROM ${BASE} AS command
RUN { command -v docker && test -x /usr/libexec/docker/cli-plugins/docker-compose; } \
  || { apt-get update && apt-get install -y --no-install-recommends docker-cli docker-compose; } \
  && mkdir -p /command && cp "$(readlink -f "$(command -v docker)")" /command/docker && /command/docker --version \
  && cp /usr/libexec/docker/cli-plugins/docker-compose /command/docker-compose && /command/docker compose version

# The base without package managers. What is removed in a layer stays in the image, therefore it is copied as one.
FROM ${BASE} AS system
RUN rm -rf /usr/local/lib/node_modules /usr/local/include/node /usr/local/share/doc /usr/local/share/man /opt/yarn* \
  /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg \
  && mkdir -p /data && chown node:node /data && chmod 700 /data

FROM scratch AS runtime
COPY --from=system / /
COPY --from=command /command/docker /usr/local/bin/docker
COPY --from=command /command/docker-compose /usr/local/libexec/docker/cli-plugins/docker-compose
COPY --from=payload /src/dist /app
COPY LICENSE docker/health.mjs /app/
COPY docker/shoal /usr/local/bin/shoal
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  NODE_ENV=production \
  SHOAL_DATA_DIR=/data
LABEL org.opencontainers.image.title="Shoal" \
  org.opencontainers.image.description="A lightweight, live dashboard for Docker Swarm" \
  org.opencontainers.image.licenses="MIT"
WORKDIR /app
VOLUME /data
EXPOSE 9000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["node", "/app/health.mjs"]
# Starts as root to learn which group may use the Docker socket, and goes on as the user node: see docker/shoal.
ENTRYPOINT ["shoal"]
CMD ["serve"]
