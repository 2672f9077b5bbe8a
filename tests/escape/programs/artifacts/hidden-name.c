// Names its file like the settings of a tool, in a folder like a tool's: that is a name like any other, and stays in the working directory.
// expect: stopped
// file: .git/.main.c
#include <stdio.h>
#include <unistd.h>

int main(void) {
    puts(access("/work/.git/.main.c", F_OK) ? "it is elsewhere" : "stopped");
}
