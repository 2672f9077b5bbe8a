print("never printed")
print("no end"
