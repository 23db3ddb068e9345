#!/bin/sh
# Installs neocapgui for this user alone: ./install.sh [PREFIX], otherwise into ~/.local.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${1:-"$HOME/.local"}
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
rm -rf "$prefix/lib/neocapgui"
cp -a "$here/program" "$prefix/lib/neocapgui"
cp "$here/uninstall.sh" "$prefix/lib/neocapgui/uninstall.sh"
ln -sf ../lib/neocapgui/neocapgui "$prefix/bin/neocapgui"
(cd "$here/share" && find . -type f) >"$prefix/lib/neocapgui/shared-files"
cp -a "$here/share/." "$prefix/share/"
sed -i "s|^Exec=neocapgui|Exec=\"$prefix/bin/neocapgui\"|" "$prefix/share/applications/neocapgui.desktop"
for refresh in "update-mime-database $prefix/share/mime" "update-desktop-database -q $prefix/share/applications"; do
    if command -v "${refresh%% *}" >/dev/null 2>&1; then $refresh || true; fi
done
echo "neocapgui is installed: $prefix/bin/neocapgui. To remove it: $prefix/lib/neocapgui/uninstall.sh"
