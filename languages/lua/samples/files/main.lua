local greetings = require("greetings")

print(greetings.greet("another file"))
