# Two images. `services`: every Node service and the command `partyline`, as sources (ADR 3) with what they
# import. `web`: Caddy with the built dashboard.

# What npm needs to know, so that a change of code repeats no installing.
FROM node:26-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
COPY contracts/package.json contracts/
COPY kit/package.json kit/
COPY db/package.json db/
COPY services/ingress/package.json services/ingress/
COPY services/dispatcher/package.json services/dispatcher/
COPY services/realtime/package.json services/realtime/
COPY services/api/package.json services/api/
COPY simulator/package.json simulator/
COPY cli/package.json cli/
COPY web/package.json web/

# Workspaces by name: the root's own packages bring Node and Postgres, which images are there for.
FROM packages AS dependencies
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
      -w contracts -w kit -w db -w services/ingress -w services/dispatcher -w services/realtime \
      -w services/api -w simulator -w cli \
 # Types, maps and manuals are for people who read code.
 && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \
      -o -iname '*.md' \) -delete

FROM packages AS dashboard
RUN npm ci --ignore-scripts --no-audit --no-fund -w contracts -w web
COPY tsconfig.base.json tsconfig.json ./
COPY contracts contracts
COPY web web
RUN npm run --silent build -w web

FROM node:26-slim AS services
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY deploy/compose/ready.sh /usr/local/bin/ready
COPY contracts contracts
COPY kit kit
COPY db db
COPY services services
COPY simulator simulator
COPY cli cli
RUN ln -s /app/cli/bin/partyline.mjs /usr/local/bin/partyline \
 && install -d -o node -g node /data /data/media
USER node
CMD ["partyline", "--help"]

FROM caddy:2 AS web
COPY --from=dashboard /app/web/build /srv
COPY deploy/compose/Caddyfile /etc/caddy/Caddyfile
RUN chown -R 1000:1000 /data /config
USER 1000:1000
