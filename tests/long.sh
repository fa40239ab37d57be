#!/bin/sh
# What needs hours. Everything is seeded: RATSSAAL_SEED repeats the kills, and the simulation always begins at seed 0.
#   tests/long.sh            kills and seeds
#   SOAK_MINUTES=60 tests/long.sh   and whole meetings, one after the other, for an hour
# The letters go through exim with STARTTLS (root, Debian), and the benchmark of the evening is run.
# RATSSAAL_KILLS (200) kills of each kind, RATSSAAL_SEEDS (2000) simulated meetings. Exit 1 if anything failed.
set -u
cd "$(dirname "$0")/.."
RATSSAAL_KILLS=${RATSSAAL_KILLS:-200}
RATSSAAL_SEEDS=${RATSSAAL_SEEDS:-2000}
RATSSAAL_SEED=${RATSSAAL_SEED:-37}
export RATSSAAL_KILLS RATSSAAL_SEEDS RATSSAAL_SEED
logs=$(mktemp -d "${TMPDIR:-/tmp}/ratssaal-long.XXXXXX")
summary=$logs/summary
failed=0

step() {
    name=$1
    shift
    began=$(date +%s)
    if "$@" >"$logs/$name.log" 2>&1; then verdict=ok; else verdict=FAILED; failed=1; fi
    counts=$(grep -hoE '[0-9]+ kills,.*|[0-9]+ (seeds|meetings).*|test result: .*passed; [0-9]+ failed|^(ballot opened|visible to the last|60 votes).*' "$logs/$name.log" | tail -n 2 | tr '\n' ' ')
    printf '%-7s %-12s %5d s  %s\n' "$verdict" "$name" "$(($(date +%s) - began))" "$counts" | tee -a "$summary"
}

soak() {
    end=$(($(date +%s) + SOAK_MINUTES * 60))
    meetings=0
    while [ "$(date +%s)" -lt "$end" ]; do
        ./target/release/ratssaal demo --play --out "$logs/soak" || return 1
        meetings=$((meetings + 1))
    done
    echo "$meetings meetings in $SOAK_MINUTES minutes"
}

# A mail server of the world, only for this run.
if [ ! -x /usr/sbin/exim4 ] && [ "$(id -u)" = 0 ]; then
    DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends exim4-daemon-light >"$logs/exim.log" 2>&1
fi
if [ -x /usr/sbin/exim4 ]; then
    RATSSAAL_TEST_EXIM=/usr/sbin/exim4
    export RATSSAAL_TEST_EXIM
else
    echo "SKIPPED: no exim4 (letters over STARTTLS)"
fi

cargo build --release --bins --tests || exit 1
step mail-server cargo test --release --test summons -- --nocapture a_mail_server_of_the_world
step times tests/bench.sh
step store-kills cargo test --release --test durability -- --nocapture what_was_acknowledged_survives_a_kill
step http-kills cargo test --release --test crash -- --nocapture what_was_acknowledged_over_http_survives_a_kill
step full-disk cargo test --release --test crash --test durability -- --nocapture a_full_disk
# One seed would play one meeting again; here all of them are played.
step simulation env -u RATSSAAL_SEED cargo test --release --test simulation -- --nocapture
if [ "${SOAK_MINUTES:-0}" -gt 0 ]; then step soak soak; fi

echo "commit $(git rev-parse --short HEAD), $RATSSAAL_KILLS kills, $RATSSAAL_SEEDS seeds, seed $RATSSAAL_SEED; logs in $logs"
cat "$summary"
exit "$failed"
