
# delay HOST MILLISECONDS: what the host sends takes longer from now on.
delay() {
    local to=to-S_m
    [ "$1" = C_m ] || to=to-C_m
    tc qdisc replace dev "$to" root netem delay "$2ms" limit 100000 2> /dev/null ||
        stop 'this kernel has no netem, which a delay needs'
}
delay C_m 0
delay S_m 0
