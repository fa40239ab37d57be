#!/bin/sh
# Runs a command with a throw-away PostgreSQL: tests/postgres.sh cargo test --release --test store
# The server listens on a unix socket in a temporary directory only, runs as a user who is not root, and is stopped by
# its process id when the command ends. RATSSAAL_TEST_POSTGRES holds its URL.
set -eu

[ $# -gt 0 ] || { echo "usage: $0 COMMAND…" >&2; exit 2; }

bin=
for candidate in /usr/lib/postgresql/15/bin "$(dirname "$(command -v initdb || echo /nowhere/initdb)")"; do
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ]; then bin=$candidate; break; fi
done
[ -n "$bin" ] || { echo "PostgreSQL not found (Debian: apt-get install postgresql-15)" >&2; exit 2; }

dir=$(mktemp -d "${TMPDIR:-/tmp}/ratssaal-pg.XXXXXX")
as_owner=
if [ "$(id -u)" = 0 ]; then
    owner=nobody
    if id postgres >/dev/null 2>&1; then owner=postgres; fi
    chown "$owner" "$dir"
    as_owner="setpriv --reuid=$owner --regid=$(id -g "$owner") --clear-groups"
fi

server=
finish() {
    if [ -n "$server" ]; then
        kill -QUIT "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

cd "$dir"
$as_owner "$bin/initdb" -D "$dir/data" -U ratssaal --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$dir/initdb.log" 2>&1 ||
    { cat "$dir/initdb.log" >&2; exit 1; }
cd "$OLDPWD"
# Not through a function: its shell would be the process that $! names.
$as_owner "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses='' -c max_connections=200 >"$dir/server.log" 2>&1 &
server=$!

tries=0
until "$bin/pg_isready" -q -h "$dir" -U ratssaal; do
    tries=$((tries + 1))
    if [ "$tries" -gt 150 ] || ! kill -0 "$server" 2>/dev/null; then cat "$dir/server.log" >&2; exit 1; fi
    sleep 0.2
done

RATSSAAL_TEST_POSTGRES="postgres://ratssaal@localhost/postgres?host=$dir"
export RATSSAAL_TEST_POSTGRES
"$@"
