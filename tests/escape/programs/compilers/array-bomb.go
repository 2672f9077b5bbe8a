// A program with an array that would not fit into memory, which the compiler makes in its own.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: memory=512MiB file_size=1GiB

package bomb

var Huge = [1 << 30]byte{1<<30 - 1: 1}
