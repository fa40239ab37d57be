#!/bin/sh
# Everything that proves Ratssaal, in one command: tests/run.sh
#
# Installs what the tests need on Debian 12 (as root), checks form and lints, runs every test on SQLite and on a
# throw-away PostgreSQL 15, in headless Chromium and with a real mail server, then the demonstration and three forgeries
# of what it left. What is missing on a machine without root is skipped loudly; with CI=true it is an error.
#
# Real input that is no part of the project lies beside the checkout, in ../shared, or where RATSSAAL_TEST_SHARED says (the
# folder that holds data/). Without it the tests that read it say so; with CI=true that is an error as well.
set -eu
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

need() { # command package…
    command -v "$1" >/dev/null 2>&1 && return 0
    shift
    missing="${missing:-} $*"
}

say "What the tests need"
missing=
need cc build-essential
need c++ build-essential
need chromium chromium
need chromedriver chromium-driver
need npm nodejs npm
need strace strace
need pdftotext poppler-utils
need qpdf qpdf
need openssl openssl
need python3 python3-venv
[ -x /usr/lib/postgresql/15/bin/initdb ] || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql-15"
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        apt-get update -q
        # shellcheck disable=SC2086 # a list of packages
        DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing
    else
        echo "SKIPPED what needs:$missing"
        [ "${CI:-}" != true ] || exit 1
    fi
fi

cache="${XDG_CACHE_HOME:-$HOME/.cache}/ratssaal-tests"
mkdir -p "$cache"
if [ ! -x "$cache/mail/bin/python" ]; then
    python3 -m venv "$cache/mail" || { apt-get install -qy python3-venv && python3 -m venv "$cache/mail"; }
fi
"$cache/mail/bin/python" -c 'import aiosmtpd, icalendar' 2>/dev/null ||
    "$cache/mail/bin/pip" install -q aiosmtpd==1.4.6 icalendar==7.3.0
RATSSAAL_TEST_AIOSMTPD="$cache/mail/bin/python"
export RATSSAAL_TEST_AIOSMTPD
# A second opinion on the seal: another implementation of PAdES.
[ -x "$cache/seal/bin/python" ] || python3 -m venv "$cache/seal"
"$cache/seal/bin/python" -c 'import pyhanko.cli' 2>/dev/null ||
    "$cache/seal/bin/pip" install -q pyHanko==0.38.0 pyhanko-cli==0.6.0
RATSSAAL_TEST_PYHANKO="$cache/seal/bin/pyhanko"
export RATSSAAL_TEST_PYHANKO
[ -d node_modules/axe-core ] || npm ci --silent --no-audit --no-fund

say "Form and lints"
cargo fmt --check
cargo clippy --release --quiet -- -D warnings
cargo clippy --release --quiet --all-targets -- -D warnings -A clippy::pedantic

say "Tests"
RUSTC_WORKSPACE_WRAPPER="$PWD/tests/rustc.sh" tests/postgres.sh cargo test --release --no-fail-fast

# The program the tests have just tried; building it once more without what only tests need would take minutes.
program="${CARGO_TARGET_DIR:-$PWD/target}/release/ratssaal"

say "The law"
"$program" law check
"$program" law test legal/cases

say "The demonstration, and three forgeries of what it left"
out="$PWD/target/demo-out"
rm -rf "$out"
"$program" demo --play --out "$out"
forge() { # name, sed expression on the bundle
    mkdir -p "$out/$1"
    sed "$2" "$out/beweis.jsonl" >"$out/$1/beweis.jsonl"
    if cmp -s "$out/beweis.jsonl" "$out/$1/beweis.jsonl"; then echo "the forgery $1 changed nothing"; exit 1; fi
    if "$program" verify "$out/$1" >"$out/$1/report.txt"; then
        echo "the forgery $1 was accepted"
        exit 1
    fi
    echo "refused: $1: $(grep -m1 'FALSCH' "$out/$1/report.txt")"
}
forge ein-buchstabe '40s/a/b/'
forge ein-eintrag-weniger '41d'
forge ein-anderes-ergebnis 's/\\"yes\\":8/\\"yes\\":9/'

say "All of it passed."
