# Looks in /etc for the users, groups and settings of the host.
# expect: stopped
import os
known = {'root', 'runner', 'init', 'nobody', 'nogroup'}
for path in ['/etc/passwd', '/etc/group']:
    names = {line.split(':')[0] for line in open(path)}
    if names - known:
        print('ESCAPED', path, 'has', names - known)
for name in ['shadow', 'gshadow', 'sudoers', 'machine-id', 'fstab', 'crypttab', 'ssh', 'ssl/private', 'krb5.keytab', 'resolv.conf',
             'shadow-', 'passwd-', 'pam.d', 'cron.d', 'security', 'systemd']:
    if os.path.lexists('/etc/' + name):
        print('ESCAPED /etc/' + name, 'is there')
print('stopped')
