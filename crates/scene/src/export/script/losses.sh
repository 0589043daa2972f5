
# What the network lost, the router loses.

# sieve CHAIN DATA: of what comes to the chain, what is with data, without, or any goes on to CHAIN-lost.
sieve() {
    local words past=RETURN
    [ "$2" = with ] || past=$1-lost
    iptables -N "$1" && iptables -N "$1-lost" || stop 'no chains'
    if [ "$2" != any ]; then
        for words in {5..15}; do
            # A TCP header of this many words, and nothing after it.
            iptables -A "$1" -p tcp -m u32 --u32 "0>>22&0x3C@12>>28=$words&&0&0xFFFF=$((20 + 4 * words))" -j "$past" ||
                stop 'this kernel has no u32'
        done
    fi
    [ "$2" = without ] || iptables -A "$1" -j "$1-lost"
}

# lose CHAIN NUMBER: of what goes on there, the one with this number is lost, counted from 0; or all.
lose() {
    local nth=()
    [ "$2" = all ] || nth=(-m statistic --mode nth --every 1000000 --packet "$2")
    iptables -A "$1-lost" "${nth[@]}" -j DROP || stop 'this kernel has no statistic'
}
