# Runs the debuggers that are installed against itself and init.
# expect: stopped
# limit: cpu_time=60s wall_time=120s
sleep 100 &
for tool in "strace -p 1" "strace -p $!" "strace -o /work/trace /bin/true" "gdb -batch -nx -p 1" "gdb -batch -nx -p $! -ex detach" "ltrace -p 1" "gcore 1"; do
    command -v ${tool%% *} > /dev/null || continue
    output=$($tool 2>&1 < /dev/null)
    case "$output" in
        *"ttached"*|*execve*|*"aved corefile"*) echo "ESCAPED $tool: $output" ;;
        *) echo "$tool: ${output##*$'\n'}" ;;
    esac
done
grep -q '^execve' /work/trace 2> /dev/null && echo "ESCAPED a program was traced"
grep -H '^TracerPid:[[:space:]]*[1-9]' /proc/[0-9]*/status && echo "ESCAPED somebody is traced"
kill -9 $!
echo stopped
