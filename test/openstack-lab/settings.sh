# Where the lab lives and listens: read by start.sh and stop.sh.

# Debian's own programs, not a version manager's; and no proxy on the way to loopback.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:$PATH
export no_proxy=127.0.0.1,localhost NO_PROXY=127.0.0.1,localhost
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV

export LAB_DIR=${PORTCULLIS_LAB_DIR:-/tmp/portcullis-lab-$(id -u)}
export LAB_SOCKET=$LAB_DIR/mysql/socket
export LAB_PASSWORD=secret
export LAB_REGION=RegionOne
export KEYSTONE_PORT=${PORTCULLIS_LAB_KEYSTONE_PORT:-15000}
export NOVA_PORT=${PORTCULLIS_LAB_NOVA_PORT:-18774}
export NEUTRON_PORT=${PORTCULLIS_LAB_NEUTRON_PORT:-19696}
export KEYSTONE_URL=http://127.0.0.1:$KEYSTONE_PORT/v3
export NOVA_URL=http://127.0.0.1:$NOVA_PORT/v2.1
export NEUTRON_URL=http://127.0.0.1:$NEUTRON_PORT

# The process of one of the lab's services, if it runs. A pid file alone proves nothing: the command
# line must name the lab's folder too.
process_of() {
  local pid
  pid=$(cat "$LAB_DIR/run/$1.pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF "$LAB_DIR/" && echo "$pid"
}
