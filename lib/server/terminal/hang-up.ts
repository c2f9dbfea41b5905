/**
 * Ends a console's process in its container, by a second process: the engine has no call for that, and closing the
 * connection ends nothing. The arguments are the console's id, and the session if it is known. All processes of the
 * session are told that the terminal is gone, and then killed: what has left the session (a daemon) stays, as
 * it does after a remote login. Prints the session. Needs a shell and nothing else; `sleep` may be missing.
 */
export const hangUpScript = `id=$1 sid=$2
if [ -z "$sid" ]; then
  for p in /proc/[0-9]*; do
    while IFS= read -r e || [ -n "$e" ]; do
      case $e in *"SHOAL_CONSOLE=$id"*)
        read -r s <$p/stat || continue
        s=\${s##*) }; set -- $s
        [ "$2" = 0 ] && [ "$4" = "\${p#/proc/}" ] && sid=$4 && break 2;;
      esac
    done 2>/dev/null <$p/environ
  done
fi
[ -z "$sid" ] && exit 3
echo "$sid"
for signal in HUP KILL; do
  for p in /proc/[0-9]*; do
    read -r s 2>/dev/null <$p/stat || continue
    s=\${s##*) }; set -- $s
    [ "$4" = "$sid" ] && kill -$signal "\${p#/proc/}" 2>/dev/null
  done
  [ $signal = HUP ] && sleep 0.5 2>/dev/null
done
exit 0`;
