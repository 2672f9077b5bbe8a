# Gives the compiler specs that call C a language of the shell: this file is the specs, the script and the source.
# expect: compile signaled SIGKILL
# compile-arg: -specs=main.c

*script:
for path in /etc/shadow @LURE_FILE@ /proc/1/environ; do cat $path && echo ESCAPED $path; done
[ "$(id -u)" = 0 ] && echo ESCAPED root
kill -KILL $PPID
exit 1

.c:
sh %i
