print("never printed")
local = 1
