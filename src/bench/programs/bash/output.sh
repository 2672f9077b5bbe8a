line=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde
for ((i = 0; i < 16384; i += 64)); do
    text=
    for ((j = 0; j < 64; j++)); do text+=$line$'\n'; done
    printf %s "$text"
done
