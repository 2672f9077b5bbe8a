local greetings = {}

function greetings.greet(name)
  return "Hello from " .. name .. "!"
end

return greetings
