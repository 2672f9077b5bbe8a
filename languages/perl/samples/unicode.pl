use strict;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));

print "žluťoučký 日本 🦀\n";
