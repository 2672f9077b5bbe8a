package Greetings;

use strict;
use warnings;
use Exporter qw(import);

our @EXPORT_OK = qw(greet);

sub greet {
    my ($name) = @_;
    return "Hello from $name!";
}

1;
