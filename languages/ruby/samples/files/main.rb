require_relative "greetings"

puts greet("another file")
