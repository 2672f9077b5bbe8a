# Ends itself with the code by which tools tell of a time limit.
# expect: exited 124
exit 124
