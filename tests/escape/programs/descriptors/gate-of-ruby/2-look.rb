# Looks for the descriptors by which a Ruby that was started ahead got its program, and for what was open in place of that.
# expect: stopped

Dir.children("/proc/self/fd").map(&:to_i).each do |fd|
  leads = File.readlink("/proc/self/fd/#{fd}") rescue next
  puts "ESCAPED: descriptor #{fd} leads to #{leads}" if leads.match?(/\A(socket:|\/etc|\/work)/) || fd > 2 && leads.include?("memfd")
  puts "ESCAPED: descriptor #{fd} is a folder" if fd > 2 && File.directory?("/proc/self/fd/#{fd}") && leads != "/proc/#{Process.pid}/fd"
end
ENV.each { |name, value| puts "ESCAPED: in the environment #{name}=#{value}" if value.include?("gate") }
puts "ESCAPED: in /proc/self/environ" if File.binread("/proc/self/environ").include?("gate")
puts "stopped: nothing of it is left"
