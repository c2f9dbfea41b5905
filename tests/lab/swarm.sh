# swarm.sh - all nodes together: up, down, status. Sourced by lab.sh.
# shellcheck shell=bash

swarm_check() {
  local tool missing=()
  [ "$(id -u)" = 0 ] || die "must be root: the lab makes network namespaces and runs Docker Engines"
  for tool in dockerd containerd docker ip nsenter unshare iptables busybox; do
    command -v $tool >/dev/null || missing+=("$tool")
  done
  [ ${#missing[@]} = 0 ] || die "missing: ${missing[*]} (apt-get install docker.io iptables iproute2 busybox-static)"
  if [ "$2" -lt 1 ] || [ "$2" -gt "$1" ] || [ "$1" -gt 250 ]; then die "need 1 <= managers <= nodes <= 250, not $2 of $1"; fi
  [ ${#BR} -le 11 ] || die "LAB_BR '$BR' is longer than 11 characters"
}

swarm_bridge() {
  if ! ip link show "$BR" >/dev/null 2>&1; then
    ip link add "$BR" type bridge
    ip addr add "$NET.254/24" dev "$BR"
  fi
  ip link set "$BR" up
  # With br_netfilter on, frames between the nodes would have to pass this machine's iptables and die there.
  if [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ]; then echo 0 >/proc/sys/net/bridge/bridge-nf-call-iptables; fi
}

# parallel FUNCTION NODE… - waits for its own children only: a bare `wait` would wait for the engines too
parallel() {
  local task=$1 n pid pids=() failed=0; shift
  for n in "$@"; do "$task" "$n" & pids+=($!); done
  for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
  return $failed
}

swarm_state() { dk "$1" info --format '{{.Swarm.LocalNodeState}}' 2>/dev/null; }
swarm_has_leader() { dk "${NAME}1" node ls >/dev/null 2>&1; }
swarm_ready() { [ "$(dk "${NAME}1" node ls --format '{{.Status}}' 2>/dev/null | grep -c Ready)" -ge "$1" ]; }

# join NODE ROLE
swarm_join() {
  local n=$1 token
  [ "$(swarm_state "$n")" = inactive ] || return 0
  token=$(dk "${NAME}1" swarm join-token -q "$2")
  dk "$n" swarm join --token "$token" --advertise-addr "$NET.$(node_index "$n")" "$NET.1:2377" >/dev/null
}
swarm_join_worker() { swarm_join "$1" worker; }

swarm_up() {
  local count=$1 managers=$2 all=() workers=() i started=$SECONDS
  swarm_check "$count" "$managers"
  mkdir -p "$LAB_DIR"
  printf 'LAB_NET=%q\nLAB_BR=%q\nLAB_NAME=%q\nLAB_TCP=%q\nLAB_ENGINE_ROOT=%q\nLAB_ENGINE_NODES=%q\n' \
    "$NET" "$BR" "$NAME" "$TCP" "$ENGINE_ROOT" "$ENGINE_NODES" >"$LAB_DIR/lab.env"
  swarm_bridge
  for ((i = 1; i <= count; i++)); do
    all+=("$NAME$i")
    if ((i > managers)); then workers+=("$NAME$i"); fi
    node_boot "$NAME$i"
  done
  parallel node_wait "${all[@]}"
  image_make "${NAME}1"
  parallel image_load "${all[@]}"
  if [ "$(swarm_state "${NAME}1")" = inactive ]; then dk "${NAME}1" swarm init --advertise-addr "$NET.1" >/dev/null; fi
  retry 300 0.1 swarm_has_leader || die "the swarm has no leader; see $(node_dir "${NAME}1")/log"
  for ((i = 2; i <= managers; i++)); do swarm_join "$NAME$i" manager; done # one by one: each join changes the quorum
  if [ ${#workers[@]} -gt 0 ]; then parallel swarm_join_worker "${workers[@]}"; fi
  retry 600 0.1 swarm_ready "$count" || die "not all nodes became ready: $(dk "${NAME}1" node ls)"
  say "$count nodes, $managers managers, $((SECONDS - started)) s"
}

# SIGKILL and not a clean stop: everything is thrown away anyway, and a frozen engine would not react to TERM.
swarm_down() {
  local n
  for n in $(nodes); do if node_init_pid "$n" >/dev/null; then node_kill "$n"; fi; done
  for n in $(nodes); do node_unplug "$n"; done
  remove link "$BR"
  retry 20 0.2 remove_files || die "could not remove $LAB_DIR"
}
remove_files() { rm -rf "$LAB_DIR" 2>/dev/null; [ ! -e "$LAB_DIR" ]; }

swarm_status() {
  local n pid
  for n in $(nodes); do
    if pid=$(node_init_pid "$n"); then echo "$n up, init $pid, $(node_pids "$n" | wc -l) processes"; else echo "$n off"; fi
  done
  for n in $(nodes); do dk "$n" node ls 2>/dev/null && break; done
}
