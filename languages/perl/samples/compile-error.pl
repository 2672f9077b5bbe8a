use strict;
use warnings;

print "never printed" +;
