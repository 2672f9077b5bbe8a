# == hello
puts "Hello, world!"
# == names
p ARGV, $0, __FILE__, __dir__, $PROGRAM_NAME, __method__, self, binding.receiver
# == arguments {"args": ["a", "b c", "--flag"]}
p ARGV
# == variables {"env": {"WORD": "yes"}}
p ENV["WORD"], ENV.to_a
# == variables of every program
p ENV.to_a
# == what is loaded
puts $LOADED_FEATURES, $LOAD_PATH
# == constants
p Object.constants.sort, Kernel.private_methods.sort, global_variables.sort
# == options
p $VERBOSE, $DEBUG, $-w, $-p, $-l, $-a, $;, $,, $/, $\, $FILENAME, RUBY_VERSION, RUBY_PLATFORM, RUBY_DESCRIPTION
# == encodings
p Encoding.default_external, Encoding.default_internal, __ENCODING__, "é".bytes, STDOUT.external_encoding, Encoding.find("locale"), Encoding.find("filesystem")
# == streams
p [STDIN, STDOUT, STDERR].map { |io| [io.fileno, io.tty?, io.sync, io.closed?, io.lineno.to_s] rescue $!.class }
p $stdin.stat.ftype, $stdout.stat.ftype
# == descriptors
p Dir.children("/proc/self/fd").map(&:to_i).sort.select { |fd| File.exist?("/proc/self/fd/#{fd}") }.map { |fd| File.readlink("/proc/self/fd/#{fd}").sub(/\d+/, "N") }
p File.open("main.rb").fileno
# == limits
p %w[AS CORE CPU DATA FSIZE NOFILE NPROC STACK].map { |name| [name, Process.getrlimit(name)] }
# == limits that are lower {"limits": {"open_files": 100, "cpu_time_ms": 2000, "file_size_bytes": 1000}}
p %w[AS CORE CPU DATA FSIZE NOFILE STACK].map { |name| [name, Process.getrlimit(name)] }
# == a small stack {"limits": {"stack_bytes": 1048576}}
def deep(n) = deep(n + 1)
begin
  deep(0)
rescue SystemStackError => e
  puts e.message
end
# == a stack that overflows
def deep(n) = deep(n + 1)
begin
  deep(0)
rescue SystemStackError => e
  puts e.message
end
# == how deep it can go
def deep(n) = n.zero? ? 0 : 1 + deep(n - 1)
p deep(9000)
# == threads there are
p Thread.list.size, Thread.main == Thread.current, Dir.children("/proc/self/task").size
# == who it is
p Process.uid == Process.euid, Process.gid == Process.uid, Process.groups.size, Process.ppid, Dir.pwd, File.umask, Process.getpgrp == Process.pid
# == signals
p Signal.trap("INT") {}, Signal.trap("TERM", "DEFAULT"), Signal.trap("PIPE", "DEFAULT"), Signal.trap("CHLD", "DEFAULT")
p File.read("/proc/self/status").lines.grep(/^(Sig(Blk|Ign|Cgt)|Seccomp|NoNewPrivs|Threads|Cap)/)
# == random numbers are fresh
p Random.new_seed == Random.new_seed, rand.between?(0, 1), Random.seed.class, "a".hash == "a".hash
# == an object's words
p Object.new.inspect.sub(/0x\h+/, ""), main rescue p $!.class
# == the script's file
p File.read(__FILE__).size, DATA.read
__END__
the end
# == garbage collection
GC.start
p GC.count.positive?, GC.disable, GC.enable
# == a warning
warn "careful"
x = 1
def unused = 1
BEGIN { puts "first" }
END { puts "last" }
# == files beside it {"files": {"lib/a.rb": "module A; def self.b = [__FILE__, __dir__]; end", "data.txt": "text\n"}}
require_relative "lib/a"
p A.b, File.read("data.txt"), Dir.glob("**/*").sort
load "lib/a.rb"
# == libraries
require "json"
require "set"
require "date"
require "time"
require "bigdecimal"
require "securerandom"
require "digest"
require "stringio"
require "ostruct"
require "tempfile"
puts JSON.generate({ a: [1, nil, "x"] }), Set[1, 2].inspect, Date.new(2020, 2, 29).next_year, BigDecimal("0.1") + BigDecimal("0.2")
p SecureRandom.hex(4).size, Digest::SHA256.hexdigest("a")[0, 8], OpenStruct.new(a: 1)
Tempfile.create { |file| p File.exist?(file.path) }
# == a gem that is not there
begin
  require "no_such_gem"
rescue LoadError => e
  puts e.message, e.path
end
# == a first line
#!/usr/bin/env ruby
# frozen_string_literal: true
p "a".frozen?, $0, DATA.pos, DATA.gets, File.read(__FILE__).lines.first
DATA.rewind
p DATA.gets
__END__
data
# == options in the first line
#!/usr/bin/ruby -w
x = 1
p $VERBOSE
# == a first line for another language
#!/bin/sh
echo no
# == ruby further down
#!/bin/sh
exec ruby -x "$0"
#!ruby
p 1
# == an encoding after the first line
#!/usr/bin/ruby
# encoding: iso-8859-1
p __ENCODING__, "\u00e9".encoding
# == an encoding
# encoding: iso-8859-1
p __ENCODING__, __LINE__
# == a byte order mark
﻿p __ENCODING__, __LINE__
# == a comment of many lines
=begin
nothing
=end
p __LINE__
# == the end at once
__END__
p 1
# == a line that is wrong

p (1))
# == one line that goes wrong
nil.upcase + [1].frist
# == where it goes wrong
  def wrong() = 1 + nil
p caller_locations(0).map { |l| [l.lineno, l.path, l.absolute_path, l.label] }
wrong
# == a word that is not there
foo = 1
p fooo
# == without a last line feed
print "a"; print __LINE__; print method(:print).owner
# == bytes that are no text
p "\xff".valid_encoding?, "\xff".inspect
