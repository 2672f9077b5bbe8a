head -c 10M /dev/zero > large
