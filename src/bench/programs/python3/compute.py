x = 1
for _ in range(100000):
    x = x * 16807 % 2147483647
print(x)
