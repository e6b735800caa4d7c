#!/bin/sh
# A command with the settings of the house that serves on this machine. Installed as /usr/local/bin/homeward:
#   runuser -u homeward -- homeward doctor
set -eu
set -a
. /etc/homeward/environment
set +a
# Without them a command would look for a house in the folder it happens to stand in.
: "${HOMEWARD_DATABASE:?is not set in /etc/homeward/environment}" "${HOMEWARD_KEYS:?is not set in /etc/homeward/environment}"
exec /usr/bin/dotnet /opt/homeward/homeward.dll "$@"
