<?php
$children = [];
foreach ([1, 26, 51, 76] as $first) {
    $program = sprintf('echo array_sum(range(%d, %d));', $first, $first + 24);
    $pipes = [];
    $process = proc_open([PHP_BINARY, '-r', $program], [1 => ['pipe', 'w']], $pipes);
    $children[] = [$process, $pipes[1]];
}
$total = 0;
foreach ($children as [$process, $pipe]) {
    $total += (int) stream_get_contents($pipe);
    proc_close($process);
}
echo $total, "\n";
