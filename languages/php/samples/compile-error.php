<?php
echo "never printed";
echo 1 +* 2;
