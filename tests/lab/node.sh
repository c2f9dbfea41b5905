# node.sh - the life of one node: boot, find, signal, kill. Sourced by lab.sh.
# shellcheck shell=bash

# The pid (as this machine sees it) of the node's PID-namespace init; 1 when the node is off.
node_init_pid() {
  local pid
  pid=$(cat "$(node_dir "$1")/init.pid" 2>/dev/null) || return 1
  [ -n "$pid" ] && is_init "$pid" "$1" && echo "$pid"
}
is_init() { tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline" | grep -qxF "lab-init $(node_dir "$2")"; }

# Pids of everything in the node's PID namespace.
node_pids() {
  local init space proc
  init=$(node_init_pid "$1") || return 0
  space=$(readlink "/proc/$init/ns/pid")
  for proc in /proc/[0-9]*; do
    if [ "$(readlink "$proc/ns/pid" 2>/dev/null)" = "$space" ]; then echo "${proc#/proc/}"; fi
  done
}

# The node's network: a netns with one cable (veth) into the lab's bridge.
node_plug() {
  local ns i; ns=$(node_ns "$1"); i=$(node_index "$1")
  [ -e "/run/netns/$ns" ] && return 0
  ip netns add "$ns"
  ip link add "$BR-$i" type veth peer name eth0 netns "$ns"
  ip link set "$BR-$i" master "$BR" up
  ip -n "$ns" addr add "$NET.$i/24" dev eth0
  ip -n "$ns" link set eth0 up
  ip -n "$ns" link set lo up
  ip -n "$ns" route add default via "$NET.254"
}

# The engine root the node was first booted with stays with it: its data belongs to that engine.
node_engine_root() {
  local file; file="$(node_dir "$1")/engine-root"
  if [ ! -f "$file" ]; then
    if [ -z "$ENGINE_NODES" ] || [[ " $ENGINE_NODES " == *" $1 "* ]]; then echo "$ENGINE_ROOT"; else echo; fi >"$file"
  fi
  cat "$file"
}

node_boot() {
  local n=$1 dir ns root launcher pid
  if node_init_pid "$n" >/dev/null; then return 0; fi
  dir=$(node_dir "$n"); ns=$(node_ns "$n")
  mkdir -p "$dir"
  # Name look-ups fail in milliseconds: without this every task start waits 20 s for a registry that is not there.
  echo "nameserver 127.0.0.1" >"$dir/resolv.conf"
  rm -f "$dir/docker.sock" "$dir/init.pid"
  node_plug "$n"
  root=$(node_engine_root "$n")
  # A copy of its own: bash reads a script while it runs it, so a running init must never see its file change.
  cp --remove-destination "$HERE/init.sh" "$dir/init.sh"
  # nsenter and not `ip netns exec`: that one remounts /sys and hides the cgroups.
  setsid nsenter --net="/run/netns/$ns" unshare --uts --mount --pid --fork --kill-child --propagation private \
    bash "$dir/init.sh" "lab-init $dir" "$dir" "$n" "$NET.$(node_index "$n")" "$TCP" "$root" "$ns" \
    </dev/null >>"$dir/log" 2>&1 &
  launcher=$!; disown
  retry 200 0.02 child_is_init "$launcher" "$n" || die "$n did not start; see $dir/log"
}
child_is_init() {
  local pid
  for pid in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
    if is_init "$pid" "$2"; then echo "$pid" >"$(node_dir "$2")/init.pid"; return 0; fi
  done
  return 1
}

node_answers() { [ -S "$(node_dir "$1")/docker.sock" ] && dk "$1" version --format '{{.Server.Version}}' >/dev/null 2>&1; }
node_wait() { retry 300 0.1 node_answers "$1" || die "$1 did not answer; see $(node_dir "$1")/log"; }
is_gone() { [ ! -d "/proc/$1" ]; }

node_kill() {
  local pid; pid=$(node_init_pid "$1") || die "$1 is not running"
  kill -KILL "$pid" # the kernel kills everything in the namespace with its init
  retry 200 0.05 is_gone "$pid" || die "$1 is still there after SIGKILL"
}
node_stop() {
  local pid; pid=$(node_init_pid "$1") || die "$1 is not running"
  kill -TERM "$pid"
  retry 300 0.1 is_gone "$pid" || die "$1 did not stop within 30 s"
}
node_signal_engine() {
  local pid found=0
  for pid in $(node_pids "$1"); do
    if [ "$(cat "/proc/$pid/comm" 2>/dev/null)" = dockerd ]; then kill "-$2" "$pid"; found=1; fi
  done
  [ $found = 1 ] || die "$1 has no running dockerd"
}
node_exec() {
  local pid n=$1; shift
  pid=$(node_init_pid "$n") || die "$n is not running"
  exec nsenter -t "$pid" -n -m -u -p -- "$@"
}

# Removes what the node holds outside its directory. The node must be dead.
node_unplug() {
  local ns; ns=$(node_ns "$1")
  # The cable first: with its namespace it would vanish by itself, some time later.
  remove link "$BR-$(node_index "$1")"
  remove netns "$ns"
  retry 50 0.1 remove_cgroups "$ns" || say "could not remove the cgroups of $1"
}
# remove link|netns NAME - one that is gone already, or goes by itself meanwhile, is no failure.
remove() {
  local said
  if exists "$1" "$2"; then said=$(ip "$1" del "$2" 2>&1) || ! exists "$1" "$2" || die "could not remove the $1 $2: $said"; fi
}
exists() { if [ "$1" = netns ]; then [ -e "/run/netns/$2" ]; else [ -e "/sys/class/net/$2" ]; fi; }
remove_cgroups() {
  find /sys/fs/cgroup -depth -type d \( -path "*/$1" -o -path "*/$1/*" \) -exec rmdir {} + 2>/dev/null || true
  [ -z "$(find /sys/fs/cgroup -type d -name "$1" -print -quit 2>/dev/null)" ]
}
