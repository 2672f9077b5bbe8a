<?php
echo str_repeat(substr(str_repeat("0123456789abcdef", 4), 0, 63) . "\n", 16384);
