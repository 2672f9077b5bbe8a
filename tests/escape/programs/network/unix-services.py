# Connects to the services that hosts have at well-known paths and names: D-Bus, systemd, containers, X11, databases, agents.
# expect: stopped

import glob, os, socket

paths = ['/run/dbus/system_bus_socket', '/var/run/dbus/system_bus_socket', '/run/systemd/private', '/run/systemd/journal/socket', '/run/systemd/journal/dev-log',
         '/run/systemd/notify', '/dev/log', '/run/docker.sock', '/var/run/docker.sock', '/run/containerd/containerd.sock', '/run/podman/podman.sock', '/run/crio/crio.sock',
         '/var/lib/kubelet/device-plugins/kubelet.sock', '/run/snapd.socket', '/run/udev/control', '/var/run/nscd/socket', '/tmp/.X11-unix/X0', '\0/tmp/.X11-unix/X0',
         '\0/tmp/.X11-unix/X1', '\0/tmp/.ICE-unix/1', '\0/org/kernel/udev/udevd', '\0/com/ubuntu/upstart', '\0/containerd-shim/moby.sock', '\0/var/run/codecanvas',
         '/run/mysqld/mysqld.sock', '/var/run/postgresql/.s.PGSQL.5432', '/run/redis/redis.sock', '/run/user/0/bus', '/run/user/1000/bus', '/run/codecanvas.sock',
         '/run/gssproxy.sock', '/tmp/ssh-agent', '/run/user/1000/gnupg/S.gpg-agent', '/run/acpid.socket', '/run/rpcbind.sock']
for path in paths:
    s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        s.connect(path)
        print('ESCAPED', repr(path))
    except (ConnectionRefusedError, FileNotFoundError) as e:
        if path[0] != '\0' and os.path.lexists(path):
            print('ESCAPED', path, 'is there')
for line in open('/proc/net/unix').read().splitlines()[1:]:
    # Its own socket that is not connected has no name.
    if len(line.split()) > 7:
        print('ESCAPED', line)
print('stopped:', len(paths))
