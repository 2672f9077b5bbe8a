# Makes the next steps likely to get a Ruby that was started ahead.
# expect: stopped

puts "stopped"
