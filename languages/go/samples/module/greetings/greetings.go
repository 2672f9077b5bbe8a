// Package greetings is found through the module's name.
package greetings

// Greet says where the greeting comes from.
func Greet(name string) string {
	return "Hello from " + name + "!"
}
