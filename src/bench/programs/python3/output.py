import sys

line = "0123456789abcdef" * 4
sys.stdout.write((line[:63] + "\n") * 16384)
