use strict;
use warnings;
use lib '.';
use Greetings qw(greet);

print greet("another file"), "\n";
