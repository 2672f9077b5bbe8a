# Looks what machine it is on and what it is doing: buses, interrupts, disks, drivers, pressure, keys, locks of all.
# expect: stopped
import os
files = ['interrupts', 'ioports', 'iomem', 'diskstats', 'partitions', 'swaps', 'mtrr', 'consoles', 'locks', 'keys', 'key-users', 'modules', 'mdstat',
         'bootconfig', 'cmdline', 'apm']
folders = ['acpi', 'asound', 'bus', 'bus/pci', 'bus/input', 'driver', 'fs', 'fs/ext4', 'ide', 'irq', 'pressure', 'scsi', 'tty', 'tty/driver', 'mpt',
           'dynamic_debug', 'device-tree', 'xen']
for name in files:
    try:
        text = open('/proc/' + name).read(4096)
    except OSError as e:
        print(name, e.strerror)
        continue
    if text:
        print('ESCAPED', name, text[:100])
for name in folders:
    try:
        entries = os.listdir('/proc/' + name)
    except OSError as e:
        print(name, e.strerror)
        continue
    if entries:
        print('ESCAPED', name, entries[:5])
print('stopped')
