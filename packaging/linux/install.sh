#!/bin/sh
# Installs neocapgui for this user alone: ./install.sh [PREFIX], otherwise into ~/.local.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:-"$HOME/.local"}
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
prefix=$(cd "$prefix" && pwd)
rm -rf "$prefix/lib/neocapgui"
cp -a "$here/program" "$prefix/lib/neocapgui"
cp "$here/uninstall.sh" "$prefix/lib/neocapgui/uninstall.sh"
ln -sf ../lib/neocapgui/neocapgui "$prefix/bin/neocapgui"
(cd "$here/share" && find . -type f) >"$prefix/lib/neocapgui/shared-files"
cp -a "$here/share/." "$prefix/share/"
# The folder may have any name: what means something in the pattern, or in the entry, stands behind a backslash.
program=$(printf '%s' "$prefix/bin/neocapgui" | sed 's/[\\"$`]/\\\\&/g; s/%/%%/g; s/[\\&|]/\\&/g')
sed -i "s|^Exec=neocapgui|Exec=\"$program\"|" "$prefix/share/applications/neocapgui.desktop"
if command -v update-mime-database >/dev/null 2>&1; then update-mime-database "$prefix/share/mime" || true; fi
if command -v update-desktop-database >/dev/null 2>&1; then
    update-desktop-database -q "$prefix/share/applications" || true
fi
echo "neocapgui is installed: $prefix/bin/neocapgui. To remove it: $prefix/lib/neocapgui/uninstall.sh"
