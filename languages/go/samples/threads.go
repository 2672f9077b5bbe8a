package main

import (
	"fmt"
	"runtime"
)

func sum(first int, parts chan<- int) {
	// Each goroutine has a thread of the system to itself.
	runtime.LockOSThread()
	total := 0
	for number := first; number < first+25; number++ {
		total += number
	}
	parts <- total
}

func main() {
	parts := make(chan int)
	for part := 0; part < 4; part++ {
		go sum(part*25+1, parts)
	}
	total := 0
	for part := 0; part < 4; part++ {
		total += <-parts
	}
	fmt.Println(total)
}
