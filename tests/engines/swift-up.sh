#!/usr/bin/env bash
# Starts a throw-away single-node OpenStack Swift with its S3 API (s3api + tempauth) on loopback: one
# account, container, object and proxy server, one device, one replica, no memcached, no background
# daemons, without systemd. Debian packages only, unpacked rather than installed: no root, no lock of
# dpkg's to wait for, no service that a package starts. Idempotent. /etc/swift is not read.
#
#   swift-up.sh [DIR]          DIR defaults to a fresh mktemp -d. Objects are stored there if it holds user
#                              xattrs (ext4, xfs, btrfs, and tmpfs from Linux 6.6 on), otherwise under ~/.cache
#
# Environment:
#   SWIFT_PORT       (7490)    port of the proxy, which speaks S3
#   SWIFT_OBJECT_PORT, SWIFT_CONTAINER_PORT, SWIFT_ACCOUNT_PORT  (the next three) ports of the servers behind it
#   SWIFT_DNS_NAME   (s3.localhost) suffix for virtual-host style: BUCKET.s3.localhost:PORT
#   SWIFT_ACCESS_KEY (test:tester)  ACCOUNT:USER; tempauth's keys always hold a colon
#   SWIFT_SECRET_KEY           fixed secret, no white space
#   SWIFT_REGION     (us-east-1)
#   SWIFT_CORS       (*)       origins that browsers may come from; Swift has no PutBucketCors
#   SWIFT_LOG        (ERROR)   log level (DEBUG explains a 403)
#   SWIFT_PREFIX               folder of the unpacked packages (~/.cache/swift-2.30), used again by the next start
#   SWIFT_NO_INSTALL=1         fail rather than download
#
# Prints KEY=VALUE lines (endpoint, keys, data dir) on stdout, everything else on stderr.
set -euo pipefail

port=${SWIFT_PORT:-7490}
object_port=${SWIFT_OBJECT_PORT:-$((port + 1))}
container_port=${SWIFT_CONTAINER_PORT:-$((port + 2))}
account_port=${SWIFT_ACCOUNT_PORT:-$((port + 3))}
dns_name=${SWIFT_DNS_NAME:-s3.localhost}
access=${SWIFT_ACCESS_KEY:-test:tester}
secret=${SWIFT_SECRET_KEY:-swift-secret-key-for-tests}
region=${SWIFT_REGION:-us-east-1}
cors=${SWIFT_CORS:-*}
level=${SWIFT_LOG:-ERROR}
timeout_s=${SWIFT_TIMEOUT:-60}

log() { printf 'swift-up: %s\n' "$*" >&2; }
die() { log "$*"; exit 1; }
[[ $access == ?*:?* ]] || die "SWIFT_ACCESS_KEY is ACCOUNT:USER"

packages=(swift-proxy swift-account swift-container swift-object)
servers=(account container object proxy)
cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}
prefix=${SWIFT_PREFIX:-$cache/swift-2.30}
python=/usr/bin/python3 # Debian's own: another one that comes first in the path does not see Debian's packages
[ -x "$python" ] || die "not installed: apt-get install python3"
bin=/usr/bin

use_prefix() {
  local m; m=$(dpkg --print-architecture | sed 's/amd64/x86_64/; s/arm64/aarch64/')-linux-gnu
  bin=$prefix/usr/bin
  export LD_LIBRARY_PATH="$prefix/usr/lib/$m:$prefix/lib/$m${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
  export PYTHONPATH="$prefix/usr/lib/python3/dist-packages"
}
# The servers' own entry points and all that they import, not just their files.
have() {
  local s
  for s in "${servers[@]}"; do [ -x "$bin/swift-$s-server" ] || return 1; done
  "$python" -c 'import swift.proxy.server, swift.account.server, swift.container.server, swift.obj.server, swift.common.middleware.s3api.s3api
import pkg_resources; pkg_resources.require("swift")' > /dev/null 2>&1
}
unpack() { # what is not installed is downloaded and unpacked beside PREFIX, which takes its place when it is complete
  local pk
  mapfile -t pk < <(apt-get -s -o Debug::NoLocking=1 install --no-install-recommends "${packages[@]}" 2> /dev/null | sed -n 's/^Inst \([^ ]*\).*/\1/p')
  [ ${#pk[@]} != 0 ] || return 1
  log "unpacking ${#pk[@]} packages under $prefix"
  rm -rf "$prefix.new"
  mkdir -p "$prefix.new/debs"
  (cd "$prefix.new/debs" && apt-get download -q "${pk[@]}" >&2 && for d in *.deb; do dpkg -x "$d" "$prefix.new" || exit; done) || return
  rm -rf "$prefix.new/debs" "$prefix"
  mv "$prefix.new" "$prefix"
}
if ! have; then
  use_prefix
  if ! have; then
    [ -z "${SWIFT_NO_INSTALL:-}" ] || die "not installed, and $prefix does not have it"
    if ! unpack; then # package lists that are missing or out of date; a folder of one's own for new ones needs no root and no lock
      lists=$prefix.lists
      rm -rf "$lists"
      mkdir -p "$lists/lists/partial" "$lists/archives/partial"
      {
        [ ! -r "${APT_CONFIG:-}" ] || cat "$APT_CONFIG"
        printf 'Dir::State::Lists "%s/lists";\nDir::Cache "%s";\nDebug::NoLocking "1";\n' "$lists" "$lists"
      } > "$lists/apt.conf"
      export APT_CONFIG=$lists/apt.conf
      { apt-get update -qq >&2 && unpack; } || { rm -rf "$lists" "$prefix.new"; die "the packages could not be downloaded"; }
      rm -rf "$lists"
    fi
    have || die "the packages under $prefix do not work: $("$python" -c 'import swift.proxy.server' 2>&1 | tail -n 1)"
  fi
fi

dir=${1:-$(mktemp -d "${TMPDIR:-/tmp}/swift.XXXXXX")}
mkdir -p "$dir"; dir=$(cd "$dir" && pwd)

alive() { [ -s "$dir/$1.pid" ] && kill -0 "$(cat "$dir/$1.pid")" 2>/dev/null && tr '\0' ' ' < "/proc/$(cat "$dir/$1.pid")/cmdline" 2>/dev/null | grep -qF -- "$dir/$1.conf"; }
all_alive() { local s; for s in "${servers[@]}"; do alive "$s" || return 1; done; }
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /healthcheck HTTP/1.0\r\n\r\n' >&3 && read -r -t 5 l <&3 && [[ $l == HTTP/1.*\ 200* ]]) 2>/dev/null; }

if [ -e "$dir/ready" ] && all_alive && answers "$port"; then
  log "already running"; cat "$dir/ready"; exit 0
fi
if [ -e "$dir/swift.conf" ]; then  # left by a crash or a reboot: start afresh
  "$(dirname "$(readlink -f "$0")")/swift-down.sh" "$dir" --keep
  rm -rf "$dir"/{log,ready,launch.py,memory.py} "$dir"/*.conf "$dir"/*.ring.gz "$dir"/*.pid
fi
for p in "$port" "$object_port" "$container_port" "$account_port"; do
  if (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null; then die "port $p is taken"; fi
done

mkdir -p "$dir/log"
holds_xattrs() {
  mkdir -p "$1" && "$python" - "$1" <<'PY' 2> /dev/null
import os, sys
f = os.path.join(sys.argv[1], 'xattr-test')
open(f, 'w').close()
try: os.setxattr(f, 'user.swift.metadata', b'x' * 3000)
finally: os.unlink(f)
PY
}
disks=$dir/disks
if ! holds_xattrs "$disks"; then
  mkdir -p "$cache" && disks=$(mktemp -d "$cache/swift-disks.XXXXXX")
  holds_xattrs "$disks" || { rm -rf "$disks"; die "neither $dir nor $cache can hold user xattrs: ext4, xfs and btrfs do"; }
fi
echo "$disks" > "$dir/disks.path" # for swift-down.sh
mkdir -p "$disks/d1"

t0=$(date +%s%N)
lap() { log "$(( ($(date +%s%N) - t0) / 1000000 )) ms: $*"; }
unique=$(cat /proc/sys/kernel/random/uuid)

cat > "$dir/swift.conf" <<CONF
[swift-hash]
swift_hash_path_prefix = $unique
swift_hash_path_suffix = $unique
[storage-policy:0]
name = Policy-0
default = yes
CONF

# Swift's own scripts read /etc/swift/swift.conf; this one reads that of DIR, and goes on as they do
cat > "$dir/launch.py" <<'PY'
import os, runpy, sys
import swift.common.utils as utils
utils.SWIFT_CONF_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'swift.conf')
from swift.common import constraints, storage_policy
constraints.reload_constraints()
storage_policy.reload_storage_policies()
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name='__main__')
PY
# tempauth insists on a cache, and memcached is not needed for one: there is a single proxy, and what it changes it drops from its cache
cat > "$dir/memory.py" <<'PY'
import time
class Memory:
    def __init__(self): self.kept = {}
    def get(self, key, *_, **__):
        value, until = self.kept.get(key, (None, 0))
        return value if until > time.time() else None
    def get_multi(self, keys, *_, **__): return [self.get(key) for key in keys]
    def set(self, key, value, *_, **options): self.kept[key] = (value, time.time() + (options.get('time') or 60))
    def set_multi(self, values, *_, **options):
        for key, value in values.items(): self.set(key, value, **options)
    def delete(self, key, *_, **__): self.kept.pop(key, None)
    def incr(self, key, delta=1, *_, **options):
        value = max((self.get(key) or 0) + int(delta), 0)
        self.set(key, value, **options)
        return value
    def decr(self, key, delta=1, *_, **options): return self.incr(key, -int(delta), **options)

def factory(global_conf, **_):
    def filter(app):
        def call(env, start_response):
            env['swift.cache'] = memory
            return app(env, start_response)
        return call
    return filter
memory = Memory()
PY

common="swift_dir = $dir
bind_ip = 127.0.0.1
user = $(id -un)
workers = 0
log_level = $level
log_address = $dir/no-syslog
log_udp_host =
max_clients = 256"
for s in account container object; do
  declare -n its_port=${s}_port
  cat > "$dir/$s.conf" <<CONF
[DEFAULT]
$common
bind_port = $its_port
devices = $disks
mount_check = false
disable_fallocate = true
fallocate_reserve = 0
[pipeline:main]
pipeline = healthcheck $s-server
[filter:healthcheck]
use = egg:swift#healthcheck
[app:$s-server]
use = egg:swift#$s
allow_versions = true
CONF
done
cat > "$dir/proxy.conf" <<CONF
[DEFAULT]
$common
bind_port = $port
cors_allow_origin = $cors
cors_expose_headers = etag, x-amz-request-id
strict_cors_mode = false
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck proxy-logging cache listing_formats s3api tempauth copy slo dlo versioned_writes symlink proxy-logging proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = false
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
paste.filter_factory = memory:factory
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:s3api]
use = egg:swift#s3api
location = $region
storage_domain = $dns_name
max_upload_part_num = 10000
cors_preflight_allow_origin = $cors
[filter:tempauth]
use = egg:swift#tempauth
user_${access%%:*}_${access#*:} = $secret .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
max_manifest_segments = 10000
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
[filter:symlink]
use = egg:swift#symlink
CONF

# --- rings: 16 partitions, one replica; by one process rather than nine calls of swift-ring-builder
"$python" - "$dir" "account=$account_port" "container=$container_port" "object=$object_port" <<'PY'
import os, sys
from swift.common.ring import RingBuilder
for name, port in (a.split('=') for a in sys.argv[2:]):
    ring = RingBuilder(4, 1, 0)
    ring.add_dev({'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(port), 'replication_ip': '127.0.0.1', 'replication_port': int(port),
                  'device': 'd1', 'weight': 1.0, 'meta': ''})
    ring.rebalance(seed=1)
    ring.get_ring().save(os.path.join(sys.argv[1], name + '.ring.gz'))
PY
lap "rings made"

# --- servers
for s in "${servers[@]}"; do
  setsid "$python" "$dir/launch.py" "$bin/swift-$s-server" "$dir/$s.conf" -v </dev/null >"$dir/log/$s.log" 2>&1 &
  echo $! > "$dir/$s.pid"
done
lap "servers started"
deadline=$((SECONDS + timeout_s))
until answers "$account_port" && answers "$container_port" && answers "$object_port" && answers "$port"; do
  all_alive || { sleep 0.3; all_alive; } || { tail -n 5 "$dir/log"/*.log >&2; die "a server ended (see $dir/log)"; }
  ((SECONDS < deadline)) || die "no answer within $timeout_s s (see $dir/log)"
  sleep 0.1
done
lap "ready"
cat > "$dir/ready" <<OUT
S3_ENDPOINT=http://127.0.0.1:$port
S3_VHOST_SUFFIX=$dns_name:$port
S3_REGION=$region
S3_ACCESS_KEY=$access
S3_SECRET_KEY=$secret
SWIFT_DATA=$dir
OUT
cat "$dir/ready"
