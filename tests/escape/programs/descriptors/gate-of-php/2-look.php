<?php
// Looks for the descriptors by which a PHP that was started ahead got its program.
// expect: stopped

foreach (scandir("/proc/self/fd") as $fd) {
    $leads = @readlink("/proc/self/fd/$fd");
    if (!is_numeric($fd) || $leads === false) continue;
    if (preg_match('~^(socket:|/etc)~', $leads) || $fd > 2 && str_contains($leads, "memfd")) echo "ESCAPED: descriptor $fd leads to $leads\n";
    if ($fd > 2 && is_dir("/proc/self/fd/$fd")) echo "ESCAPED: descriptor $fd is a folder\n";
}
foreach (getenv() as $name => $value) if (str_contains($value, "gate")) echo "ESCAPED: in the environment $name=$value\n";
if (str_contains(file_get_contents("/proc/self/environ"), "gate")) echo "ESCAPED: in /proc/self/environ\n";
echo "stopped: nothing of it is left\n";
