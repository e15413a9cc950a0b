#!/usr/bin/env bash
# Starts a PostgreSQL of our own: postgres-up.sh PORT. Prints its data folder; postgres-down.sh FOLDER ends it and removes that.
# It listens on 127.0.0.1 only. PostgreSQL refuses to run as root, so then the user "postgres" has it.
set -euo pipefail
port=${1:?usage: postgres-up.sh PORT}
bin=$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "postgres-up: PostgreSQL is not installed" >&2; exit 1; }
data=$(mktemp -d /tmp/du-postgres.XXXXXX)
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" != 0 ] || chown postgres "$data"
cd /tmp

# Danish, where "aa" is a letter after z: whoever leaves an order to the database's own language is seen to.
as_owner "$bin/initdb" -D "$data/db" -U directupload --auth=trust --encoding=UTF8 \
  --locale=C.UTF-8 --locale-provider=icu --icu-locale=da > "$data.log" 2>&1 ||
  { cat "$data.log" >&2; rm -rf "$data" "$data.log"; echo "postgres-up: initdb failed" >&2; exit 1; }
rm -f "$data.log"
# Trust is for this machine's loopback; what is kept here is a test's.
as_owner "$bin/pg_ctl" -D "$data/db" -l "$data/log" -w -t 60 \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300" start > /dev/null ||
  { tail -n 5 "$data/log" >&2; rm -rf "$data"; echo "postgres-up: it did not start" >&2; exit 1; }
echo "$data"
