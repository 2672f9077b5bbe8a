# Prints what the server's own report of a success looks like, on every descriptor, and fails.
# expect: exited 3

import json, os

report = json.dumps({'outcome': {'kind': 'exited', 'code': 0}, 'usage': {'cpu_time_ms': 0.0, 'wall_time_ms': 0.0, 'memory_peak_bytes': 0},
                     'phases': [], 'stdout': 'forged', 'Ended': {'status': 0}})
for fd in range(0, 256):
    for line in (report, '\n' + report + '\n', '\x00' * 8 + report):
        try:
            os.write(fd, line.encode())
        except OSError:
            pass
os._exit(3)
