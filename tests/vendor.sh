#!/bin/sh
# Vendors the design system KERN and the PDF viewer pdf.js: `tests/vendor.sh` copies it from node_modules, `tests/vendor.sh --check` only compares
# what is committed with its list of digests. Versions and digests are pinned in package-lock.json and here.
set -eu
cd "$(dirname "$0")/.."
target=static/vendor/kern-2.7.2
pdfjs=static/vendor/pdfjs-6.5.438

check() {
    for folder in "$target" "$pdfjs"; do (cd "$folder" && sha256sum --quiet --strict --check SHA256SUMS); done
}
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
# pdf.js as built for older browsers too: a council's tablets are not new. Images in JPEG 2000 and JBIG2 are decoded by
# plain scripts, so that the policy needs no exception for WebAssembly. Named .js, which every server sends as a script.
# Not among the packages of package.json: it would bring a drawing library for every platform that nobody here needs.
fetched=$(mktemp -d)
trap 'rm -rf "$fetched"' EXIT
(cd "$fetched" && npm pack --silent pdfjs-dist@6.5.438 >/dev/null &&
    echo "7461aefcd27c4ef0dd76f9ca5760f09466eb6b3f934432670c12132e7b3d6faa  pdfjs-dist-6.5.438.tgz" | sha256sum --quiet --check &&
    tar xzf pdfjs-dist-6.5.438.tgz)
dist=$fetched/package
rm -rf "$pdfjs"
mkdir -p "$pdfjs"
cp "$dist/legacy/build/pdf.min.mjs" "$pdfjs/pdf.min.js"
cp "$dist/legacy/build/pdf.worker.min.mjs" "$pdfjs/pdf.worker.min.js"
cp "$dist/wasm/jbig2_nowasm_fallback.js" "$dist/wasm/openjpeg_nowasm_fallback.js" "$pdfjs/"
cp "$dist/LICENSE" "$pdfjs/LICENSE"
cat "$dist"/wasm/LICENSE_JBIG2 "$dist"/wasm/LICENSE_OPENJPEG "$dist"/wasm/LICENSE_PDFJS_* > "$pdfjs/LICENSE_DECODERS"
chmod 644 "$pdfjs"/*
(cd "$pdfjs" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
# The content security policy allows pictures from data: and nothing from other hosts.
if grep -Eo 'url\("?(https?:)?//[^)]*' "$target"/*.css; then echo "KERN points to another host" >&2; exit 1; fi
check
