# Opens the devices by which others were broken out of: kvm, fuse, tun, vsock, loop, disks, terminals, video, input.
# expect: stopped
import os
names = '''mem kmem port kmsg console kvm fuse net/tun vsock vhost-net vhost-vsock loop0 loop-control mapper/control btrfs-control sda sda1 vda vda1
 nvme0 nvme0n1 xvda dm-0 md0 sr0 sg0 cdrom ttyS0 tty0 tty1 hvc0 vcs vcsa pts/0 pts/1 pts/ptmx ptmx hwrng rtc rtc0 watchdog snapshot uinput
 input/event0 input/mice fb0 dri/card0 dri/renderD128 nvidia0 nvidiactl snd/seq snd/timer video0 userfaultfd cpu/0/msr cpu/0/cpuid hpet nvram
 autofs cuse ppp rfkill uhid vfio/vfio iommu dma_heap/system udmabuf ashmem binder bus/usb/001/001 ipmi0 tpm0 tpmrm0 cpu_dma_latency mcelog
 disk char block initctl log lp0 sgx_enclave sev snd vga_arbiter usbmon0'''.split()
for name in names:
    path = '/dev/' + name
    for flags in [os.O_RDONLY, os.O_RDWR, os.O_PATH]:
        try:
            os.open(path, flags | os.O_NONBLOCK | os.O_NOCTTY)
            print('ESCAPED', path, 'opens')
        except FileNotFoundError:
            pass
        except OSError as e:
            print('ESCAPED, or nearly:', path, e)
# The terminal that it does not have.
try:
    os.open('/dev/tty', os.O_RDWR)
    print('ESCAPED there is a terminal')
except OSError as e:
    print('/dev/tty', e.strerror)
print('stopped')
