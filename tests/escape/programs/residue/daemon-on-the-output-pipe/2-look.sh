# Runs while that daemon would write, if it had not been ended.
# expect: stopped
sleep 1.3
echo stopped
