#!/usr/bin/env bash
# Usage: container-engine.sh DIRECTORY
#
# Runs a container engine of its own until SIGTERM; it answers on DIRECTORY/docker.sock. Needs root.
# Its bridge and its subnet are its own too, so that several engines run side by side. It writes no firewall rules:
# this machine reaches the containers over the bridge, and they reach nothing else.
set -euo pipefail

directory=$1
bridge=reconcile$$

subnet=$(($$ % 250))
while busybox ip -4 addr | grep -q "inet 10\.99\.$subnet\."; do subnet=$(((subnet + 1) % 250)); done

busybox ip link add name "$bridge" type bridge
trap 'busybox ip link del "$bridge"' EXIT
busybox ip addr add "10.99.$subnet.1/24" dev "$bridge"
busybox ip link set "$bridge" up

PATH=$PATH:/usr/sbin:/sbin dockerd --host "unix://$directory/docker.sock" --pidfile "$directory/pid" \
    --data-root "$directory/root" --exec-root "$directory/exec" \
    --bridge "$bridge" --iptables=false --ip-masq=false --ip-forward=false &
engine=$!
trap 'kill "$engine" || true' TERM INT
# The first wait is cut short by the signal; the second one lasts until the containers are stopped and the engine ends.
wait "$engine" || wait "$engine"
