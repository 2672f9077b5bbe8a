// Gives the C compiler behind Go flags that load a plugin and a file of the host.
// expect: compile exited 1

package main

// #cgo CFLAGS: -fplugin=/work/plugin.so -include @LURE_FILE@
// int one(void) { return 1; }
import "C"

func main() { println("ESCAPED", C.one()) }
