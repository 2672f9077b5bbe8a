# Searches its environment, its arguments, its input and all of its memory for what only the last program was told.
# expect: stopped
import os
import sys

# Put together, so that the words are not in this program.
words = [(b'told-' + rest) for rest in (b'in-the-env' b'ironment', b'in-an-arg' b'ument', b'on-in' b'put')]
words = [bytes(byte ^ 1 for byte in word) for word in words]
places = {'input': os.read(0, 4096), 'arguments': ' '.join(sys.argv).encode()}
for name in ['environ', 'cmdline', 'auxv', 'stat']:
    for pid in ['1', 'self']:
        try:
            places[f'{pid}/{name}'] = open(f'/proc/{pid}/{name}', 'rb').read()
        except OSError:
            pass
for place, content in places.items():
    for word in words:
        if word in bytes(byte ^ 1 for byte in content):
            print('ESCAPED', place)
if os.environ.get('RESIDUE') or '/work' in os.environ['PATH'].split(':'):
    print('ESCAPED', dict(os.environ))
# What the kernel put on the stack before Python began; the rest is Python's own, and has the words in its code.
for line in open('/proc/self/maps'):
    if '[stack]' in line:
        begin, end = (int(part, 16) for part in line.split()[0].split('-'))
        stack = os.pread(os.open('/proc/self/mem', os.O_RDONLY), end - begin, begin)
        if b'RESIDUE=' in stack[-65536:]:
            print('ESCAPED the stack')
print('stopped')
