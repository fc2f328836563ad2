#!/usr/bin/env bash
# Starts the lab, or does nothing where it runs; README.md says what it is. The last line it prints
# is the path of a clouds.yaml. Exit code 77: this machine cannot have the lab.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/settings.sh"

packages=(python3-keystone python3-nova python3-neutron python3-pymysql python3-openstackclient
  uwsgi-core uwsgi-plugin-python3 mariadb-server-core mariadb-client-core)

say() { echo "lab: $*" >&2; }
fail() { say "$*"; exit 1; }
cannot() { say "$*"; exit 77; }

# --- the machine ---

install_packages() {
  local missing=() package
  command -v apt-get >/dev/null || cannot "needs Debian's or Ubuntu's packages, and there is no apt-get"
  for package in "${packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || cannot "only root can install ${missing[*]}"
  say "installing ${missing[*]}"
  # None of them asks anything or starts a daemon. force-unsafe-io: no fsync for each file.
  local apt=(apt-get -qq -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io)
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq update && "${apt[@]}" install "${missing[@]}"; } >"$LAB_DIR/log/apt.log" 2>&1 ||
    cannot "the packages cannot be installed, see $LAB_DIR/log/apt.log"
}

refuse_taken_ports() {
  local service port
  while read -r service port; do
    process_of "$service" >/dev/null && continue
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      fail "port $port is taken; choose others with PORTCULLIS_LAB_{KEYSTONE,NOVA,NEUTRON}_PORT"
    fi
  done <<<"keystone $KEYSTONE_PORT
nova $NOVA_PORT
neutron $NEUTRON_PORT"
}

# --- configuration: templates of ./etc, written anew at each start ---

# Fills templates with the environment and joins them.
render() {
  python3 -c 'import os, string, sys
for path in sys.argv[1:]: print(string.Template(open(path).read()).substitute(os.environ))' "$@"
}

configure() {
  local etc=$LAB_DIR/etc service
  cd "$here/etc"
  mkdir -p "$etc"/{keystone,nova,neutron}
  cp keystone-wsgi.py "$etc/keystone/wsgi.py"
  cp nova-wsgi.py "$etc/nova/wsgi.py"
  cp neutron-wsgi.py "$etc/neutron/wsgi.py"
  cp nova-paste.ini "$etc/nova/api-paste.ini"
  cp neutron-paste.ini "$etc/neutron/api-paste.ini"
  render keystone.conf >"$etc/keystone/keystone.conf"
  SERVICE_TYPE=compute render nova.conf authtoken.conf >"$etc/nova/nova.conf"
  SERVICE_TYPE=network render neutron.conf authtoken.conf >"$etc/neutron/neutron.conf"
  while read -r service port; do
    SERVICE=$service PORT=$port render uwsgi.ini >"$etc/$service/uwsgi.ini"
  done <<<"keystone $KEYSTONE_PORT
nova $NOVA_PORT
neutron $NEUTRON_PORT"
}

# --- the database server: a socket, no port, nothing durable ---

sql() { mariadb --no-defaults --socket="$LAB_SOCKET" --user=root "$@"; }

start_database() {
  process_of mariadb >/dev/null && return
  local data=$LAB_DIR/mysql/data
  [ -d "$data/mysql" ] || mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$data" \
    --auth-root-authentication-method=normal --skip-test-db >"$LAB_DIR/log/mariadb-install.log" 2>&1 ||
    fail "no database, see $LAB_DIR/log/mariadb-install.log"
  setsid mariadbd --no-defaults --user="$(id -un)" --datadir="$data" --socket="$LAB_SOCKET" \
    --skip-networking --pid-file="$LAB_DIR/run/mariadb.pid" --log-error="$LAB_DIR/log/mariadb.log" \
    --character-set-server=utf8 --max-connections=500 --performance-schema=0 \
    --innodb-flush-log-at-trx-commit=0 --innodb-flush-method=nosync --skip-innodb-doublewrite \
    </dev/null >/dev/null 2>&1 &
  until_true 30 sql -e 'select 1' || fail "the database does not answer, see $LAB_DIR/log/mariadb.log"
  local name
  for name in keystone nova_api nova_cell0 neutron; do
    sql -e "create database if not exists $name character set utf8"
  done
}

# --- the three services ---

keystone_manage() { keystone-manage --config-file "$LAB_DIR/etc/keystone/keystone.conf" "$@"; }

nova_manage() {
  python3 -c 'import sys; from nova.cmd.manage import main; sys.exit(main())' \
    --config-file "$LAB_DIR/etc/nova/nova.conf" "$@"
}

prepare_keystone() {
  local owner=(--keystone-user "$(id -un)" --keystone-group "$(id -gn)")
  keystone_manage fernet_setup "${owner[@]}" &&
    keystone_manage credential_setup "${owner[@]}" &&
    keystone_manage db_sync &&
    keystone_manage bootstrap --bootstrap-password "$LAB_PASSWORD" \
      --bootstrap-region-id "$LAB_REGION" --bootstrap-public-url "$KEYSTONE_URL"
}

# An API that runs no servers needs no cell but cell0.
prepare_nova() {
  nova_manage api_db sync &&
    nova_manage cell_v2 map_cell0 --database_connection \
      "mysql+pymysql://root@localhost/nova_cell0?unix_socket=$LAB_SOCKET&charset=utf8" &&
    nova_manage db sync --local_cell
}

prepare_neutron() {
  python3 -c 'import sys; from neutron.db.migration.cli import main; sys.exit(main())' \
    --config-file "$LAB_DIR/etc/neutron/neutron.conf" upgrade heads
}

start_service() {
  local service=$1 prepared=$LAB_DIR/run/$1.prepared log=$LAB_DIR/log/$1
  process_of "$service" >/dev/null && return
  [ -e "$prepared" ] || { "prepare_$service" && touch "$prepared"; } >"$log-prepare.log" 2>&1 ||
    { say "$service is not prepared, see $log-prepare.log"; return 1; }
  uwsgi --ini "$LAB_DIR/etc/$service/uwsgi.ini" >>"$log.log" 2>&1
}

start_services() {
  export OS_KEYSTONE_CONFIG_DIR=$LAB_DIR/etc/keystone OS_NOVA_CONFIG_DIR=$LAB_DIR/etc/nova
  export OS_NEUTRON_CONFIG_DIR=$LAB_DIR/etc/neutron OS_NEUTRON_CONFIG_FILES=neutron.conf
  local service pids=() pid
  for service in keystone nova neutron; do
    start_service "$service" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do wait "$pid" || fail "a service does not start"; done
}

# --- readiness ---

# Tries a command for so many seconds.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.2
  done
}

main() {
  say "starting in $LAB_DIR"
  install_packages
  refuse_taken_ports
  configure
  start_database
  start_services
  until_true 180 python3 "$here/identity.py" reachable || fail "no answer, see $LAB_DIR/log"
  python3 "$here/identity.py" fill
  until_true 60 python3 "$here/identity.py" ready || {
    python3 "$here/identity.py" ready
    fail "not ready, see $LAB_DIR/log"
  }
  render "$here/etc/clouds.yaml" >"$LAB_DIR/clouds.yaml"
  say "ready after $SECONDS s"
  echo "$LAB_DIR/clouds.yaml"
}

[ ${#LAB_SOCKET} -le 100 ] || fail "PORTCULLIS_LAB_DIR is too long for a unix socket in it"
mkdir -p "$LAB_DIR" && [ -O "$LAB_DIR" ] || fail "$LAB_DIR is somebody else's"
chmod 700 "$LAB_DIR"
mkdir -p "$LAB_DIR"/{etc,log,run,mysql,nova,neutron}
# One start at a time; the daemons must not inherit the lock.
[ -n "${LAB_LOCKED:-}" ] || LAB_LOCKED=1 exec flock --close "$LAB_DIR/run/start.lock" "$0"
main
