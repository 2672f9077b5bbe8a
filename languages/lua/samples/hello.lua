local function greet(name)
  return "Hello, " .. name .. "!"
end

print(greet("world"))
