# Prints what breaks readers of reports: control codes, half characters, line ends of all kinds, numbers that are none.
# expect: exited 11
import os

os.write(1, bytes(range(256)) * 8)
os.write(1, b'\x1b]0;title\x07\x1b[2J\x1b[31m\x1bc\x9b31m\x0e\x1b[6n')
os.write(1, b'\xff\xfe\xed\xa0\x80\xed\xbf\xbf\xf4\x90\x80\x80\xc0\x80\xf0\x9f\x98')
os.write(1, '\u2028\u2029\u202e\ufeff\x85\r\n\r\v\f'.encode())
os.write(2, b'NaN Infinity -0 1e999 "\\u0000" \\ud800 </script><!--' * 100)
os.write(2, b'\n' * 50_000)
# Broken text cannot be the last line that tells of success: the report has it in base64.
os._exit(11)
