<?php
// Goes to the gate once more: nobody is on its other side, and a PHP that gets nowhere runs no program.
// expect: stopped

$gate = "/etc/standby/gate.so";
file_put_contents("second.php", "<?php echo 'went on';");
$said = shell_exec("LD_PRELOAD=$gate " . escapeshellarg(PHP_BINARY) . " second.php 2>&1");
if (file_exists($gate) && str_contains((string) $said, "went on")) echo "ESCAPED: $said\n";
if (@file_put_contents($gate, "x")) echo "ESCAPED: wrote $gate\n";
echo "stopped: it leads nowhere\n";
