<?php

require __DIR__ . '/greetings.php';

echo greet("another file"), "\n";
