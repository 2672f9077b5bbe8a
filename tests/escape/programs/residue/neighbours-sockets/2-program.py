# Runs beside a program that listens on the same names and ports, and calls that one.
# expect: stopped
# arg: second
import socket
import sys
import time

mine = b'%d' % len(sys.argv)
held = []
for kind, address in [(socket.AF_UNIX, '\0meeting'), (socket.AF_INET, ('127.0.0.1', 4321)), (socket.AF_INET6, ('::1', 4321))]:
    held.append((socket.socket(kind), address))
    held[-1][0].bind(address)
    held[-1][0].listen()
end = time.monotonic() + 0.8
while time.monotonic() < end:
    for listener, address in held:
        # With one listener of its own, whoever answers must be that one, and whoever calls this program itself.
        caller = socket.socket(listener.family)
        caller.connect(address)
        caller.sendall(mine)
        callee = listener.accept()[0]
        if callee.recv(9) != mine:
            print('ESCAPED a call of somebody else')
    for number in range(1, 3):
        try:
            socket.socket(socket.AF_UNIX).connect(f'\0only-{3 - len(sys.argv)}')
            print('ESCAPED connected to the other program')
        except ConnectionRefusedError:
            pass
    if len(held) == 3:
        held.append((socket.socket(socket.AF_UNIX), f'\0only-{len(sys.argv)}'))
        held[-1][0].bind(held[-1][1])
        held[-1][0].listen()
    time.sleep(0.01)
print('stopped')
