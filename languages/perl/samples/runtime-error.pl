use strict;
use warnings;

print "before\n";
my $zero = 0;
print 1 / $zero;
