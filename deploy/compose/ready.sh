#!/bin/bash
# Whether the service on this port of this container is ready. Runs every few seconds in each container, so
# it starts no Node.
exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
printf 'GET /readyz HTTP/1.0\r\n\r\n' >&3
read -r -t 4 status <&3
[[ $status == *' 200 '* ]]
