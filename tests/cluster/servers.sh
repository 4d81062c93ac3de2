# Real peers for the tests of this folder, in a folder of their own, on the loopback: a Slurm of several nodes and an
# nginx that keeps a store. Neither needs root, systemd or anything outside of the folder. To be sourced; `folder` names it.

have() { command -v "$1" >/dev/null 2>&1; }

# The program lies where users' PATH does not lead.
export PATH="$PATH:/usr/sbin:/sbin"

# A port that nothing listens on, and `$1 - 1` behind it that are free too.
free_ports() {
  python3 - "$1" <<'END'
import random, socket, sys
count = int(sys.argv[1])
while True:
    first = random.randrange(20000, 60000)
    held = []
    try:
        for port in range(first, first + count):
            held.append(socket.socket())
            held[-1].bind(("127.0.0.1", port))
    except OSError:
        continue
    finally:
        for one in held: one.close()
    print(first)
    break
END
}

# in_background NAME COMMAND...: its process number in NAME.pid, what it says in NAME.out. What eight nodes' jobs take from two
# cores, tests that run at the same time must not lack.
in_background() {
  name=$1
  shift
  setsid nice -n 10 "$@" >"$folder/$name.out" 2>&1 </dev/null &
  echo $! >"$folder/$name.pid"
}

end_process() {
  [ -f "$folder/$1.pid" ] || return 0
  pid=$(cat "$folder/$1.pid")
  rm -f "$folder/$1.pid"
  kill "${2:--TERM}" "$pid" 2>/dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.05
  done
  kill -KILL "$pid" 2>/dev/null || true
}

# until_true SECONDS COMMAND...
until_true() {
  tries=$(($1 * 10))
  shift
  while [ "$tries" -gt 0 ]; do
    "$@" >/dev/null 2>&1 && return 0
    tries=$((tries - 1))
    sleep 0.1
  done
  return 1
}

# --- Slurm: start_slurm NODES [LINE...]; further lines go into its configuration.

all_idle() { [ "$(sinfo -h -o %D -t idle 2>/dev/null)" = "$1" ]; }

start_controller() { in_background slurmctld slurmctld -D; }
start_node() { in_background "node$1" slurmd -D -N "n$1"; }

start_slurm() {
  nodes=$1
  shift
  port=$(free_ports $((nodes + 1)))
  host=$(hostname -s)
  export SLURM_CONF="$folder/slurm.conf"
  mkdir -p "$folder/state" "$folder/spool"
  {
    echo "ClusterName=test"
    echo "SlurmctldHost=$host(127.0.0.1)"
    echo "SlurmctldPort=$port"
    echo "SlurmUser=$(id -un)"
    echo "SlurmdUser=$(id -un)"
    echo "AuthType=auth/none"
    echo "CredType=cred/none"
    echo "CommunicationParameters=NoInAddrAny,NoCtldInAddrAny"
    echo "StateSaveLocation=$folder/state"
    echo "SlurmdSpoolDir=$folder/spool/%n"
    echo "SlurmctldPidFile=$folder/slurmctld.own-pid"
    echo "SlurmdPidFile=$folder/%n.own-pid"
    echo "SlurmctldLogFile=$folder/slurmctld.log"
    echo "SlurmdLogFile=$folder/%n.log"
    echo "MailProg=/bin/true"
    echo "MpiDefault=none"
    echo "ProctrackType=proctrack/linuxproc"
    echo "SelectType=select/cons_tres"
    echo "SelectTypeParameters=CR_CPU_Memory"
    echo "SlurmdParameters=config_overrides"
    echo "SchedulerParameters=batch_sched_delay=0"
    echo "KillWait=2"
    for line in "$@"; do echo "$line"; done
    echo "NodeName=n[1-$nodes] NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1))-$((port + nodes)) CPUs=2 RealMemory=8000"
    echo "PartitionName=all Nodes=ALL Default=YES DefMemPerCPU=1000"
  } >"$SLURM_CONF"
  # From 23.11 on a node does not come up without cgroups unless told that there are none.
  case "$(slurmctld -V)" in *" 2"[0-2].*) ;; *) echo "CgroupPlugin=disabled" >"$folder/cgroup.conf" ;; esac
  start_controller
  for node in $(seq "$nodes"); do
    mkdir -p "$folder/spool/n$node"
    start_node "$node"
  done
  until_true 20 all_idle "$nodes" || {
    echo "Slurm does not come up:" >&2
    tail -5 "$folder"/*.log "$folder"/*.out >&2
    return 1
  }
}

stop_slurm() {
  for node in $(seq "${nodes:-0}"); do end_process "node$node"; done
  end_process slurmctld
}

# --- nginx as the store's server: start_nginx [LINE...]; further lines go into its place of entries. Writing asks for the
# token "sesame". The same lines stand in docs/clusters.md.

start_nginx() {
  store_port=${store_port:-$(free_ports 1)}
  export REPORT_STORE="http://127.0.0.1:$store_port/report"
  mkdir -p "$folder/served" "$folder/bodies"
  cat >"$folder/nginx.conf" <<END
daemon off;
$([ "$(id -u)" != 0 ] || echo "user root;")
worker_processes 1;
pid $folder/nginx.own-pid;
error_log $folder/nginx-error.log;
events { worker_connections 512; }
http {
  access_log $folder/nginx-access.log;
  client_body_temp_path $folder/bodies;
  proxy_temp_path $folder/bodies;
  fastcgi_temp_path $folder/bodies;
  uwsgi_temp_path $folder/bodies;
  scgi_temp_path $folder/bodies;
  client_max_body_size ${max_body:-512m};
  keepalive_requests 100000;
  map "\$request_method \$http_authorization" \$is_refused {
    default 1;
    "~^(GET|HEAD) " 0;
    "PUT Bearer sesame" 0;
  }
  server {
    listen 127.0.0.1:$store_port ${tls:+ssl};
    ${tls:-}
    location ~ "^/report/[a-z]+/[0-9a-f]{2}/[0-9a-f]{64}\$" {
      if (\$is_refused) { return 401; }
      $(for line in "$@"; do echo "$line"; done)
      root $folder/served;
      dav_methods PUT;
      create_full_put_path on;
      default_type application/octet-stream;
    }
  }
}
END
  in_background nginx nginx -p "$folder" -c "$folder/nginx.conf"
  until_true 10 answers || {
    cat "$folder/nginx.out" "$folder/nginx-error.log" >&2
    return 1
  }
}

answers() { python3 -c "import socket; socket.create_connection(('127.0.0.1', $store_port), 1)"; }

stop_nginx() { end_process nginx; }

# --- sshd as this user, with keys of its own; `ssh node1` and `ssh node2` lead to it from then on.

start_sshd() {
  ssh_port=$(free_ports 1)
  mkdir -p "$folder/ssh"
  chmod 700 "$folder/ssh"
  for key in host user; do ssh-keygen -q -t ed25519 -N '' -f "$folder/ssh/$key" || return 1; done
  cp "$folder/ssh/user.pub" "$folder/ssh/authorized"
  cat >"$folder/ssh/server" <<END
Port $ssh_port
ListenAddress 127.0.0.1
HostKey $folder/ssh/host
AuthorizedKeysFile $folder/ssh/authorized
PidFile $folder/ssh/pid
StrictModes no
UsePAM no
END
  cat >"$folder/ssh/client" <<END
Host node1 node2
  HostName 127.0.0.1
  Port $ssh_port
  IdentityFile $folder/ssh/user
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
END
  [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
  in_background sshd /usr/sbin/sshd -D -e -f "$folder/ssh/server"
  printf '#!/bin/sh\nexec ssh -F %s "$@"\n' "$folder/ssh/client" >"$folder/ssh/ssh"
  chmod +x "$folder/ssh/ssh"
  export PARALLEL_SSH="$folder/ssh/ssh"
  until_true 10 "$folder/ssh/ssh" node1 true
}
