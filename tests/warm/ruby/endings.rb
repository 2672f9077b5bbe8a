# == exit code
exit 3
# == exit true
exit true
# == exit at once
at_exit { puts "never" }
exit! 4
# == abort
abort "no luck"
# == things to do at the end
at_exit { puts "one" }
at_exit { puts "two"; exit 7 }
puts "zero"
# == an error
def fail_here = raise(ArgumentError, "no luck")
fail_here
# == an error with a cause
begin
  raise "inner"
rescue => e
  raise TypeError, "outer"
end
# == a name that nobody knows
def greeting = "hi"
puts greetin
# == a method that nobody knows
class Thing; def name = 1; end
Thing.new.nam
# == a mistake in the syntax
puts "before"
def x(
# == nothing at all

# == an error in another file {"files": {"lib.rb": "\n\ndef fail_there\n  raise IOError, 'there'\nend\n"}}
require_relative "lib"
fail_there
# == a signal
Process.kill(:TERM, Process.pid)
sleep 5
# == a signal that kills
Process.kill(:KILL, Process.pid)
sleep 5
# == a signal that is caught
trap(:USR1) { puts "caught"; exit 5 }
Process.kill(:USR1, Process.pid)
sleep 5
# == an interrupt
Process.kill(:INT, Process.pid)
sleep 5
# == an error in a thread
Thread.report_on_exception = false
Thread.new { raise "in a thread" }.join
# == thrown and not caught
throw :nobody
# == uncaught exit in a thread
Thread.new { exit 6 }.join
# == memory {"limits": {"memory_bytes": 67108864}}
a = []
loop { a << "x" * 1_000_000 }
# == time {"limits": {"cpu_time_ms": 300}}
loop {}
# == output {"limits": {"output_bytes": 100}}
100.times { puts "0123456789" }
# == a file too large {"limits": {"file_size_bytes": 1000}}
begin
  File.write("big", "x" * 5000)
rescue SystemCallError => e
  p e.class
end
# == too many files {"limits": {"open_files": 100}}
files = []
begin
  loop { files << File.open("main.rb") }
rescue SystemCallError => e
  p e.class, files.size
end
# == stdout that is closed
$stdout.close
begin
  puts "never"
rescue => e
  warn e.class
end
# == a crash
require "fiddle"
Process.kill(:ABRT, Process.pid)
sleep 5
