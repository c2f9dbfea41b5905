#!/bin/bash
# The init of one lab node: PID 1 of its own pid, mount and uts namespace, started by node.sh (never by hand).
# It prepares the namespaces, runs dockerd, reaps re-parented containerd-shims and passes TERM on.
# Arguments: MARKER NODEDIR NAME IP TCP ENGINE_ROOT CGROUP. MARKER only identifies the process in /proc.
dir=$2 name=$3 ip=$4 tcp=$5 root=$6 cgroup=$7
hostname "$name"

if [ -n "$root" ]; then
  # Another engine from another root: give it this machine's /sys and /dev, the node's directory, and make it /.
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount --rbind /sys "$root/sys"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/run"
  mount -t tmpfs tmpfs "$root/tmp"
  mkdir -p "$root$dir" "$root/run/old"
  mount --bind "$dir" "$root$dir"
  mount --bind "$dir/resolv.conf" "$root/etc/resolv.conf"
  cd "$root" && pivot_root . run/old && cd / && umount -l /run/old
else
  mount -t proc proc /proc
  mount -t tmpfs tmpfs /run # a fresh /run (pid file, exec root, shim sockets) like after a real boot
  mount --bind "$dir/resolv.conf" /etc/resolv.conf
fi
echo 0 > /proc/sys/net/bridge/bridge-nf-call-iptables

args=(--data-root "$dir/data" --exec-root /run/docker -p /run/docker.pid -H "unix://$dir/docker.sock"
  --cgroup-parent "/$cgroup" --exec-opt native.cgroupdriver=cgroupfs --shutdown-timeout 3
  --insecure-registry "${ip%.*}.0/24") # the registry of a test (registry.ts) speaks HTTP on the lab's network
if [ "$tcp" = 1 ]; then args+=(-H "tcp://$ip:2375" --tls=false); fi
dockerd "${args[@]}" & engine=$!
trap 'kill -TERM $engine' TERM INT
while kill -0 $engine; do wait $engine; done # bash as PID 1 also reaps orphans while it waits
