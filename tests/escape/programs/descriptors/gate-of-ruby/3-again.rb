# Goes to the gate once more: nobody is on its other side, and a Ruby that gets nowhere runs no program.
# expect: stopped

gate = "/etc/standby/gate.so"
File.write("main2.rb", "puts 'went on'")
said = IO.popen([{ "LD_PRELOAD" => gate }, "/proc/self/exe".then { |exe| File.readlink(exe) }, "main2.rb", err: %i[child out]], &:read)
puts "ESCAPED: #{said}" if File.exist?(gate) && said.include?("went on")
begin
  File.write(gate, "x")
  puts "ESCAPED: wrote #{gate}"
rescue SystemCallError
end
puts "stopped: it leads nowhere"
