// A constant with more digits than fit into any memory, by doubling its length again and again.
// expect: compile exited 1

package bomb

const (
	a = 1<<511 + 1
	b = a * a
	c = b * b
	d = c * c * c * c * c * c * c * c
	e = d << (1 << 40)
)

var F float64 = e
