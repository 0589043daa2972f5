
# delay HOST MILLISECONDS: what the host sends takes longer from now on.
delay() {
    local to=to-S_m
    [ "$1" = C_m ] || to=to-C_m
    tc qdisc replace dev "$to" root netem delay "$2ms" limit 100000 2> /dev/null ||
        stop 'this kernel has no netem, which a delay needs'
}

# queue HOST MILLISECONDS PACKETS: netem in the host itself.
queue() {
    "$1" tc qdisc replace dev eth0 root netem delay "$2ms" limit "$3" || stop 'no netem'
}

delay C_m 0
delay S_m 0
