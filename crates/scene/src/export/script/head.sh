set -u
export LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin

stop() {
    printf 'not done: %s\n' "$1" >&2
    exit 1
}

[ -n "${EPOCHREALTIME-}" ] || stop 'bash 5 or later is needed'

# Begins again in namespaces of its own: network, processes and mounts. Whatever is made there is gone with the last process,
# and nothing outside has changed. Root is not needed where a user may make namespaces.
if [ "${1-}" != inside ]; then
    [ -f "${BASH_SOURCE[0]-}" ] || stop 'this must be in a file'
    for tool in unshare nsenter ip iptables netstat sysctl "${needs[@]}"; do
        command -v "$tool" > /dev/null || stop "$tool is not installed"
    done
    own=(unshare --net --pid --mount --fork --kill-child --mount-proc)
    [ "$EUID" -eq 0 ] || own=(unshare --user --map-root-user "${own[@]:1}")
    exec "${own[@]}" -- "$BASH" -- "${BASH_SOURCE[0]}" inside
fi
[ "$$" -eq 1 ] || stop 'start this without "inside"'
trap 'exit 130' INT TERM HUP

# Empty folders of its own lie over /run and /tmp. The hosts' files are in the second.
dir=/tmp
mount -t tmpfs -o size=64m tmpfs /run && mount -t tmpfs -o size=64m tmpfs "$dir" || stop 'no folder of its own'
cd "$dir" && mkdir C_m S_m || stop 'no folder of its own'
printf '%s\n' '127.0.0.1 localhost' '10.211.55.2 C_m' '10.211.55.10 S_m' > hosts
printf '%s\n' 'passwd: files' 'hosts: files' 'protocols: files' 'services: files' > nsswitch.conf
mount --bind hosts /etc/hosts || stop 'no names of its own'
[ ! -e /etc/nsswitch.conf ] || mount --bind nsswitch.conf /etc/nsswitch.conf || stop 'no names of its own'

# C_m and S_m each have a network; this one is the router between them.
C_m() { nsenter --net="$dir/net-C_m" -- "$@"; }
S_m() { nsenter --net="$dir/net-S_m" -- "$@"; }

# connect HOST ADDRESS: the host is on the same net as the other, for which the router answers.
connect() {
    : > "net-$1"
    unshare --net="net-$1" true &&
        ip link add "to-$1" type veth peer name eth0 netns "$dir/net-$1" &&
        ip link set "to-$1" up &&
        sysctl -qw "net.ipv4.conf.to-$1.proxy_arp=1" "net.ipv4.neigh.to-$1.proxy_delay=0" &&
        ip route add "$2" dev "to-$1" &&
        "$1" ip link set lo up &&
        "$1" ip addr add "$2/24" dev eth0 &&
        "$1" ip link set eth0 gso_max_segs 1 up ||
        stop "$1 cannot be connected"
}
ip link set lo up && sysctl -qw net.ipv4.ip_forward=1 || stop 'no router'
connect C_m 10.211.55.2
connect S_m 10.211.55.10

# constant HOST NAME VALUE
constant() {
    "$1" sysctl -qw "$2=$3" 2> /dev/null || printf 'note: this kernel has no %s on %s\n' "$2" "$1"
}

# at SECONDS: waits until then, in seconds with three digits after the point.
at() {
    local left=$((begun + 10#${1/./} * 1000 - ${EPOCHREALTIME/./}))
    [ "$left" -ge -150000 ] || printf 'note: %d ms late, because this machine is busy\n' "$((-left / 1000))"
    [ "$left" -le 0 ] || sleep "$((left / 1000000)).$(printf %06d "$((left % 1000000))")"
}

# typed TERMINAL TEXT: prints a line, without what would move the cursor.
typed() { printf '%s| %s\n' "$1" "${2//[[:cntrl:]]/?}"; }

# shown HOST: prints the lines that come.
shown() {
    trap '' INT TERM
    while IFS= read -r line || [ -n "$line" ]; do typed "$1" "$line"; done
}

declare -A input group terminal
labels=()
for name in C_m S_m; do
    exec {fd}> >(shown "$name")
    terminal[$name]=$fd labels+=("$!")
done

# begin JOB HOST: starts a program, with a pipe for what is typed, and a process group of its own for what is pressed.
begin() {
    mkfifo "in-$1" && exec {fd}<> "in-$1" || stop 'no pipe'
    input[$1]=$fd
    set -m
    (
        for fd in "${input[@]}"; do exec {fd}>&-; done
        cd "$dir/$2" && "$1"
    ) < "in-$1" >&"${terminal[$2]}" 2>&1 &
    set +m
    group[$1]=$!
    disown
}

# run JOB HOST: does what ends at once.
run() { (cd "$dir/$2" && "$1") < /dev/null >&"${terminal[$2]}" 2>&1; }

# enter JOB TEXT: types a line into a program.
enter() { [ -z "${input[$1]-}" ] || timeout 2 printf '%s\n' "$2" >&"${input[$1]}"; }

# end_input JOB: Ctrl-D.
end_input() {
    local fd=${input[$1]-}
    [ -z "$fd" ] || exec {fd}>&-
    unset "input[$1]"
}

# send SIGNAL JOB: to the process group that begin started.
send() { [ -z "${group[$2]-}" ] || kill -s "$1" -- "-${group[$2]}" 2> /dev/null; }

# list HOST: notes the host's sockets.
list() {
    local millis=$(((${EPOCHREALTIME/./} - begun) / 1000))
    { printf 'at %d ms\n' "$millis"; "$1" netstat -nat | tail -n +3; } >> "list-$1"
}

# finish: ends what still runs, and prints what was listed.
finish() {
    local job host
    for job in "${!group[@]}"; do send KILL "$job"; done
    for host in C_m S_m; do
        fd=${terminal[$host]}
        exec {fd}>&-
    done
    wait "${labels[@]}"
    for host in C_m S_m; do
        printf '\nSockets of %s:\n' "$host"
        cat "list-$host"
    done
}
