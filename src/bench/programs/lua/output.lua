io.write(string.rep(string.sub(string.rep("0123456789abcdef", 4), 1, 63) .. "\n", 16384))
