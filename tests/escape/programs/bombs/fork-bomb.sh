# The classic: a function that starts itself twice, in the background, for ever.
# expect: wall_time_exceeded or cpu_time_exceeded
# limit: processes=16 wall_time=1s cpu_time=1s
bomb() {
    bomb | bomb &
    wait
}
bomb
exit 1
