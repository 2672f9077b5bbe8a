<?php

foreach (['ctype', 'tokenizer'] as $extension) {
    echo var_export(extension_loaded($extension), true), "\n";
}
