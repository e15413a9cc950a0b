#!/usr/bin/env bash
# Stops what swift-up.sh started, by pidfile, and removes the data.
#   swift-down.sh DIR [--keep]
set -euo pipefail
dir=${1:?usage: swift-down.sh DIR [--keep]}
[ -d "$dir" ] || { echo "swift-down: no Swift in $dir" >&2; exit 0; }
dir=$(cd "$dir" && pwd)
pids=()
for s in proxy object container account; do
  [ -s "$dir/$s.pid" ] || continue
  p=$(cat "$dir/$s.pid")
  # only a process that was started with this very directory
  if kill -0 "$p" 2>/dev/null && tr '\0' ' ' < "/proc/$p/cmdline" | grep -qF -- "$dir/$s.conf"; then
    kill "$p"; pids+=("$p")
  fi
done
for _ in $(seq 50); do
  left=0; for p in "${pids[@]}"; do ! kill -0 "$p" 2>/dev/null || left=1; done
  [ $left = 1 ] || break; sleep 0.1
done
for p in "${pids[@]}"; do ! kill -0 "$p" 2>/dev/null || kill -9 "$p"; done
# what swift-up.sh made for the objects, wherever that is
disks=$(cat "$dir/disks.path" 2>/dev/null || true)
case $disks in "$dir/disks" | */swift-disks.??????) rm -rf "$disks" ;; esac
[ "${2:-}" = --keep ] || rm -rf "$dir"
echo "swift-down: stopped ${#pids[@]} processes" >&2
