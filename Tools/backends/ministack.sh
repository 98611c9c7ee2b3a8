#!/usr/bin/env bash
# Usage: ministack.sh PORT
#
# Runs ministack, an AWS API on one machine, on 127.0.0.1:PORT, from the virtual environment RECONCILE_TEST_VENV.
# DOCKER_HOST names the container engine for its tasks; without one, services are "running" with no task behind them.
# AUTH=true makes it check signatures and policies.
set -euo pipefail

# It listens on all interfaces unless BIND_HOST says otherwise, and looks for an engine at the usual place unless
# DOCKER_HOST does.
export BIND_HOST=127.0.0.1 GATEWAY_PORT=$1 MINISTACK_REGION=${AWS_REGION:-eu-west-1}
export SFTP_ENABLED=0 IOT_MTLS_ENABLED=0
export DOCKER_HOST=${DOCKER_HOST:-unix:///nonexistent/docker.sock}
exec "$RECONCILE_TEST_VENV/bin/ministack"
