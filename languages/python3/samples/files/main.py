from greetings import greet

print(greet("another file"))
