# Prints what terminals obey: titles, the clipboard, questions whose answers are typed, resets, bytes that end a JSON or a log line.
# expect: stopped

import ctypes, sys

attacks = ['\x1b]0;owned\x07', '\x1b]52;c;cm0gLXJmIH4=\x07', '\x1b[c', '\x1b[6n', '\x1bP$q"p\x1b\\', '\x1b]50;?\x07', '\x1bc', '\x1b[2J', '\x9b6n', '\x07', '\r\n\r\n',
           '\u2028\u2029\u202e', '"}],"outcome":{"kind":"exited"}}', '\\u0000', '</script><script>alert(1)</script>', '%s%n', '$(reboot)', '`reboot`']
for text in attacks:
    print(text)
    print(text, file=sys.stderr)
# Bytes that are no text, and a NUL.
sys.stderr.buffer.write(b'\xff\xfe\x00\x80\xc0\xaf\xed\xa0\x80\n')
sys.stderr.flush()
# The name that the server's host sees in its list of processes.
ctypes.CDLL(None).prctl(15, b'\x1b]0;x\x07\n) R 1 0', 0, 0, 0)
print('stopped')
