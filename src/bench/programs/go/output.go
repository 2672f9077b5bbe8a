package main

import (
	"os"
	"strings"
)

func main() {
	line := strings.Repeat("0123456789abcdef", 4)[:63] + "\n"
	os.Stdout.WriteString(strings.Repeat(line, 16384))
}
