print("before")
local nothing
print(nothing.field)
