# Connects to the abstract names of the program that runs at the same time, and looks for them in the list of sockets.
# expect: stopped

import socket, time

end = time.monotonic() + 1
while time.monotonic() < end:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        s = socket.socket(socket.AF_UNIX, kind)
        try:
            s.connect('\0codecanvas-meeting-%d' % kind)
            print('ESCAPED: connected')
        except ConnectionRefusedError:
            pass
        s.close()
    if 'codecanvas-meeting' in open('/proc/net/unix').read():
        print('ESCAPED: the name is in the list')
    time.sleep(0.02)
print('stopped: ECONNREFUSED')
