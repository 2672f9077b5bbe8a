set -u
echo "before"
echo "$no_such_variable"
echo "after"
