#!/bin/sh
# The figures of the README: a ballot on sixty members' and a thousand spectators' screens, and the longest agenda.
set -eu
cd "$(dirname "$0")/.."
ulimit -n 8192
exec cargo bench --bench evening
