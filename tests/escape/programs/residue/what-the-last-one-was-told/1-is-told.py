# Is told secrets in its environment, its arguments and its input.
# expect: stopped
# env: RESIDUE=told-in-the-environment
# arg: told-in-an-argument
# stdin: told-on-input
import os
import sys

told = [os.environ['RESIDUE'], sys.argv[1], input()]
open('/work/told', 'w').write(' '.join(told))
os.environ['PATH'] = '/work:' + os.environ['PATH']
print('stopped:', len(told))
