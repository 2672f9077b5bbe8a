<?php
// Makes the next steps likely to get a PHP that was started ahead.
// expect: stopped

echo "stopped\n";
