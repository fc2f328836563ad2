#!/usr/bin/env bash
# Stops what start.sh started, and only that. With --purge its data goes too.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

stop() {
  local pid end=$((SECONDS + 60))
  pid=$(process_of "$1") || return 0
  kill -TERM "$pid"
  while process_of "$1" >/dev/null; do
    [ $SECONDS -lt $end ] || { echo "lab: $1 (process $pid) does not stop" >&2; return 1; }
    sleep 0.2
  done
  rm -f "$LAB_DIR/run/$1.pid"
}

for service in neutron nova keystone mariadb; do stop "$service"; done
rm -f "$LAB_DIR/clouds.yaml"
if [ "${1:-}" = --purge ] && [ -d "$LAB_DIR/run" ]; then rm -rf "$LAB_DIR"; fi
