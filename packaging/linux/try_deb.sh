#!/usr/bin/env bash
# Installs a .deb, opens a scenario with it as the desktop does, and removes it: nothing may be left. Needs root.
set -Eeuo pipefail
package=$(realpath "$1")
as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

DEBIAN_FRONTEND=noninteractive as_root apt-get -qq install --yes --no-install-recommends "$package" >/dev/null
[[ $(command -v neocapgui) == /usr/bin/neocapgui ]]
neocapgui sample neotherapeutics-as-filed "$folder/neo.db"
neocapgui report "$folder/neo.db" --as-of 2001-09-19 | grep -q NeoTherapeutics
launch=$(sed -n 's/^Exec=//p' /usr/share/applications/neocapgui.desktop)
export HOME=$folder
xvfb-run --auto-servernum --server-args="-screen 0 1440x900x24" bash -c '
    ${1/\%F/"$2"} & program=$!
    for _ in $(seq 100); do
        if xdotool search --onlyvisible --name "neo\.db" >/dev/null 2>&1; then kill "$program"; exit 0; fi
        sleep 0.3
    done
    kill "$program"
    echo "No window showed the scenario." >&2
    exit 1
' _ "$launch" "$folder/neo.db"
mapfile -t installed < <(dpkg --listfiles neocapgui)
as_root dpkg --purge neocapgui >/dev/null
for path in /usr/lib/neocapgui "${installed[@]}"; do
    if [[ -f $path || -L $path || $path == */neocapgui && -e $path ]]; then
        echo "$path was left behind." >&2
        exit 1
    fi
done
[[ -f $folder/neo.db ]]
echo "The package was installed, opened a scenario, and was removed; the scenario stayed."
