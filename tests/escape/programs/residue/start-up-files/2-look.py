# Starts Python with a module of a name that the last program left files for.
# expect: stopped
import os
import subprocess
import sys

for name in ['sitecustomize', 'usercustomize']:
    if name in sys.modules and not sys.modules[name].__file__.startswith(('/usr', sys.base_prefix)):
        print('ESCAPED', sys.modules[name])
output = subprocess.run([sys.executable, '-c', 'import os, encodings'], capture_output=True, text=True).stdout
print(output, 'stopped', sep='')
