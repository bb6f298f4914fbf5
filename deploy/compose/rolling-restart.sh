#!/usr/bin/env bash
# Restarts the containers of the named services one after the other, each only once the one before is ready
# again; all services of ours unless named. Texts wait meanwhile, none is lost.
#
#   deploy/compose/rolling-restart.sh [service …]
#
# COMPOSE_PROJECT_NAME for another project than partyline.
set -euo pipefail

patience=120 # seconds until a container that is not ready is called broken

[ $# -gt 0 ] || set -- realtime api dispatcher ingress
project=${COMPOSE_PROJECT_NAME:-partyline}

containers_of() {
  docker ps --quiet --no-trunc --filter "label=com.docker.compose.project=$project" \
    --filter "label=com.docker.compose.service=$1"
}

declare -A ports=([ingress]=3001 [dispatcher]=3002 [realtime]=3003 [api]=3004 [simulator]=8085)

until_ready() {
  for _ in $(seq $((patience * 2))); do
    docker exec "$1" ready "$2" 2>/dev/null && return
    sleep 0.5
  done
  echo "$1 did not become ready within ${patience} s: see docker logs $1" >&2
  exit 1
}

for service; do
  if [ -z "${ports[$service]:-}" ]; then
    echo "$service is none of: ${!ports[*]}" >&2
    exit 2
  fi
  containers=$(containers_of "$service")
  if [ -z "$containers" ]; then
    echo "no container of $service runs in the project $project" >&2
    exit 1
  fi
  for container in $containers; do
    docker restart "$container" >/dev/null
    until_ready "$container" "${ports[$service]}"
    echo "$service ${container:0:12} restarted"
  done
done
