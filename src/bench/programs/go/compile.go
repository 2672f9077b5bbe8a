package main

import (
	"fmt"
	"sort"
)

func main() {
	counts := map[string]int{}
	for _, word := range []string{"apples", "pears", "apples", "pears", "apples"} {
		counts[word]++
	}
	words := []string{}
	for word := range counts {
		words = append(words, word)
	}
	sort.Strings(words)
	for _, word := range words {
		fmt.Println(word, counts[word])
	}
}
