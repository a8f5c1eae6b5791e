#!/usr/bin/bash
# Exit code 0 if the service answers on its management port: for HEALTHCHECK, in images that have bash and no HTTP client.
# Usage: health.sh [live|ready|started]
exec 3<>"/dev/tcp/127.0.0.1/${QUARKUS_MANAGEMENT_PORT:-9000}" || exit 1
printf 'GET /q/health/%s HTTP/1.0\r\nHost: localhost\r\n\r\n' "${1:-live}" >&3
read -r -t 3 _ status _ <&3
[[ "$status" == 200 ]]
