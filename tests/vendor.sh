#!/bin/sh
# Vendors the design system KERN: `tests/vendor.sh` copies it from node_modules, `tests/vendor.sh --check` only compares
# what is committed with its list of digests. Versions and their digests are pinned in package-lock.json.
set -eu
cd "$(dirname "$0")/.."
target=static/vendor/kern-2.7.2

check() { (cd "$target" && sha256sum --quiet --strict --check SHA256SUMS); }
if [ "${1:-}" = --check ]; then check; exit; fi

npm ci --ignore-scripts --no-audit --no-fund
kern=node_modules/@kern-ux/native
rm -rf "$target"
mkdir -p "$target/fonts"
cp "$kern/dist/kern.min.css" "$target/"
cp "$kern/LICENSE.md" "$target/LICENSE.md"
# The package says that Fira Sans is free but carries no text of its licence (OFL 1.1).
cp node_modules/@fontsource/fira-sans/LICENSE "$target/fonts/OFL-1.1.txt"
: > "$target/fonts.css"
for face in Regular:400 SemiBold:600 Bold:700; do
    name=${face%:*} weight=${face#*:}
    cp "$kern/dist/fonts/fira-sans/FiraSans-$name.woff2" "$target/fonts/"
    cat >> "$target/fonts.css" <<CSS
@font-face {
    font-family: "Fira Sans";
    src: url("fonts/FiraSans-$name.woff2") format("woff2");
    font-weight: $weight;
    font-style: normal;
    font-display: swap;
}
CSS
done
find "$target" -type f -exec chmod 644 {} +
(cd "$target" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
# The content security policy allows pictures from data: and nothing from other hosts.
if grep -Eo 'url\("?(https?:)?//[^)]*' "$target"/*.css; then echo "KERN points to another host" >&2; exit 1; fi
check
