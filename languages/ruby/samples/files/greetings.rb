def greet(name)
  "Hello from #{name}!"
end
