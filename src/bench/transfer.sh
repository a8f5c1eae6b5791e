#!/usr/bin/env bash
# How fast users go in and out of files, beside a bare COPY of the same rows (docs/decisions/0087). From the repository's root:
#
#   src/bench/transfer.sh               100,000 users
#   N=1000000 src/bench/transfer.sh     a million: takes minutes, and proves that HEAP is enough
#
# A million users take 6 GB in TMPDIR (/tmp where it is not set): the database with the copy that the bare COPY makes, its log, and the files.
#
# Settings: N (users), WARMUP (users that go in and out before, so that the JVM has compiled what it runs; 0 for a cold start),
# HEAP (of the service), PORT (and the one after it), KEEP=1 (keeps the folder with the logs).
# Needs curl, jq and Java 17; Linux tells the memory. Everything that it starts and writes is gone in the end.
set -euo pipefail
cd "$(dirname "$0")/../.."

N=${N:-100000} WARMUP=${WARMUP:-50000} HEAP=${HEAP:-256m} PORT=${PORT:-18080}
app=target/quarkus-app
home=$(mktemp -d)
pid=

finish() {
    if [[ -n $pid ]]; then
        kill "$pid" 2> /dev/null || true
        wait "$pid" 2> /dev/null || true
    fi
    [[ ${KEEP:-} ]] && echo "Logs: $home" || rm -rf "$home"
}
trap finish EXIT

fail() {
    echo "$1" >&2
    [[ ! -f $home/service.log ]] || tail -n 30 "$home/service.log" >&2
    exit 1
}

needed=$(((N + WARMUP) * 6 / 1000 + 1000)) # MB
free=$(df -Pm "$home" | awk 'NR == 2 { print $4 }')
((free >= needed)) || fail "$home has room for $free MB, and $needed are needed: set TMPDIR to a larger place"

[[ -f $app/quarkus-run.jar ]] || ./mvnw -q package -DskipTests
driver=$(echo $app/lib/main/org.postgresql.postgresql-*.jar)

# --- The service ------------------------------------------------------------------------------------------------------
QUARKUS_PROFILE=local QUARKUS_HTTP_PORT=$PORT QUARKUS_MANAGEMENT_PORT=$((PORT + 1)) USHER_LOCAL_DATA_DIR=$home/data \
    USHER_ADMIN_PASSWORD=A-benchmark-and-nothing-more-1 USHER_RATE_LIMIT_ENABLED=false USHER_AUTH_ACCESS_TOKEN_TTL=60M \
    java "-Xmx$HEAP" ${JAVA_OPTS:-} -jar $app/quarkus-run.jar > "$home/service.log" 2>&1 &
pid=$!
api=http://localhost:$PORT/api
for _ in $(seq 120); do
    curl -sf "http://localhost:$((PORT + 1))/q/health/ready" > /dev/null && break
    kill -0 $pid 2> /dev/null || fail "The service did not start"
    sleep 1
done
token=$(curl -sf "$api/auth/login" -H 'Content-Type: application/json' \
    -d '{"username": "admin@usher.localhost", "password": "A-benchmark-and-nothing-more-1"}' | jq -r .token) || fail "No login"
BENCH_DB=jdbc:postgresql://127.0.0.1:$(sed -n 4p "$home/data/postgres/postmaster.pid")/usher
export BENCH_DB

# --- What is measured: each prints its milliseconds -----------------------------------------------------------------------
tool() { java -cp "$driver" src/bench/Transfer.java "$@"; }

timed() {
    curl -sf -H "Authorization: Bearer $token" -w '%{time_total}\n' "$@" | awk '{ printf "%d\n", $1 * 1000 }'
}

import() { # <file> <rows>
    timed -X POST -H 'Content-Type: text/csv' -H 'Expect:' -T "$1" -o "$home/report.json" "$api/admin/users/import"
    [[ $(jq .created "$home/report.json") == "$2" ]] || fail "Not all were imported: $(head -c 1000 "$home/report.json")"
}

export_as() { # <format> <users>
    timed -o "$home/out" "$api/admin/users/export?format=$1"
    (($(wc -l < "$home/out") >= $2)) || fail "Not all were exported"
}

# --- The measurement --------------------------------------------------------------------------------------------------------
tool generate "$N" 1 > "$home/users.csv"
if ((WARMUP > 0)); then
    tool generate "$WARMUP" 2 > "$home/warmup.csv"
    import "$home/warmup.csv" "$WARMUP" > /dev/null
    export_as csv "$WARMUP" > /dev/null
    export_as ndjson "$WARMUP" > /dev/null
fi
all=$((N + WARMUP + 1))
copy_in=$(tool copy-in "$home/users.csv")
in=$(import "$home/users.csv" "$N")
csv=$(export_as csv $all)
ndjson=$(export_as ndjson $all)
copy_out=$(tool copy-out)
rss=$(awk '/VmHWM/ { printf "%d MiB", $2 / 1024 }' "/proc/$pid/status" 2> /dev/null || echo unknown)

line() { # <what> <rows> <milliseconds> <milliseconds of the bare COPY>
    awk -v what="$1" -v n="$2" -v ms="$3" -v copy="$4" \
        'BEGIN { printf "%-22s %10d %10.1f s %12d %15.2f\n", what, n, ms / 1000, n * 1000 / ms, copy / ms }'
}
echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg 2> /dev/null), -Xmx$HEAP, most memory (RSS) $rss, $WARMUP users before"
printf '%-22s %10s %12s %12s %15s\n' "" rows time rows/s "of COPY's speed"
line "import (csv)" "$N" "$in" "$copy_in"
line "bare COPY in" "$N" "$copy_in" "$copy_in"
line "export (csv)" $all "$csv" "$copy_out"
line "export (ndjson)" $all "$ndjson" "$copy_out"
line "bare COPY out" $all "$copy_out" "$copy_out"
