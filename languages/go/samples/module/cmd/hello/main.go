package main

import (
	"fmt"

	"example.com/hello/greetings"
)

func main() {
	fmt.Println(greetings.Greet("a module"))
}
