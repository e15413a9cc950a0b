#!/usr/bin/env bash
# Ends the PostgreSQL that postgres-up.sh has started, by its data folder, and removes it.
set -uo pipefail
data=${1:?usage: postgres-down.sh FOLDER}
[ -d "$data/db" ] || exit 0
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
cd /tmp || exit 1
if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$bin/pg_ctl" -D "$data/db" -m immediate stop; else "$bin/pg_ctl" -D "$data/db" -m immediate stop; fi > /dev/null 2>&1
rm -rf "$data"
