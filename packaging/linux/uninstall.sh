#!/bin/sh
# Removes what install.sh put there; scenarios, settings and versions of the user stay where they are.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=$(dirname "$(dirname "$here")")
if [ ! -f "$here/shared-files" ]; then
    echo "neocapgui is not installed in $prefix." >&2
    exit 1
fi
while read -r file; do rm -f "$prefix/share/$file"; done <"$here/shared-files"
rm -f "$prefix/bin/neocapgui"
rm -rf "$prefix/lib/neocapgui"
for refresh in "update-mime-database $prefix/share/mime" "update-desktop-database -q $prefix/share/applications"; do
    if command -v "${refresh%% *}" >/dev/null 2>&1; then $refresh || true; fi
done
echo "neocapgui is removed from $prefix; your scenarios and settings are untouched."
