#!/bin/bash
# lab.sh - N real Docker Engines joined into one real Swarm on ONE Linux machine: no registry, no virtual machine.
# Needs root and the packages docker.io (with the docker CLI), iptables, iproute2, busybox-static.
#
#   lab.sh up [N=3] [M=1]    start N engines, a swarm with the first M as managers, images lab/web:1|2 everywhere; idempotent
#   lab.sh down              kill every node, remove processes, netns, bridge, cgroups, mounts and files
#   lab.sh status            one line per node, and `docker node ls`
#   lab.sh kill nodeX        SIGKILL the node's whole process tree (power cut)
#   lab.sh stop nodeX        SIGTERM dockerd (clean shutdown)
#   lab.sh start nodeX       boot it again with the same data
#   lab.sh freeze nodeX      SIGSTOP dockerd: the socket accepts and never answers      thaw nodeX      SIGCONT
#   lab.sh partition nodeX   cut the node's cable; its unix socket still answers         heal nodeX      plug it in again
#   lab.sh exec nodeX CMD…   run CMD inside the node's net, mount, uts and pid namespaces
#   lab.sh docker nodeX …    the docker CLI on that node
#   lab.sh load FILE.tar     load an image on all nodes
#
# Environment (only LAB_DIR is needed once a lab is up, the rest is kept in $LAB_DIR/lab.env):
#   LAB_DIR=/tmp/shoal-lab-manual   everything of this lab: sockets ($LAB_DIR/nodeN/docker.sock), data, logs
#   LAB_NET=10.97.0                 /24 of the lab; nodeN is <LAB_NET>.N, the machine itself <LAB_NET>.254
#   LAB_BR=shlab                    bridge name, at most 11 characters; netns and cgroups are named lab-<LAB_BR>-<node>
#   LAB_NAME=node                   node names are <LAB_NAME>1, <LAB_NAME>2, …
#   LAB_TCP=1                       engines also listen on tcp://<LAB_NET>.N:2375 (reachable on the lab bridge only)
#   LAB_ENGINE_ROOT=/path           a root file system with another dockerd, used by the nodes in LAB_ENGINE_NODES="node3 node4"
#                                   (all nodes when LAB_ENGINE_NODES is unset)
#
# The one setting of the machine that is changed and not put back: net.bridge.bridge-nf-call-iptables=0, because
# another lab may need it still.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_DIR=${LAB_DIR:-/tmp/shoal-lab-manual}
# shellcheck disable=SC1091
if [ -f "$LAB_DIR/lab.env" ]; then . "$LAB_DIR/lab.env"; fi
NET=${LAB_NET:-10.97.0}
BR=${LAB_BR:-shlab}
NAME=${LAB_NAME:-node}
TCP=${LAB_TCP:-0}
ENGINE_ROOT=${LAB_ENGINE_ROOT:-}
ENGINE_NODES=${LAB_ENGINE_NODES:-}
PATH=$PATH:/usr/sbin:/sbin # where iptables and ip live, also for a root shell made by su
export DOCKER_CONFIG="$LAB_DIR/cli" # a CLI without the user's credentials, contexts and plugins
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_TLS_VERIFY

say() { echo "lab: $*" >&2; }
die() { say "$*"; exit 1; }

node_index() { echo "${1#"$NAME"}"; }
node_dir() { echo "$LAB_DIR/$1"; }
node_ns() { echo "lab-$BR-$1"; } # name of the node's netns, and of its parent cgroup
dk() { local n=$1; shift; docker -H "unix://$(node_dir "$n")/docker.sock" "$@"; }
nodes() {
  [ -d "$LAB_DIR" ] || return 0
  find "$LAB_DIR" -mindepth 1 -maxdepth 1 -type d -name "$NAME[0-9]*" -printf '%f\n' | sort -V
}
known() { [ -d "$(node_dir "${1:-}")" ] && [ -n "${1:-}" ] || die "no node '${1:-}' here; there are: $(nodes | tr '\n' ' ')"; }

# retry TIMES SECONDS COMMAND… - until it succeeds; 1 when it never did
retry() {
  local times=$1 pause=$2 i; shift 2
  for ((i = 0; i < times; i++)); do "$@" && return 0; sleep "$pause"; done
  return 1
}

# shellcheck source=node.sh
. "$HERE/node.sh"
# shellcheck source=image.sh
. "$HERE/image.sh"
# shellcheck source=swarm.sh
. "$HERE/swarm.sh"

command=${1:-help}; shift || true
case "$command" in
  up) swarm_up "${1:-3}" "${2:-1}" ;;
  down) swarm_down ;;
  status) swarm_status ;;
  kill) known "${1:-}"; node_kill "$1" ;;
  stop) known "${1:-}"; node_stop "$1" ;;
  start) known "${1:-}"; node_boot "$1"; node_wait "$1" ;;
  freeze) known "${1:-}"; node_signal_engine "$1" STOP ;;
  thaw) known "${1:-}"; node_signal_engine "$1" CONT ;;
  partition) known "${1:-}"; ip link set "$BR-$(node_index "$1")" down ;;
  heal) known "${1:-}"; ip link set "$BR-$(node_index "$1")" up ;;
  exec) known "${1:-}"; node_exec "$@" ;;
  docker) known "${1:-}"; dk "$@" ;;
  load) for n in $(nodes); do dk "$n" load -q -i "${1:?file.tar}"; done ;;
  *) sed -n '2,25s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
