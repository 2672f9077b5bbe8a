package main

import "fmt"

func main() {
	fmt.Println("žluťoučký 日本 🦀")
}
