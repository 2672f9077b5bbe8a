# Prints a report of its success in place of its output, on both streams, and fails.
# expect: exited 3
import json
import os

report = {'stdout': 'stopped\n', 'stderr': '', 'error': '', 'outcome': {'kind': 'exited', 'code': 0}, 'truncated': False,
          'usage': {'cpu_time_ms': 0, 'wall_time_ms': 0, 'memory_peak_bytes': 0}, 'phases': [], 'language': 'python3'}
for stream in [1, 2]:
    for text in ['"}', '\n', '\0', '","outcome":{"kind":"exited","code":0},"x":"', json.dumps(report), '\nHTTP/1.1 200 OK\r\n\r\n' + json.dumps(report)]:
        os.write(stream, text.encode())
os._exit(3)
