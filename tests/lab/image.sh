# image.sh - the images lab/web:1 and lab/web:2, made of the static busybox without any registry. Sourced by lab.sh.
# Made once on the first node and loaded on the others, so that the image ID is the same everywhere.
# shellcheck shell=bash

image_make() {
  local n=$1 root="$LAB_DIR/rootfs" busybox applet version
  [ -s "$LAB_DIR/web.tar" ] && return 0
  busybox=$(command -v busybox) || die "busybox is missing: apt-get install busybox-static"
  rm -rf "$root"
  mkdir -p "$root"/{bin,etc,tmp,proc,dev,sys,www/cgi-bin}
  cp "$busybox" "$root/bin/busybox"
  for applet in $("$busybox" --list); do
    if [ "$applet" != busybox ]; then ln -s busybox "$root/bin/$applet"; fi
  done
  echo 'root:x:0:0:root:/:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  echo ok >"$root/www/healthz"
  install -m 755 "$HERE/image/app" "$root/bin/app"
  install -m 755 "$HERE/image/whoami" "$root/www/cgi-bin/whoami"
  for version in 1 2; do
    tar -C "$root" -c . | dk "$n" import -c 'CMD ["/bin/app"]' -c "ENV VERSION=$version" -c 'EXPOSE 8080' -c 'WORKDIR /' \
      -c 'HEALTHCHECK --interval=2s --timeout=2s --start-period=2s --retries=2 CMD wget -q -O /dev/null http://127.0.0.1:8080/healthz' \
      - "lab/web:$version" >/dev/null
  done
  dk "$n" save -o "$LAB_DIR/web.tar" lab/web:1 lab/web:2
  rm -rf "$root"
}

image_load() {
  dk "$1" image inspect lab/web:2 >/dev/null 2>&1 || dk "$1" load -q -i "$LAB_DIR/web.tar" >/dev/null
}
