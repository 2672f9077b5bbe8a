# Prints without end.
# expect: output_exceeded
# limit: cpu_time=30s wall_time=60s
exec yes
