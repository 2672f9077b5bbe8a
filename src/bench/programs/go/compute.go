package main

import "fmt"

func main() {
	x := int64(1)
	for i := 0; i < 100000; i++ {
		x = x * 16807 % 2147483647
	}
	fmt.Println(x)
}
