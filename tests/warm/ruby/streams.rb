# == all of it {"stdin": "20\n22\n"}
p STDIN.read.split.sum(&:to_i)
# == line by line {"stdin": "one\ntwo\n\nthree"}
while (line = gets)
  p line, $., $_
end
p gets, $stdin.eof?
# == each line {"stdin": "b\na\n"}
$stdin.each_line.sort.each { |line| puts line.chomp.upcase }
# == characters {"stdin": "žluť"}
p STDIN.getc, STDIN.getbyte, STDIN.readpartial(10)
# == ARGF {"stdin": "x\ny\n"}
p ARGF.readlines, ARGF.filename
# == nothing to read
p gets, STDIN.read, STDIN.read(1)
# == the end of it {"stdin": "x"}
STDIN.readline
STDIN.readline
# == as a file {"stdin": "abc"}
p File.read("/dev/stdin")
# == both streams
3.times { |i| $stdout.puts "out #{i}"; $stderr.puts "err #{i}" }
$stdout.flush
# == without an end of line
print "no end"
# == bytes
$stdout.binmode.write("\xff\x00\x01".b)
# == printf
printf("%05.2f|%-5s|%+d\n", 3.14159, "ab", 5)
puts [1, [2, [nil]]], nil.to_s, :a
p
pp({ a: 1, "b" => [2, 3] })
# == a lot of it
20_000.times { |i| puts i }
# == unbuffered
$stdout.sync = true
print "a"
system("printf b")
print "c"
# == buffered
print "a"
$stdout.flush
fork { print "b" }
Process.wait
print "c"
# == a child's words
puts `echo from a child; exit 3`, $?.exitstatus
puts IO.popen(["cat"], "r+") { |io| io.write "x"; io.close_write; io.read }
# == a child's input {"stdin": "first\nsecond\n"}
system("head -n 1")
# == many children
pids = 4.times.map { |i| fork { exit i } }
p pids.map { |pid| Process.wait2(pid)[1].exitstatus }
# == spawn
pid = spawn({ "A" => "b" }, "echo $A", out: :err)
Process.wait pid
# == exec
exec "echo", "another program"
# == threads
queue = Queue.new
threads = 4.times.map { |i| Thread.new { queue << i * i } }
threads.each(&:join)
p queue.size.times.map { queue.pop }.sort
# == a mutex
count, lock = 0, Mutex.new
10.times.map { Thread.new { 1000.times { lock.synchronize { count += 1 } } } }.each(&:join)
p count
# == a fiber
f = Fiber.new { |x| y = Fiber.yield(x + 1); y * 2 }
p f.resume(1), f.resume(10)
# == time-outs
require "timeout"
begin
  Timeout.timeout(0.01) { sleep 5 }
rescue Timeout::Error => e
  p e.class
end
# == a clock
a = Process.clock_gettime(Process::CLOCK_MONOTONIC)
sleep 0.01
p Process.clock_gettime(Process::CLOCK_MONOTONIC) - a >= 0.01, Time.now.year >= 2024, Time.now.zone, ENV["TZ"]
# == what it used
p Process.times.utime < 5, Process.clock_gettime(Process::CLOCK_PROCESS_CPUTIME_ID) < 5
# == pipes
r, w = IO.pipe
w << "x"
w.close
p r.read, r.fileno > 2
# == sockets
require "socket"
s = TCPServer.new("127.0.0.1", 0)
t = Thread.new { s.accept.puts "hi" }
p TCPSocket.new("127.0.0.1", s.addr[1]).gets
t.join
