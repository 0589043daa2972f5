#!/usr/bin/env python3
"""Records what the real tcpdump prints, in two network namespaces that it makes and removes.

    sudo ./record.py sessions/*.txt    plays the steps of each file and writes after them what tcpdump printed
    sudo ./record.py reads             reads any.pcap and eth.pcap in many ways: printed.txt, filters.txt
    sudo ./record.py captures          makes any.pcap and eth.pcap anew, from source.txt
"""
import os, pty, select, subprocess, sys, time, fcntl, termios, tty, signal, shutil

HOSTS = "127.0.0.1 localhost\n10.211.55.2 C_m\n10.211.55.10 S_m\n94.130.104.144 acc.digital www.acc.digital\n"
NS = {"client": "tdc", "server": "tds"}

def sh(line):
    subprocess.run(line, shell=True, check=True)

def make():
    for host, ns in NS.items():
        os.makedirs(f"/etc/netns/{ns}", exist_ok=True)
        open(f"/etc/netns/{ns}/hosts", "w").write(HOSTS)
        open(f"/etc/netns/{ns}/nsswitch.conf", "w").write("hosts: files\nservices: files\nprotocols: files\n")
        sh(f"ip netns add {ns}")
    sh("ip link add eth0 netns tdc type veth peer name eth0 netns tds")
    for host, ns in NS.items():
        n = f"ip -n {ns}"
        addr = {"client": "10.211.55.2", "server": "10.211.55.10"}[host]
        sh(f"{n} addr add {addr}/24 dev eth0; {n} link set lo up; {n} link set eth0 up")
        sh(f"ip netns exec {ns} sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv4.tcp_timestamps=1")
        sh(f"ip netns exec {ns} ethtool -K eth0 tx off rx off tso off gso off gro off >/dev/null 2>&1 || true")
        sh(f"ip netns exec {ns} ethtool -K lo tx off rx off tso off gso off gro off >/dev/null 2>&1 || true")
    time.sleep(0.5)
    # The neighbours are known, so that ARP does not delay the first segment.
    sh("ip netns exec tdc ping -c1 -W1 10.211.55.10 >/dev/null 2>&1 || true")

def drop():
    for host, ns in NS.items():
        subprocess.run(f"ip netns pids {ns} | xargs -r kill -9; ip netns del {ns}; rm -r /etc/netns/{ns}", shell=True, stderr=subprocess.DEVNULL)
    try: os.rmdir("/etc/netns")
    except OSError: pass

class Term:
    def __init__(self, host, line):
        self.out = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            line = line.replace("sudo ", "")
            user = []
            if line.startswith("student "):
                line = line[len("student "):]
                user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
            os.chdir(CWD)
            os.environ["TZ"] = "IST-5:30"
            os.execvp("ip", ["ip", "netns", "exec", NS[host], *user, "bash", "-c", line])
        attr = termios.tcgetattr(self.fd)
        attr[3] &= ~termios.ECHO
        termios.tcsetattr(self.fd, termios.TCSANOW, attr)
    def pump(self):
        while select.select([self.fd], [], [], 0)[0]:
            try: got = os.read(self.fd, 65536)
            except OSError: return
            if not got: return
            self.out += got
    def feed(self, text):
        os.write(self.fd, text)

def run(path):
    """Plays the steps of a file up to its line of dashes, and writes what its terminals of tcpdump printed after it."""
    text = open(path).read()
    steps = text.split("\n---", 1)[0].strip("\n")
    global CWD
    CWD = "/tmp/tcpdump-record"; shutil.rmtree(CWD, ignore_errors=True); os.makedirs(CWD); os.chmod(CWD, 0o777)
    make()
    try:
        terms, done, start = {}, [], time.time()
        for line in steps.split("\n"):
            if not line or line.startswith("#"): continue
            at, where, what = line.split(" ", 2)
            while time.time() - start < float(at):
                for t in list(terms.values()) + [d[1] for d in done]: t.pump()
                time.sleep(0.005)
            host = where.split("-")[0]
            if what == "^C": terms[where].feed(b"\x03")
            elif what == "^D": terms[where].feed(b"\x04")
            elif what.startswith("> "): terms[where].feed(what[2:].encode() + b"\n")
            elif what == "end": pass
            else:
                if where in terms: done.append((where, terms[where], terms[where].line))
                terms[where] = Term(host, what); terms[where].line = what
        for t in list(terms.values()) + [d[1] for d in done]: t.pump()
        all = done + [(w, t, t.line) for w, t in terms.items()]
        out = ""
        for where, t, line in all:
            if "tcpdump" in line:
                out += f"---{where}$ {line}\n" + t.out.decode(errors="replace").replace("\r\n", "\n")
                if not out.endswith("\n"): out += "\n"
    finally:
        drop()
    open(path, "w").write(steps + "\n" + out)

READS = [
    "any.pcap -n", "any.pcap", "any.pcap -nn -v", "any.pcap -vv -S -c 12", "any.pcap -q -n -c 12",
    "any.pcap -q -v -t -c 6", "any.pcap -e -n -c 4", "any.pcap -eq -c 4", "any.pcap -eq -c 3 host localhost",
    "any.pcap -A -n -c 12", "any.pcap -A -t -n port 80", "any.pcap -AA -t -n -c 3", "any.pcap -X -n -c 8",
    "any.pcap -XX -t -c 4", "any.pcap -x -n -c 3", "any.pcap -xx -t -n -c 2", "any.pcap -t -n -c 2",
    "any.pcap -tt -n -c 2", "any.pcap -ttt -n -c 5", "any.pcap -tttt -n -c 2", "any.pcap -ttttt -n -c 5",
    "any.pcap -# -n -c 3", "any.pcap -N -c 3", "any.pcap -n src C_m and port 5555", "any.pcap -n icmp -v",
    "any.pcap -nq icmp", "any.pcap icmp", "any.pcap -n -vv -S -e -X -c 3", "any.pcap frob", "any.pcap -c x",
    "eth.pcap -vvv -n -K -c 30", "eth.pcap -c 20", "eth.pcap -e -c 3", "eth.pcap -eq -n -c 3", "eth.pcap -XX -t -c 3",
    "eth.pcap -xx -t -n -c 2", "eth.pcap -AA -t -n -c 2", "eth.pcap -n -v port 25 or port 21", "none.pcap",
]

def tcpdump(*words):
    done = subprocess.run(["ip", "netns", "exec", NS["client"], "env", "TZ=IST-5:30", "tcpdump", *words],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.decode(errors="replace")

def reads():
    filters = [line for line in open("filters.txt").read().split("\n") if line and not line.startswith("    ")]
    drop()
    make()
    try:
        with open("printed.txt", "w") as out:
            for line in READS:
                out.write(f"$ tcpdump -r {line}\n" + tcpdump("-r", *line.split(" ")))
        with open("filters.txt", "w") as out:
            for line in filters:
                out.write(line + "\n")
                for name in ("any", "eth"):
                    said = tcpdump("-r", name + ".pcap", "--count", line).strip().split("\n")
                    said = [line for line in said if not line.startswith(("reading", "Warning"))]
                    out.write(f"    {name}: {' '.join(said)}\n")
    finally:
        drop()

if __name__ == "__main__":
    drop()
    if sys.argv[1:] == ["reads"]:
        reads()
    elif sys.argv[1:] == ["captures"]:
        run("source.txt")
        for name in ("any.pcap", "eth.pcap"):
            shutil.copy(f"{CWD}/{name}", name)
    else:
        for path in sys.argv[1:]:
            run(path)
