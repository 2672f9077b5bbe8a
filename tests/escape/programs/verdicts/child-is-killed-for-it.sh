# Has a child die of a signal, and passes on what the shell makes of that.
# expect: exited 137
sh -c 'kill -KILL $$'
exit $?
