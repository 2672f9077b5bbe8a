# Sleeps.
# expect: wall_time_exceeded
# limit: wall_time=500ms
exec sleep 1000
