# Runs with a name that can be told, a secret in its environment, and waits to be found.
# expect: stopped
# beside: yes
# env: NEIGHBOUR=neighbour-with-a-secret
import ctypes, time
ctypes.CDLL(None).prctl(15, b'neighbour', 0, 0, 0)
time.sleep(1)
print('stopped')
