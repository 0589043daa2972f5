
nc=$(command -v nc.openbsd || command -v nc) && "$nc" -h 2>&1 | grep -q OpenBSD || stop "OpenBSD's netcat is not installed"
