package main

import "fmt"

func main() {
	fmt.Println("never printed")
	fmt.Println(answer)
}
