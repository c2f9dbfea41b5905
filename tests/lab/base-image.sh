#!/bin/bash
# base-image.sh OUT.tar - a stand-in for the image node:24-trixie-slim, made without any image registry, as a root file
# system for `docker import`: Debian trixie from the place where this machine's apt gets its packages, this project's Node,
# the user node, and the packages docker-cli and docker-compose, so that the suite has a client of today whatever this machine has.
# Needs root, debootstrap, and apt sources that lead to Debian (not Ubuntu). NODE=/path/to/node is the program to put in.
# Exit code 3: no apt source has Debian trixie (OUT is not made), anything else: see stderr.
set -euo pipefail

out=${1:?file to write}
suite=trixie
find /var/tmp -maxdepth 1 -name 'shoal-base-*' -mmin +600 -exec rm -rf --one-file-system {} + # of runs that were killed
work=$(mktemp -d /var/tmp/shoal-base-XXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT
PATH=$PATH:/usr/sbin:/sbin

# Prints the first apt source that offers Debian's suite.
debian_mirror() {
  local mirror
  while read -r mirror; do
    [[ $mirror == http* ]] || continue
    if /usr/lib/apt/apt-helper -o APT::Sandbox::User=root -o Acquire::Retries=1 -o Acquire::http::Timeout=10 \
      -o Acquire::https::Timeout=10 download-file "${mirror%/}/dists/$suite/InRelease" "$work/InRelease" >/dev/null 2>&1 &&
      grep -qx 'Origin: Debian' "$work/InRelease"; then
      echo "${mirror%/}"
      return 0
    fi
  done < <(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u)
  return 1
}

mirror=$(debian_mirror) || { echo "base-image: no apt source of this machine offers Debian $suite" >&2; exit 3; }
root=$work/root
# It is thrown away when the machine loses power: waiting for the disk after each file would double the time.
mkdir -p "$root/etc/dpkg/dpkg.cfg.d"
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
debootstrap --variant=minbase --include=ca-certificates,docker-cli,docker-compose "$suite" "$root" "$mirror" >"$work/log" 2>&1 || {
  tail -n 20 "$work/log" >&2
  exit 1
}
rm "$root/etc/dpkg/dpkg.cfg.d/unsafe-io" "$root/etc/apt/sources.list"
# What Debian's slim images leave out too; the copyright files stay.
find "$root/usr/share/doc" -mindepth 2 ! -name copyright ! -type d -delete
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/usr/share/{man,info,locale}/*

# As Docker's image: Node below /usr/local, the user node with uid 1000, and what Shoal's own image leaves out again.
install -m 755 "${NODE:?path of the program node}" "$root/usr/local/bin/node"
mkdir -p "$root/usr/local/lib/node_modules/npm/bin" "$root/opt/yarn-v1/bin"
echo 'throw new Error("the stand-in has no npm")' >"$root/usr/local/lib/node_modules/npm/bin/npm-cli.js"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s /opt/yarn-v1/bin/yarn "$root/usr/local/bin/yarn"
chroot "$root" groupadd --gid 1000 node
chroot "$root" useradd --uid 1000 --gid node --shell /bin/bash --create-home node

tar -C "$root" --numeric-owner -cf "$work/root.tar" .
mv "$work/root.tar" "$out"
