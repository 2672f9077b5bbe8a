puts $stdin.each_line.sum { |line| Integer(line) }
