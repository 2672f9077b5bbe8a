print((substr("0123456789abcdef" x 4, 0, 63) . "\n") x 16384);
