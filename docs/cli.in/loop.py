print("working")
while True:
    pass
