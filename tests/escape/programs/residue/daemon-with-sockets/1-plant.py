# Leaves a daemon that listens on abstract names and on ports, and holds a socket that was never accepted.
# expect: stopped
import os
import socket
import time

ready, done = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    held = []
    for kind, address in [(socket.AF_UNIX, '\0residue'), (socket.AF_INET, ('0.0.0.0', 4321)), (socket.AF_INET6, ('::', 4322))]:
        held.append(socket.socket(kind))
        held[-1].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held[-1].bind(address)
        held[-1].listen()
    held.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
    held[-1].bind(('0.0.0.0', 4321))
    waiting = socket.create_connection(('127.0.0.1', 4321))
    os.write(done, b'!')
    time.sleep(1000)
os.close(done)
print('stopped: planted') if os.read(ready, 1) else print('the daemon failed')
