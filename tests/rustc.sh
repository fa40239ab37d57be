#!/bin/sh
# Stands between cargo and the compiler (RUSTC_WORKSPACE_WRAPPER): what only drives a test is compiled without optimisation,
# in an eighth of the time. The program under test stays as it runs, and so does the simulation, whose own code is the load.
set -eu
case " $* " in
    *" --crate-name simulation "*) ;;
    *" --test "*) set -- "$@" -C opt-level=0 ;;
esac
exec "$@"
