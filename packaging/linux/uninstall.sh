#!/bin/sh
# Removes what install.sh put there; scenarios, settings and versions of the user stay where they are.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=$(dirname "$(dirname "$here")")
if [ ! -f "$here/shared-files" ]; then
    echo "neocapgui is not installed in $prefix." >&2
    exit 1
fi
cd "$prefix/share"
while read -r file; do
    rm -f "$file"
    rmdir -p "$(dirname "$file")" 2>/dev/null || true # folders that nobody else uses
done <"$here/shared-files"
rm -f "$prefix/bin/neocapgui"
rm -rf "$prefix/lib/neocapgui"
if command -v update-mime-database >/dev/null 2>&1 && [ -d mime ]; then
    mkdir -p mime/packages
    update-mime-database "$prefix/share/mime" || true
fi
if command -v update-desktop-database >/dev/null 2>&1 && [ -d applications ]; then
    update-desktop-database -q "$prefix/share/applications" || true
fi
echo "neocapgui is removed from $prefix; your scenarios and settings are untouched."
