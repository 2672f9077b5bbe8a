local x = 1
for _ = 1, 100000 do x = x * 16807 % 2147483647 end
print(string.format("%d", x))
