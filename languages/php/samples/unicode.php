<?php

echo "žluťoučký 日本 🦀\n";
