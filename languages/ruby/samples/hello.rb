def greet(name)
  "Hello, #{name}!"
end

puts greet("world")
