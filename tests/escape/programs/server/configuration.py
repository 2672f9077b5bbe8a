# Looks for the server's configuration, tokens and state where they usually are, and in every folder of the root but /usr.
# expect: stopped

import os

home = os.environ.get('HOME', '/')
places = ['/etc/codecanvas', '/etc/codecanvas.toml', '/etc/default/codecanvas', '/var/lib/codecanvas', '/run/codecanvas', '/run/secrets', '/run/credentials',
          home + '/.config/codecanvas', '/root/.config', '/root/.ssh', '/home', '/etc/systemd', '/proc/1/cwd/codecanvas.toml', '../codecanvas.toml', '/opt/codecanvas',
          '/root/.bash_history', '/root/.netrc', '/root/.git-credentials', '/srv', '/var/log', '/etc/shadow', '/etc/sudoers', '/etc/environment', '/.dockerenv']
for path in places:
    if os.path.lexists(path) and (not os.path.isdir(path) or os.listdir(path)):
        print('ESCAPED', path)
for top, folders, files in os.walk('/'):
    folders[:] = [f for f in folders if not (top == '/' and f in ('usr', 'proc', 'dev')) and not f == '.pyenv']
    for name in files:
        path = os.path.join(top, name)
        if name.endswith(('.toml', '.token', '.key', '.env')) or os.stat(path, follow_symlinks=False).st_mode & 0o077 == 0 and top != '/work':
            print('ESCAPED', path)
print('stopped')
