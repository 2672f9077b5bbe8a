// Has files of the host put into the program by a directive, and prints them.
// expect: compile exited 1

package main

import _ "embed"

//go:embed @LURE_FILE@
var secret string

func main() { println("ESCAPED", secret) }
